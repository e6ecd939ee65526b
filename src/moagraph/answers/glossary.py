"""Words that a student may not know, explained where they occur."""

from __future__ import annotations

GLOSSARY: dict[str, str] = {
    "degradation": "the cell takes the protein apart, so there is less of it",
    "recruit": "the drug makes the protein stick to the ligase",
    "ubiquitinate": "the ligase marks the protein for destruction with ubiquitin",
    "degrade": "the proteasome, the cell's shredder, takes the marked protein apart",
    "degron": "the part of a protein that a ligase recognises",
    "orthology": "the same gene in another species, assumed to work alike",
    "contested": "some papers support the claim and others contradict it",
    "haploinsufficiency": "one of the two copies of a gene is lost, and one is not enough",
    "represses transcription": "keeps a gene from being read",
    "activates transcription": "makes a gene be read more",
    "sustains": "the disease needs it",
    "restrains": "it holds the disease back",
    "conflicting": "some routes raise it and others lower it",
    "mechanism": "the chain of causes and effects that leads from one thing to another",
    "arm": "the routes that begin at the same first target of the drug",
    "disputed": "it rests on a claim that some papers contradict",
    "(+)": "a plus: more of the first means more of the second",
    "(-)": "a minus: more of the first means less of the second; two of them make a plus",
}


def explained(text: str) -> list[tuple[str, str]]:
    """Return the words of the glossary that occur in a text, with their meaning."""
    folded = text.casefold()
    return [(word, meaning) for word, meaning in GLOSSARY.items() if word in folded]
