"""What may come in by each format of files, and the test that meets it.

A place is `file::test`, or `file::test[case]` for one of its cases; folders are those of `tests`.
"""

from __future__ import annotations

_NO_FILE = "hostile/test_graph_files.py::test_what_is_no_file_is_told_at_once[{}-{}]"
_FILE = "hostile/test_graph_files.py::test_a_hostile_file_is_one_message[{}]"
_RDF = "hostile/test_rdf_files.py::test_a_hostile_file_is_one_message[{}]"
_SOUND = "hostile/test_rdf_files.py::test_a_harmless_file_is_read[{}]"
_ASKED = "hostile/test_rdf_files.py::test_a_file_that_is_asked_is_as_safe"
_EACH = "hostile/test_every_reader.py::test_a_fault_in_a_format[{}: {}]"
_NAME = "hostile/test_every_reader.py::test_a_name_is_text[{}-{}]"
_SHEET = "hostile/test_shell.py::test_what_a_spreadsheet_adds_to_a_table_changes_nothing[{}]"
_TABLE = "hostile/test_shell.py::test_a_broken_table_is_one_message_with_its_place[{}]"
_SERVER = "remote/test_faults.py::test_every_fault_ends_in_one_message[{}]"
_ARCHIVE = "hostile/test_archives.py::test_a_hostile_archive_is_one_message[{}]"

_READERS = {
    "DrugMechDB YAML": "a.yaml",
    "KGX in TSV": "a_edges.tsv",
    "KGX in JSON lines": "a_edges.jsonl",
    "GraphML": "a.graphml",
    "CX2": "a.cx2",
    "SIF": "a.sif",
}
_BYTES = (
    *("NUL", "byte order mark", "CR LF", "CR", "UTF-16", "Latin-1", "half a pair"),
    *("half a pair, escaped", "a mark that turns text around", "a terminal's command", "nothing"),
    *("blank lines", "cut", "a web page", "any bytes", "a text of ten megabytes", "gzip"),
    *("gzip, cut", "a file of another kind"),
)
_NAMES = ("quotes", "blanks", "dots", "script", "address", "look-alike", "template")


def _of_places(file: str) -> dict[str, str]:
    ending = file.rpartition(".")[2]
    return {
        f"a {thing} in its place": _NO_FILE.format(thing, ending)
        for thing in ("fifo", "device", "loop", "missing")
    }


def _of_text(file: str) -> dict[str, str]:
    """Return what every format of text meets, with a file of that format."""
    faults = {fault: _EACH.format(fault, file) for fault in _BYTES}
    names = {f"identifier with {kind}": _NAME.format(file, kind) for kind in _NAMES}
    return {**faults, **names, **_of_places(file)}


def _of_rdf(file: str, kind: str) -> dict[str, str]:
    names = {f"identifier with {each}": _NAME.format(file, each) for each in _NAMES}
    shared = ("NUL", "CR", "half a pair", "cut", "nothing", "any bytes", "CR LF")
    faults = {fault: _EACH.format(fault, file) for fault in shared}
    return {
        **faults,
        **names,
        **_of_places(file),
        "UTF-16": _RDF.format(f"{kind}: utf-16" if kind != "xml" else "xml: utf-7"),
        "a web page": _RDF.format(
            f"{kind}: JSON in a page" if kind == "json-ld" else f"{kind}: a page"
        ),
        "ten megabytes": _EACH.format("a text of ten megabytes", file),
        "given to a command that asks": _ASKED,
    }


FORMATS: dict[str, dict[str, str]] = {
    **{surface: _of_text(file) for surface, file in _READERS.items()},
    "DrugMechDB YAML: its own": {
        "tags that build objects": _FILE.format("yaml: a tag of Python"),
        "aliases that unfold without end": _FILE.format("yaml: aliases"),
        "a key twice": _FILE.format("yaml: a key twice"),
        "NO, 012, 12:30, 1e3 and dates stay text": (
            "formats/test_yaml_strings.py::test_a_scalar_stays_what_was_typed"
        ),
        "20,000 lists in lists": _FILE.format("yaml: depth"),
        "any text": "hostile/test_any_content.py::test_any_content_is_read_or_refused[a.yaml]",
    },
    "KGX: its own": {
        "depth": _FILE.format("kgx: depth"),
        "a field beyond all bounds": _FILE.format("kgx: a long field"),
        "short and long rows": "formats/test_hostile_files.py::test_bad_content",
        "stray quotes": "formats/test_kgx_forms.py",
        "a million lines that cannot be used": (
            "formats/test_hostile_files.py::test_a_million_lines_that_cannot_be_used_end_in_one_message"
        ),
        "as one document": _EACH.format("NUL", "a.json"),
        "as CSV": _EACH.format("CR", "a_edges.csv"),
        "any text": "hostile/test_any_content.py::test_any_content_is_read_or_refused[a_edges.tsv]",
        "any JSON": (
            "hostile/test_any_content.py::test_any_content_is_read_or_refused[a_edges.jsonl]"
        ),
    },
    "GraphML, CX2, SIF: their own": {
        "entities that unfold": _FILE.format("graphml: laughs"),
        "a DTD of the web": _FILE.format("graphml: a DTD of the web"),
        "depth": _FILE.format("cx2: depth"),
        "any GraphML": (
            "hostile/test_any_content.py::test_any_content_is_read_or_refused[a.graphml]"
        ),
        "any CX2": "hostile/test_any_content.py::test_any_content_is_read_or_refused[a.cx2]",
        "any SIF": "hostile/test_any_content.py::test_any_content_is_read_or_refused[a.sif]",
    },
    "tables": {
        "NUL": _TABLE.format("with_nul"),
        "byte order mark": _SHEET.format("with_bom"),
        "CR": _TABLE.format("with_carriage_returns_alone"),
        "CR LF": _SHEET.format("with_cr"),
        "UTF-16": _TABLE.format("as_utf16"),
        "any bytes": _TABLE.format("as_binary"),
        "a field of ten megabytes": _TABLE.format("with_long_field"),
        "a short row": _TABLE.format("with_short_row"),
        "a long row": _TABLE.format("with_long_row"),
        "cut": _TABLE.format("cut_short"),
        "nothing": _TABLE.format("as_empty"),
        "a million lines": _TABLE.format("of_a_million_lines"),
        "a folder": _TABLE.format("as_folder"),
        "a pipe": _TABLE.format("as_fifo"),
        "a device": _TABLE.format("as_device"),
        "a link to itself": _TABLE.format("as_loop"),
        "missing": _TABLE.format("as_missing"),
        "a mark that turns text around": (
            "hostile/test_shell.py::test_a_controlling_label_never_reaches_the_terminal_raw"
        ),
        "markup, formulas and links in a label": (
            "hostile/test_shell.py::test_a_hostile_label_is_text_everywhere"
        ),
        "changed while they are read": (
            "hostile/test_faults.py::test_tables_that_change_while_they_are_read_are_told_or_read"
        ),
        "any change": "hostile/test_any_content.py::test_any_table_is_read_or_refused",
    },
    "RDF/XML": {
        **_of_rdf("a.rdf", "xml"),
        "an entity from a file": _FILE.format("xml: entity from a file"),
        "an entity from the web": _FILE.format("xml: entity from the web"),
        "a DTD of the web": _FILE.format("xml: a DTD of the web"),
        "entities that unfold": _FILE.format("xml: laughs"),
        "one long entity many times": _FILE.format("xml: one long entity"),
        "a document type that hides": _RDF.format("xml: between comments"),
        "a document type in another encoding": _RDF.format("xml: utf-16 by its word alone"),
        "depth": _FILE.format("xml: depth"),
        "a hundred thousand attributes": _RDF.format("xml: a hundred thousand attributes"),
    },
    "JSON-LD": {
        **_of_rdf("a.jsonld", "json-ld"),
        "a context of the web": _FILE.format("json-ld: context of the web"),
        "an import of the web": _FILE.format("json-ld: import"),
        "a context within a context": _FILE.format("json-ld: scoped context"),
        "a context from a file": _FILE.format("json-ld: context of a file"),
        "a context by escapes": _RDF.format("json-ld: context by escapes"),
        "depth": _FILE.format("json-ld: depth"),
        "half a pair, escaped": _RDF.format("json-ld: half a pair"),
        "a key twice": _RDF.format("json-ld: a key twice"),
        "a million values": _SOUND.format("json-ld: a million values"),
    },
    "Turtle": {
        **_of_rdf("a.ttl", "turtle"),
        "brackets without end": _FILE.format("turtle: depth"),
        "lists without end": _FILE.format("turtle: depth of lists"),
        "an id that ends early": _FILE.format("turtle: an id with a script"),
        "imports of the web": _FILE.format("turtle: imports of the web"),
        "a language and a datatype": _RDF.format("turtle: a language and a datatype"),
        "a literal as subject": _RDF.format("turtle: a literal as subject"),
        "an address as a file": "hostile/test_rdf_files.py::test_an_address_is_no_file",
        "named as another format": _RDF.format("turtle: RDF/XML"),
        "any change": "rdf/test_fuzz.py::test_a_changed_document_is_records_or_one_error",
        "any bytes of chance": "rdf/test_fuzz.py::test_any_bytes_are_records_or_one_error",
    },
    "N-Triples and N-Quads": {
        **_of_places("a.nq"),
        "NUL": _EACH.format("NUL", "a.nq"),
        "half a pair": _EACH.format("half a pair", "a.nq"),
        "not UTF-8": _FILE.format("n-quads: not UTF-8"),
        "cut": _EACH.format("cut", "a.nt"),
        "CR": _EACH.format("CR", "a.nt"),
        "five terms": _RDF.format("turtle: five terms"),
        "a million lines": _SOUND.format("turtle: a million lines"),
        "a million lines and a fault": _RDF.format("turtle: a million lines and a fault"),
    },
    "TriG": {
        **_of_places("a.trig"),
        "NUL": _FILE.format("trig: NUL"),
        "half a pair": _EACH.format("half a pair", "a.trig"),
        "cut": _EACH.format("cut", "a.trig"),
        "CR": _EACH.format("CR", "a.trig"),
        "a graph in a graph": _RDF.format("turtle: a graph in a graph"),
        "ten thousand graphs": _RDF.format("turtle: ten thousand graphs"),
    },
    "gzip and archives": {
        "cut": _FILE.format("gzip: cut"),
        "not gzip": _FILE.format("gzip: none"),
        "a bomb": _RDF.format("turtle: a bomb"),
        "packed twice": _RDF.format("turtle: packed twice"),
        "something behind": _RDF.format("turtle: packed with something behind"),
        "any change": "hostile/test_any_content.py::test_any_gzip_is_read_or_refused",
        "an archive that is a bomb": _ARCHIVE.format("bomb"),
        "an archive that is cut": _ARCHIVE.format("cut"),
        "members that lead outside": (
            "hostile/test_archives.py::test_a_member_leads_nowhere_but_into_its_archive"
        ),
        "members that are links": (
            "hostile/test_archives.py::test_a_link_in_an_archive_is_not_followed"
        ),
        "a cut stream of a web server": _SERVER.format("not-gzip"),
    },
}
