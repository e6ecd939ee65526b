"""What an audit of foreign records looks for: codes, how grave each is, and what to do."""

from __future__ import annotations

from typing import NamedTuple

from moagraph.findings import Severity


class Code(NamedTuple):
    """A fault that a record can have."""

    severity: Severity
    meaning: str
    remedy: str


CODES: dict[str, Code] = {
    "net-positive": Code(
        "error",
        "A path from the drug to the disease nets positive: it says that the drug feeds the "
        "disease.",
        "Check the link that is named, or leave the path out.",
    ),
    "no-path": Code(
        "error",
        "Nothing leads from the drug to the disease.",
        "Join the parts, or mend the ids at which they should meet.",
    ),
    "missing-end": Code(
        "error",
        "The drug or the disease of the indication is no node of the record.",
        "Give the node the id that the indication names.",
    ),
    "dangling-link": Code(
        "error", "A link names a node that the record lacks.", "Add the node, or mend the id."
    ),
    "cycle": Code("error", "Links lead back to where they came from.", "Break the circle."),
    "self-loop": Code("error", "A link leads from a node to itself.", "Leave the link out."),
    "duplicate-link": Code("error", "A link is listed twice.", "Leave one out."),
    "type-violation": Code(
        "error",
        "A link joins node types that its key does not join, by DrugMechDB's own table.",
        "Choose another key, or mend the type of the node.",
    ),
    "short-circuit": Code(
        "error",
        "A path of one or two links bypasses the mechanism.",
        "Write the steps between, or leave the short path out.",
    ),
    "treats-shortcut": Code(
        "error",
        "The drug treats, prevents or ameliorates the disease by a link beside its mechanism.",
        "Leave the link out: it restates the indication.",
    ),
    "copy": Code(
        "error",
        "The same drug has the same mechanism in another disease: only the disease differs.",
        "Say what is particular to each disease.",
    ),
    "duplicate-record": Code(
        "error",
        "Another record says the same of the same drug and disease.",
        "Leave one out.",
    ),
    "unknown-key": Code(
        "error", "DrugMechDB's own table does not list the key.", "Use one of its 67 keys."
    ),
    "malformed-id": Code(
        "error", "An id fits no pattern of its source.", "Look the identifier up."
    ),
    "retired-id": Code(
        "warn", "An id was retired by its source, or never existed there.", "Use its successor."
    ),
    "form": Code("warn", "The file departs from the layout of records.", "Mend the field."),
    "old-predicate": Code(
        "warn", "A key is no predicate of Biolink 4.4.4.", "Use the form that is named."
    ),
    "open-sign": Code(
        "warn",
        "No path has a sign: links on each leave the direction open.",
        "Use keys with a direction, from cause to effect.",
    ),
    "off-path": Code(
        "warn",
        "Nodes lie on no path from the drug to the disease.",
        "Lead a path through them, or leave them out.",
    ),
    "disconnected": Code("warn", "The record falls into parts.", "Join them."),
    "label-prefix": Code(
        "warn",
        "The id of a node is of a source that has no such type of thing.",
        "Mend the type or the id.",
    ),
    "length": Code(
        "warn",
        "The longest path is shorter than 3 links or longer than 7.",
        "Write the steps between, or fewer of them.",
    ),
    "no-evidence": Code(
        "warn", "No link of the record has evidence.", "Say for each link which source shows it."
    ),
    "no-reference": Code("warn", "The record cites nothing.", "Cite what it was drawn from."),
    "weak-reference": Code(
        "warn",
        "The record cites only Wikipedia or DrugBank.",
        "Cite a review or a primary source.",
    ),
    "odd-reference": Code(
        "warn",
        "A reference is no address and no PubMed id or DOI.",
        "Give the address of what is cited.",
    ),
    "too-large": Code("warn", "The record is too large to be checked.", "Part it into mechanisms."),
    "too-many-paths": Code(
        "warn", "The record has more paths than were looked at.", "Look at it in parts."
    ),
}
"""The codes in order of weight."""
