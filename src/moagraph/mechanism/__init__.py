"""The reasoning: explain, paths, effects, what-if and the replay of gates.

Each entry function takes a KnowledgeBase and a Question and returns an answer. What a claim
needs in order to fire is in `firing` and `background`, the walk in `search`, the verdict in
`verdict`. All of it follows section 4 of the project's semantics; where the text leaves a choice
the module that makes it says so in its docstring.
"""
