// The question bar: asked by names, answered by the interpreter with the rules of the commands.

let engine = null;
function openEngine() {
  if (!engine && KNOWLEDGE && typeof MoaInterpreter !== "undefined" && MoaInterpreter.open) {
    engine = MoaInterpreter.open(KNOWLEDGE);
  }
  return engine;
}

function ask() {}
function followQuestion() {}
