/* The page's interpreter: the same questions, answered by the same rules as the commands.
 *
 * Give the page the text of `moagraph.view.interpreter.interpreter_source()` as one classic
 * script (this file is its last part) and the claims of `moagraph.view.claims.compact_claims`.
 * No network, no eval, no DOM: it runs in a page, in a worker and in node alike.
 *
 *   const engine = MoaInterpreter.open(claims);   // the parsed JSON of compact_claims
 *   engine.explain({ a, b })                      // how A acts on B
 *   engine.effects({ a })                         // everything that A raises or lowers
 *   engine.whatif({ a, b, without: [x] })         // what a change of the background does
 *
 * QUESTION: an object; all names are ids. Only `a` (and for explain `b`) must be given.
 *   a, b, cell, disease, species    strings, "" for none; species "any" lists per species
 *                                   (explain and effects; human is the default)
 *   without, state, with, via, avoid   lists of ids
 *   variant                         list of texts such as "CRBN:I391V"
 *   max_length                      1 to 1000, default 8;  max_paths: paths listed, default 1000
 *   strict_context, same_record, through_drugs, through_diseases   true or false
 *   min_evidence                    a number of independent primary sources
 * A question that cannot be asked throws MoaInterpreter.QuestionError with `code`
 * ("bad_question", "unknown_name", "unknown_variant"), `message` and `suggestions` (known
 * variants). Unknown keys are errors too.
 *
 * ANSWERS are plain JSON values. Each key has the name, meaning and order that `to_dict()` of
 * the Python answer gives it; what the page holds already (evidence rows, notes) is left out:
 * look it up by the id of the claim. Everywhere:
 *   REF     {id, label}, or null where there is none
 *   SIGN    1, -1 or "unknown";  WORD  "increases", "decreases", "changes"
 *   CLAIM   {id, kind, subject, relation, object, sign: WORD or "", polarity, status, sentence,
 *           cell, disease, species, seen_in: [REF]}
 *   STEP    {id, subject, relation, object, sign, kind, via, requires,
 *           phases: [{name, number, participants: [{id, label, present, strength,
 *             alternative_group}], reached, blocked_by: [REF], shown_by: [claim ids]}],
 *           cell, disease, species, seen_in: [REF], directness, extent, status, self_effect,
 *           self_effect_on: [REF], sentence, weakened_by: [REF], unknown_features: [REF],
 *           by_orthology, transfer, object_cell, fires, needs}
 *   PATH    {steps: [STEP], sign, rank, why_ranked, disputed, contexts: [ids], sourced, length,
 *           records: [ids of foreign records, else of the claims], voting, start_sign, arithmetic,
 *           narrower: [ids], cell, end, passages: [{after, component, complex, sentence}]}
 *
 * explain -> {
 *   question, a, b, context: {cell, disease, species}, data_version,
 *   verdict      decreases, increases, changes, conflicting, observed_only, shown_not, none
 *   text         the verdict as a sentence, with its context and bound
 *   agreement    explained, contradicted, unexplained or ""
 *   groups       {cell id or "": verdict};  voting: [[claim ids]];  disputed: true if the voting
 *                paths are
 *   arms         [{neosubstrate, cell, sign: WORD, paths: [ranks], voting}]
 *   paths        [PATH], voting ones first, best first
 *   observations [CLAIM], observed_sign, class_observations [CLAIM]
 *   counter_evidence [{code, text, about, claim: CLAIM}]
 *   gaps         [{start, end, seen: [claim ids]}]: between what a mechanism is unknown, where an
 *                effect was only observed;  combination_outcomes [CLAIM], where A has no path or
 *                was not observed
 *   nearby       [{start, end, relation: broader or narrower, verdict, observed_sign, command}]:
 *                near questions that have an answer, where this one has none
 *   other_claims [CLAIM] between A and B, either way, that are no cause
 *   reasons      [{code, text, what, who_brings_it: [ids or texts], step, phase}], where no
 *                path votes
 *   narrower [ids], shown_not_in [ids], shown_not_by [CLAIM]
 *   blocked_steps [STEP] that stop other routes, passed_steps [STEP] that fire before those
 *   regimen [CLAIM], regimen_line, reported_interactions [CLAIM]
 *   sourced, bound, bound_cut (longer paths exist and were not looked at),
 *   exhausted (every path within the bound voted), capped (not all paths are listed),
 *   work_limit (the search was given up; capped is true then, and the text says so)
 *   per_species  {taxon: verdict} and species_answers {taxon: answer}, with species "any"
 * }
 *
 * effects -> {question, a, context, data_version, text, bound, bound_cut, capped, work_limit,
 *   effects  [{object, sign: verdict, verdict, groups, disputed, paths (the best 5), path_count,
 *             narrower, agreement, observed_sign, observations}]
 *   observed [{object, sign, agreement, observations, predicted}]
 *   agreement {object id: agreement}, class_observations, per_species}
 *
 * whatif -> {question, a, b, background: {cell, disease, species, without, variant, state,
 *   with}, context, data_version, text, bound, bound_cut, capped, work_limit,
 *   lost, weakened, kept, changed, lifted:
 *     [{object, sign, before, after, broken_by: [ids], let_through_by: [ids],
 *       breaks: [{what, step, code, text, phase, shown_by: [claim ids]}],
 *       paths_before, paths_after (the best 2 each), paths_lost, paths_gained: numbers of voting
 *       paths, with stopped, opened: what does so, like breaks, of an effect before and after}]
 *   gates [CLAIM]: of resistance and sensitivity to a, about what is changed
 *   observations [CLAIM] that are no longer explained, no_longer_explained: their ids
 *   reported_interactions, regimen, regimen_line, blocked (claims of second drugs at work),
 *   verdict_before, verdict_after ("" without b)}
 *
 * Also: engine.label(id), engine.kind(id), engine.has(id), engine.variants() (the texts that can
 * be asked for), engine.species() (ids), engine.removable(question): the ids that the shown
 * paths from a to b pass or need, for "without ...", a and b left out.
 *
 * Nothing is random and nothing depends on the clock. Work is bounded by counting: beyond
 * MoaInterpreter.WORK_LIMIT tried steps a question answers with what it has and says so.
 */

const ANY_SPECIES = "any";
const WORK_LIMIT = 2000000;
const TEXTS = ["a", "b", "cell", "disease", "species"];
const LISTS = ["without", "variant", "state", "with", "via", "avoid"];
const FLAGS = ["strict_context", "through_drugs", "through_diseases", "same_record"];
const NUMBERS = new Map([["max_length", [1, 1000]], ["max_paths", [1, 1000000]], ["min_evidence", [0, 1000000]]]);

class QuestionError extends Error {
  constructor(code, message, suggestions = []) {
    super(message);
    this.name = "QuestionError";
    this.code = code;
    this.suggestions = suggestions;
  }
}

// A question with every key in place, or an error that says what is wrong with it.
function parseQuestion(graph, given, needed) {
  const refuse = (message) => {
    throw new QuestionError("bad_question", message);
  };
  if (given === null || typeof given !== "object") refuse("a question is an object");
  const known = new Set([...TEXTS, ...LISTS, ...NUMBERS.keys(), ...FLAGS]);
  Object.keys(given).forEach((name) => known.has(name) || refuse(`a question has no "${name}"`));
  const question = {};
  for (const name of TEXTS) question[name] = given[name] === undefined ? "" : given[name];
  for (const name of LISTS) question[name] = given[name] === undefined ? [] : given[name];
  for (const name of FLAGS) question[name] = given[name] === undefined ? false : given[name];
  for (const [name, [least, most]] of NUMBERS) {
    const value = given[name] === undefined ? defaultOf(graph, name) : given[name];
    if (!Number.isInteger(value) || value < least || value > most) {
      refuse(`${name} must be a whole number from ${least} to ${most}`);
    }
    question[name] = value;
  }
  TEXTS.forEach((name) => typeof question[name] === "string" || refuse(`${name} must be a text`));
  LISTS.forEach((name) => isTexts(question[name]) || refuse(`${name} must be a list of texts`));
  FLAGS.forEach((name) => typeof question[name] === "boolean" || refuse(`${name} must be true or false`));
  needed.forEach((name) => question[name] || refuse(`${name} must be given`));
  checkNames(graph, question);
  question.taxon = question.species || graph.vocabulary.human;
  question.work = new Work(WORK_LIMIT);
  return question;
}

const isTexts = (value) => Array.isArray(value) && value.every((item) => typeof item === "string");

function defaultOf(graph, name) {
  if (name === "max_length") return graph.vocabulary.max_length;
  return name === "max_paths" ? 1000 : 0;
}

function checkNames(graph, question) {
  const fixed = new Set(["", ANY_SPECIES, graph.vocabulary.human]);
  const names = LISTS.filter((name) => name !== "variant").flatMap((name) => question[name]);
  names.push(question.a, question.b, question.cell, question.disease);
  if (!fixed.has(question.species)) names.push(question.species);
  for (const name of names) {
    if (name !== "" && !graph.entities.has(name)) {
      throw new QuestionError("unknown_name", `"${name}" is not in the claims of this page`);
    }
  }
}

// What was asked, without what was left at its default.
function asked(question) {
  const found = { a: question.a, b: question.b };
  for (const name of ["cell", "disease", "species"]) {
    if (question[name]) found[name] = question[name];
  }
  found.max_length = question.max_length;
  for (const name of LISTS) {
    if (question[name].length) found[name] = question[name];
  }
  for (const name of FLAGS) {
    if (question[name]) found[name] = true;
  }
  if (question.min_evidence) found.min_evidence = question.min_evidence;
  return found;
}

// The answer for human, with those for all species beside it if any was asked for.
function perSpecies(graph, question, ask, short) {
  if (question.species !== ANY_SPECIES) return { ...ask(graph, question), per_species: {}, species_answers: {} };
  const answers = graph.taxa().map((taxon) => {
    const one = { ...question, species: taxon, taxon, work: new Work(WORK_LIMIT) };
    return [taxon, ask(graph, one)];
  });
  const human = { ...question, species: "", taxon: graph.vocabulary.human };
  return {
    ...ask(graph, human),
    question: asked(question),
    per_species: record(answers.map(([taxon, answer]) => [taxon, short(answer)])),
    species_answers: record(answers),
  };
}

// The ids that the shown paths pass or need, the ends left out.
function removable(graph, question) {
  const { engine, walks } = new Found(graph, question);
  const names = new Set(walks.flatMap((walk) => walk.nodes));
  walks.forEach((walk) => walk.steps.forEach((f) => engine.touched(f, true).forEach((name) => names.add(name))));
  names.delete(question.a);
  names.delete(question.b);
  return sorted(names);
}

function open(claims) {
  const graph = new Graph(claims);
  const read = (question, ...needed) => parseQuestion(graph, question, needed);
  const signs = (answer) => record(answer.effects.map((effect) => [effect.object.id, effect.sign]));
  return {
    explain: (question) => perSpecies(graph, read(question, "a", "b"), explain, (answer) => answer.verdict),
    effects: (question) => perSpecies(graph, read(question, "a"), effects, signs),
    whatif: (question) => whatif(graph, read(question, "a")),
    removable: (question) => removable(graph, read(question, "a", "b")),
    label: (id) => graph.label(id),
    kind: (id) => graph.kind(id),
    has: (id) => graph.entities.has(id),
    species: () => graph.taxa(),
    variants: () => graph.knownVariants.map((variant) => variant.text),
  };
}

globalThis.MoaInterpreter = { open, QuestionError, WORK_LIMIT };
