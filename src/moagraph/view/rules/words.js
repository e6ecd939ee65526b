// Plain words for steps, reasons and verdicts; they claim nothing that the answer does not hold.

const SYMBOLS = new Map([[1, "+"], [-1, "-"], ["unknown", "?"]]);

// `1 claim`, `2 claims`, `1,000 claims`.
const counted = (number, one) => `${number.toLocaleString("en-US")} ${one}${number === 1 ? "" : "s"}`;

function listed(names, last = "and") {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${last} ${names[names.length - 1]}`;
}

const labels = (refs) => listed(refs.map((ref) => ref.label));

// The product of signs written out, `(-)(+) = -`; a removed start stands in front.
function arithmetic(signs, product, start) {
  const head = start === 1 ? "" : `[${SYMBOLS.get(start)}]`;
  return `${head}${signs.map((sign) => `(${SYMBOLS.get(sign)})`).join("")} = ${SYMBOLS.get(product)}`;
}

// A relation after "not to": `increases degradation of` gives `increase degradation of`.
function infinitive(relation) {
  const [verb, ...rest] = relation.split(" ");
  if (["is", "part", "located", "associated"].includes(verb)) return `be ${relation.replace(/^is /, "")}`;
  const bare = verb.endsWith("sses") ? verb.slice(0, -2) : verb.replace(/s$/, "");
  return [bare, ...rest].join(" ");
}

function place(refs) {
  const named = refs.filter((ref) => ref !== null).map((ref) => ref.label);
  return named.length ? ` in ${listed(named)}` : "";
}

function stepSentence(step) {
  let text = `${step.subject.label} ${step.relation} ${step.object.label}`;
  if (step.via) text += ` through ${step.via.label}`;
  text += place([step.cell, step.disease, step.species]);
  text += ` (${SYMBOLS.get(step.sign)}${step.extent ? `, ${step.extent}` : ""})`;
  if (step.transfer) {
    text += `, ${step.transfer}`;
    if (step.object_cell) text += ` to ${step.object_cell.label}`;
  }
  if (step.phases.length) text += `: ${step.phases.map(phasePhrase).join(" > ")}`;
  if (step.weakened_by.length) text += `; weakened without ${labels(step.weakened_by)}`;
  if (step.unknown_features.length) text += `; not known in this species: ${labels(step.unknown_features)}`;
  if (step.by_orthology) text += "; carried over from human by orthology";
  if (step.self_effect) text += `; the drug itself moves ${labels(step.self_effect_on)}`;
  if (!step.fires) text += "; does not fire here";
  if (step.status !== "supported") text += ` [${step.status}]`;
  return `${text}.`;
}

// The participants that are there: essential ones first, stand-ins joined by "or".
function participantsPhrase(phase) {
  const groups = new Map();
  const present = phase.participants.filter((part) => part.present);
  const are = (strength) => present.filter((part) => (part.strength === "essential") === strength);
  for (const part of [...are(true), ...are(false)]) {
    const mark = part.strength === "supportive" ? " (supports)" : "";
    push(groups, part.alternative_group || part.id, part.label + mark);
  }
  return [...groups.values()].map((names) => names.join(" or ")).join(", ");
}

function phasePhrase(phase) {
  const names = participantsPhrase(phase);
  if (phase.reached) return names ? `${phase.name} (${names})` : phase.name;
  return `${phase.name} not reached${phase.blocked_by.length ? `, ${labels(phase.blocked_by)} missing` : ""}`;
}

// -- reasons

const OPTIONS = new Map([
  ["strict_context", "--strict-context"],
  ["min_evidence", "--min-evidence"],
  ["same_record", "--same-record"],
  ["kind:drug", "what they go through, drugs (--through-drugs lets them)"],
  ["kind:disease", "what they go through, diseases (--through-diseases lets them)"],
]);

// A failure as a reason in words; without a firing it is about the question as a whole.
function reasonOf(graph, question, firing, failed) {
  const claim = firing ? firing.claim : null;
  const at = claim ? `${graph.label(claim.subject)} ${claim.relation} ${graph.label(claim.object)}` : "";
  let text = REASONS.get(failed.code)({ graph, question, firing, failed, at, what: graph.label(failed.what) });
  const who = failed.who.map((item) =>
    item.startsWith("!") ? `complete loss of ${graph.label(item.slice(1))}` : graph.label(item),
  );
  if (who.length) text += `; brought by ${listed(who, "or")}`;
  return {
    code: failed.code,
    text,
    what: failed.what,
    who_brings_it: [...failed.who],
    step: claim ? claim.id : "",
    phase: graph.vocabulary.phases[failed.phase] || "",
  };
}

const ends = ({ graph, question }) => `from ${graph.label(question.a)} to ${graph.label(question.b)}`;

const REASONS = new Map([
  [
    "missing_state",
    ({ graph, firing, failed, at, what }) => {
      if (failed.wantedAbsent) return `${at} needs ${what} to be absent`;
      const disease = firing ? firing.at.disease : "";
      return `${at} needs ${what}${disease ? `, which ${graph.label(disease)} does not bring` : ""}`;
    },
  ],
  [
    "missing_participant",
    ({ graph, failed, at, what }) => {
      const phase = failed.phase ? ` (phase ${failed.phase}, ${graph.vocabulary.phases[failed.phase] || ""})` : "";
      return (at ? `${at} needs ${what}, which is missing` : `${what} is removed`) + phase;
    },
  ],
  [
    "other_species",
    ({ firing, failed, at, what }) =>
      firing && failed.what === firing.at.species
        ? `${at} is replaced by a claim made in ${what}`
        : `${at} holds in ${what} only`,
  ],
  ["other_context", ({ at, what }) => `${at} holds in ${what}, which is not where the path is`],
  ["negated", ({ failed, at }) => `${at} is shown not to hold here, by ${failed.what}`],
  ["filtered", ({ failed, what }) => `paths that fire are hidden by ${OPTIONS.get(failed.what) || what}`],
  ["stands_in", ({ what }) => `${what} stands in for a component of its complex`],
  ["length_bound", (told) => `no path of at most ${counted(told.question.max_length, "step")} leads ${ends(told)}`],
  ["no_connection", (told) => `no chain of causal claims leads ${ends(told)}`],
]);

// -- verdicts

function verdictSentence(verdict, a, b) {
  switch (verdict) {
    case "increases":
    case "decreases":
      return `${a} ${verdict} ${b}`;
    case "changes":
      return `${a} changes, in a direction that is not known, ${b}`;
    case "conflicting":
      return `${a} acts on ${b} both ways, by paths that increase it and paths that decrease it`;
    case "observed_only":
      return `${a} was observed to act on ${b}, and no mechanism in the graph explains it`;
    case "shown_not":
      return `${a} was shown not to act on ${b}`;
    default:
      return `no mechanism in the graph leads from ${a} to ${b}`;
  }
}

// The verdict of an answer in one sentence, with its context and the bound of the search.
function answerText(graph, answer, at, found) {
  let text = verdictSentence(answer.verdict, answer.a.label, answer.b.label);
  if (answer.work_limit) text = text.replace(/^no mechanism in the graph leads/, "no mechanism was found that leads");
  if (!answer.voting.length && answer.reasons.some((reason) => reason.code === "filtered")) {
    text += " that the filters let through";
  }
  const disputed = counting(found.observed.claims).every((claim) => claim.status === "contested");
  if (answer.verdict === "observed_only") {
    if (answer.question.via || answer.question.avoid) {
      text = text.replace("no mechanism in the graph", "no mechanism left by the filters");
    }
    text += ` (observed: ${answer.observed_sign}${disputed ? ", disputed" : ""})`;
  }
  text += whereText(graph, answer, at);
  const cells = Object.entries(answer.groups);
  if (answer.verdict === "conflicting" && cells.length > 1) {
    const parts = cells.map(([cell, verdict]) => `${cell ? graph.label(cell) : "no cell named"}: ${verdict}`);
    text += ` - ${parts.join("; ")}`;
  }
  if (answer.disputed) text += " - resting on disputed claims only";
  if (answer.agreement) text += `; what was observed is ${answer.agreement}`;
  if (answer.agreement && answer.voting.length && disputed) text += ", and itself disputed";
  if (at.species !== graph.vocabulary.human && answer.observed_sign && !isSeenIn(found.observed.claims, at.species)) {
    text += "; no observation of it was made in this species";
  }
  text += inferredText(answer, found);
  if (answer.class_observations.length) {
    text += `; an effect is reported for the class ${answer.observed_sign ? "too" : "only"}`;
  }
  if (answer.verdict === "none" && answer.combination_outcomes.length) {
    text += "; an effect is reported for combinations with it";
  }
  if (answer.verdict === "none" && answer.other_claims.length) {
    text += "; other claims about the two tell of no effect";
  }
  text = `${text}${boundText(answer)}.`;
  if (answer.gaps.length) {
    const between = answer.gaps.map((gap) => gapText(graph, gap));
    text += ` Observed, mechanism unknown ${between.join(" and ")}.`;
  }
  if (answer.nearby.length) text += ` There is an answer for ${listed(answer.nearby.map((other) => nearText(answer, other)))}.`;
  return text;
}

// The term that differs from the asked one, and the verdict.
function nearText(answer, { start, end, relation, verdict, observed_sign }) {
  const term = end.id !== answer.b.id ? end : start;
  const seen = verdict === "observed_only" ? `, ${observed_sign}` : "";
  if (relation === "reversed") return `${start.label} on ${end.label} (${verdict.replace("_", " ")}${seen})`;
  return `the ${relation} ${term.label} (${verdict.replace("_", " ")}${seen})`;
}

// The command that asks how one thing acts on another, with labels as a shell takes them.
const commandOf = (a, b) => `moagraph explain ${quotedName(a)} ${quotedName(b)}`;

function quotedName({ id, label }) {
  if (/^[A-Za-z0-9][A-Za-z0-9_.:+-]*$/.test(label)) return label;
  return /^[A-Za-z0-9][A-Za-z0-9_.:+,()/ -]*$/.test(label) ? `"${label}"` : `"${id}"`;
}

// What a verdict by mechanism must not hide: nobody saw it, or every path has a weak step.
function inferredText(answer, { voting }) {
  let text = "";
  if (!answer.observed_sign && voting.some((walk) => walk.steps.length > 1)) {
    text += "; predicted, no observation of it is in the graph";
    if (answer.combination_outcomes.length) text += ", only of combinations with it";
  }
  const isWeak = (walk) => walk.steps.some((firing) => firing.claim.extent === "weak");
  if (voting.length && voting.every(isWeak)) text += "; every path passes a step of weak extent";
  return text;
}

const isSeenIn = (claims, species) =>
  claims.some((claim) => claim.species === species || claim.seen.species.includes(species));

// Between what a mechanism is unknown, and that the papers disagree on the way.
function gapText(graph, { start, end, seen }) {
  const signs = seen.map((id) => graph.claimById.get(id).sign);
  const both = signs.includes(1) && signs.includes(-1) ? " (moved both ways, by different papers)" : "";
  return `between ${start.label} and ${end.label}${both}`;
}

function whereText(graph, answer, at) {
  const names = (ids) => listed(ids.map((id) => graph.label(id)));
  let text = answer.shown_not_in.length ? ` in ${names(answer.shown_not_in)}` : "";
  const places = [at.cell, answer.question.species ? at.species : ""];
  const told = places.filter((place) => place && !answer.shown_not_in.includes(place));
  if (told.length) text += ` (asked in ${names(told)})`;
  if (answer.narrower.length) text += `, shown for ${names(answer.narrower)} only`;
  return text;
}

function boundText(answer) {
  let text = `. Paths up to ${counted(answer.bound, "step")} were searched`;
  if (answer.work_limit) {
    text += "; the search was given up for its size, the verdict rests on what was found until then";
  } else if (!answer.exhausted) {
    text += "; there are more than could be counted, the verdict rests on the shortest";
  } else if (answer.capped) {
    text += `; ${answer.paths.length} of ${answer.voting.length} or more are listed, all voted`;
  }
  return text + (answer.bound_cut ? "; longer ones were not looked at" : "");
}

// Added to what effects and what-if say of their bound.
const givenUp = (work) => (work.over ? " The search was given up for its size: there may be more." : "");

// The regimens which the drugs are part of, those with the fewest further drugs first.
function regimenLine(graph, claims) {
  if (!claims.length) return "";
  const size = (claim) => graph.entities.get(claim.subject).members.length;
  const ordered = [...claims].sort((x, y) => size(x) - size(y) || byText(x.id, y.id));
  const more = ordered.length - 2;
  const tail = more > 0 ? `; and ${counted(more, "more regimen")} with further drugs` : "";
  return `${ordered.slice(0, 2).map((c) => graph.regimenPhrases.get(c)).join("; ")}${tail}. Not medical advice.`;
}
