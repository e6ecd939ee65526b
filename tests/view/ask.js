// Answers questions with the page's interpreter: one JSON line in, one out.
// In: {claims, questions: [[op, question], ...]}; without claims it is the graph of the line
// before; the op "brief" is whatif in short. Out: the answers, or {error: {...}}, in a file, since they may be many.
"use strict";

const fs = require("fs");

const [, , script, asked, answered] = process.argv;
require(script);
const { MoaInterpreter } = globalThis;
const out = fs.openSync(answered, "w");

// What-if without the paths and breaks in full: they would be most of many answers.
const GROUPS = ["lost", "weakened", "kept", "changed", "lifted"];
const pathOf = (path) => [path.records, path.sign, path.voting, path.why_ranked];
const breakOf = (b) => [b.what.id, b.step, b.code, b.text, b.phase];
const effectOf = (e) => [
  e.object.id, e.sign, e.before, e.after, e.broken_by, e.let_through_by, e.breaks.map(breakOf),
  e.paths_before.map(pathOf), e.paths_after.map(pathOf),
];
function brief(answer) {
  const groups = GROUPS.map((name) => [name, answer[name].map(effectOf)]);
  return { ...Object.fromEntries(groups), text: answer.text, no_longer_explained: answer.no_longer_explained };
}

let engine = null;
function answer([op, question]) {
  try {
    return op === "brief" ? brief(engine.whatif(question)) : engine[op](question);
  } catch (error) {
    if (!(error instanceof MoaInterpreter.QuestionError)) throw error;
    return { error: { code: error.code, message: error.message, suggestions: error.suggestions } };
  }
}

for (const line of fs.readFileSync(asked, "utf8").split("\n").filter(Boolean)) {
  const { claims, questions } = JSON.parse(line);
  if (claims) engine = MoaInterpreter.open(claims);
  fs.writeSync(out, `${JSON.stringify(questions.map(answer))}\n`);
}
