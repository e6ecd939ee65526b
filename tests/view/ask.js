// Answers questions with the page's interpreter: one JSON line in for each graph, one out.
// In: {claims, questions: [[op, question], ...]}. Out: the answers, or {error: {...}}.
"use strict";

const fs = require("fs");

require(process.argv[2]);
const lines = fs.readFileSync(0, "utf8").split("\n").filter(Boolean);
for (const line of lines) {
  const { claims, questions } = JSON.parse(line);
  const engine = globalThis.MoaInterpreter.open(claims);
  const answers = questions.map(([op, question]) => {
    try {
      return engine[op](question);
    } catch (error) {
      if (!(error instanceof globalThis.MoaInterpreter.QuestionError)) throw error;
      return { error: { code: error.code, message: error.message, suggestions: error.suggestions } };
    }
  });
  fs.writeSync(1, `${JSON.stringify(answers)}\n`);
}
