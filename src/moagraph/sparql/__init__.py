"""SPARQL over the graph: an engine, a guard before it, and named questions.

Nothing is imported here: a query from the shell pays for what it uses. The parts are

    engine    queries over a knowledge base: `Engine.of(kb).query(text)`
    guard     what is refused before the engine sees a query
    results   an answer: rows, truth value or triples, and the formats it is written in
    named     the questions of `ontology/queries`, bound to terms by name
    worker    a query in a process of its own that ends at a time limit
"""
