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
 *   strict_context                  true or false;  min_evidence: a number
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
 *           records: [claim ids], voting, start_sign, arithmetic, narrower: [ids], cell, end,
 *           passages: [{after, component, complex, sentence}]}
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
 *       paths_before, paths_after (the best 2 each)}]
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
