"""Findings about files, references, closed vocabularies and identifiers."""

from __future__ import annotations

from moagraph.check.code import Code

FILE = (
    Code(
        "missing-table",
        "error",
        "A table that every folder needs is not there.",
        "add the file with its header line",
        "no evidence.tsv",
    ),
    Code(
        "encoding",
        "error",
        "A file is not UTF-8, or its last line has no end.",
        "save it as UTF-8, and end it with a newline",
        "a byte FF in a label",
    ),
    Code(
        "spreadsheet",
        "warn",
        "A file has what spreadsheets add: a byte order mark, CR LF line ends, fields in quotes. "
        "Marks and line ends are read past; quotes are taken as written.",
        "save it as UTF-8 with LF line ends, and take the quotes off",
        "lines that end with CR LF",
    ),
    Code(
        "header",
        "error",
        "The first line is not the header of the table.",
        "restore the header; README.md lists the columns",
        "lable for label",
    ),
    Code(
        "row-width",
        "error",
        "A row has more or fewer fields than the header, or is too long.",
        "look for a missing or a stray TAB",
        "9 fields where the header has 10",
    ),
    Code(
        "empty-field",
        "error",
        "A field that every row needs is empty.",
        "fill it in, or remove the row",
        "an entity without label",
    ),
    Code(
        "duplicate-id",
        "error",
        "Two different rows have the same id.",
        "give one of them an id of its own, or merge them",
        "lenalidomide-degrades-ikzf1 twice",
    ),
    Code(
        "control-character",
        "error",
        "A field holds an invisible control or direction character.",
        "remove the character",
        "U+0007 in a title",
    ),
    Code(
        "machine-phase",
        "error",
        "A phase is none of 1 bind, 2 recruit, 3 ubiquitinate, 4 degrade.",
        "use 1, 2, 3 or 4",
        "phase 5",
    ),
    Code(
        "row-order",
        "warn",
        "The rows are not sorted by id, so a change is hard to see in a diff.",
        "sort the rows by their first column",
        "b before a",
    ),
    Code(
        "stray-space",
        "warn",
        "A field begins or ends with a blank, or holds two in a row.",
        "remove the blanks",
        "'IKZF1 '",
    ),
)

REFERENCES = (
    Code(
        "unknown-entity",
        "error",
        "An id is used that entities.tsv does not have.",
        "add the entity, or correct the id",
        "subject CHEBI:63719",
    ),
    Code(
        "unknown-source",
        "error",
        "Evidence names a source that sources.tsv does not have.",
        "add the source, or correct its id",
        "source PMID:1",
    ),
    Code(
        "orphan-evidence",
        "error",
        "Evidence is about something that is neither an assertion nor a fact.",
        "correct `about`, or remove the row",
        "about len-degrades-ikzf9",
    ),
    Code(
        "orphan-quantity",
        "error",
        "A quantity hangs on an evidence row that does not exist.",
        "correct `evidence`, or remove the row",
        "evidence len-degrades-ikzf1.nobody1999",
    ),
    Code(
        "shown-by-unknown",
        "error",
        "A machine part names an assertion as its proof that does not exist.",
        "correct `shown_by`, or add the assertion",
        "shown_by crbn-is-needed",
    ),
    Code(
        "seed-claim-dangling",
        "error",
        "A claim of the article points at an assertion, fact or evidence that does not exist.",
        "correct `held_by` or `corrected_by`",
        "held_by len-is-a-drug",
    ),
    Code(
        "unknown-variant",
        "warn",
        "A state is brought by a variant that variants.tsv does not have.",
        "add the variant, or write it as GENE:CHANGE with the label of the gene",
        "brought_by CRBN:W999A",
    ),
)

TERMS = (
    Code(
        "unknown-relation",
        "error",
        "A relation is not one of the vocabulary.",
        "use a relation of schema.ttl by its label",
        "degrades",
    ),
    Code(
        "unknown-term",
        "error",
        "A cell of a closed vocabulary (kind, stance, polarity, extent, directness, transfer, "
        "strength, effect, basis, status, kind of source) holds another word.",
        "use one of the words that the message lists",
        "stance agrees",
    ),
    Code(
        "unknown-category",
        "warn",
        "A category is no Biolink 4.4.4 class that fits its kind.",
        "use the Biolink class name without prefix, such as Protein",
        "category Gen",
    ),
)

IDENTIFIERS = (
    Code(
        "not-a-curie",
        "error",
        "An id is not of the form prefix:local without blanks.",
        "write it as prefix:local, or moa:slug where no public id exists",
        "lenalidomide",
    ),
    Code(
        "bad-curie",
        "warn",
        "An id does not match the pattern of its prefix.",
        "look the id up again",
        "CHEBI:6379x",
    ),
    Code(
        "unknown-prefix",
        "warn",
        "An id has a prefix that prefixes.tsv does not have.",
        "use the prefix of prefixes.tsv for this registry, or add it there",
        "UNIPROTKB:Q13422",
    ),
    Code(
        "reserved-id",
        "warn",
        "An entity has the name of a term of the schema, so both share one IRI.",
        "choose another slug",
        "moa:binds",
    ),
    Code(
        "source-mismatch",
        "warn",
        "The id of a source and its PMID or DOI column are not the same.",
        "correct one of the two",
        "PMID:24292625 with pmid 24292623",
    ),
    Code(
        "source-without-identifier",
        "warn",
        "A publication has neither PMID nor DOI, and no address where it was seen.",
        "look up its PMID or DOI; for a label or record give the url",
        "a primary source with author and year only",
    ),
)
