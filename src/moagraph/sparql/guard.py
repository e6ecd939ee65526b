"""What is refused before an engine sees a query, and what a query names.

No engine here stops by itself: one thousand nested braces take its process along, SERVICE goes
out into the network, and an update would write. The text is therefore read as tokens first, by the
terminals of the grammar, so that a word in a string, an IRI, a comment or a name is never taken
for a keyword, and every keyword is seen.

Three rules make that exact although the engine reads without a tokenizer. A bare word must be a
keyword of SPARQL, so that none hides in another (`trueSERVICE`); a prefix must be declared, so
that no name falls apart; and where `<` could be an operator as well as the start of an IRI, what
would differ between the two readings is refused.
"""

from __future__ import annotations

from collections.abc import Mapping

from moagraph.frozen import Frozen
from moagraph.sparql.faults import QueryFault, QueryRefused, fault
from moagraph.sparql.tokens import Token, tokens
from moagraph.sparql.words import FORMS, KEYWORDS, UPDATES

MAX_LENGTH = 1_000_000
MAX_DEPTH = 100
MAX_CHAIN = 1000
"""Operators and patterns that an engine takes apart by recursion: those of a whole query."""
MAX_IRI = 2000

_OPENING = {"{": "}", "(": ")", "[": "]", "<<": ">>", "<<(": ")>>", "{|": "|}"}
_CLOSING = frozenset(_OPENING.values())
_CHAINED = frozenset({"+", "-", "*", "/", "|", "||", "&&", "!", "^", "?", "~"})
_CHAINED_WORDS = frozenset(
    {"UNION", "MINUS", "OPTIONAL", "FILTER", "BIND", "GRAPH", "AS", "EXISTS", "LATERAL", "VALUES"}
)
_IN_DOUBT = "(!&+*"


class Checked(Frozen):
    """A query that may be run.

    `form` is select, construct, ask or describe; `names` are its IRIs and prefixed names, expanded,
    each with the place of its first use; `graphs` tells whether it speaks of named graphs.
    """

    text: str
    form: str
    names: dict[str, int]
    graphs: bool


def check(text: str, prefixes: Mapping[str, str], graphs: frozenset[str] = frozenset()) -> Checked:
    """Return what a query is and names, or say why it is not run.

    Args:
        text: the query.
        prefixes: what is declared for the user, prefix to namespace.
        graphs: the IRIs that FROM may name.

    Raises:
        QueryFault: it cannot be read; message with line, column and the line.
        QueryRefused: it would write, go out, name a foreign graph, or is too long or too deep.
    """
    if len(text) > MAX_LENGTH:
        raise QueryRefused(f"the query is longer than {MAX_LENGTH:,} characters")
    found = tokens(text)
    if not found:
        raise QueryFault("the query is empty", line=1, column=1)
    _doubts(text, found)
    _nesting(text, found)
    declared, start = _prologue(text, found, prefixes)
    form = _form(text, found, start)
    _words(text, found)
    names = _names(text, found, declared)
    _outside(text, found, declared, graphs)
    words = {t.text.upper() for t in found if t.kind == "word"}
    return Checked(text, form, names, bool(words & {"GRAPH", "FROM"}))


def _doubts(text: str, found: list[Token]) -> None:
    """Refuse what would read otherwise if `<` were an operator where we see an IRI."""
    commented = -1
    for token in found:
        if token.kind == "iri":
            if len(token.text) > MAX_IRI:
                raise fault(text, token.start, "this IRI is too long", kind=QueryRefused)
            if sum(map(token.text.count, _IN_DOUBT)) > MAX_DEPTH:
                message = "too many brackets and operators between < and >"
                raise fault(text, token.start, message, kind=QueryRefused)
            if "#" in token.text:
                commented = token.start
        elif (
            token.kind == "string" and commented >= 0 and ("\n" in token.text or "\r" in token.text)
        ):
            between = text[commented : token.start]
            if "\n" not in between and "\r" not in between:
                message = "begin a string of several lines on a line without # in an IRI"
                raise fault(text, token.start, message, kind=QueryRefused)


def _nesting(text: str, found: list[Token]) -> None:
    """Refuse deep nesting and long chains; name a bracket that has no partner."""
    open_: list[Token] = []
    chain = 0
    for token in found:
        if token.kind == "word":
            chain += token.text.upper() in _CHAINED_WORDS
        elif token.kind == "sign":
            chain += token.text in _CHAINED
            if token.text in _OPENING:
                open_.append(token)
                if len(open_) > MAX_DEPTH:
                    message = f"nested more than {MAX_DEPTH} deep"
                    raise fault(text, token.start, message, kind=QueryRefused)
            elif token.text in _CLOSING:
                _close(text, token, open_)
        if chain > MAX_CHAIN:
            message = f"more than {MAX_CHAIN:,} operators and patterns in one query"
            raise fault(text, token.start, message, kind=QueryRefused)
    if open_:
        raise fault(text, open_[-1].start, f"this {open_[-1].text} is never closed")


def _close(text: str, token: Token, open_: list[Token]) -> None:
    if not open_:
        raise fault(text, token.start, f"this {token.text} closes nothing")
    opened = open_.pop()
    wanted = _OPENING[opened.text]
    if token.text != wanted:
        line, column, _ = _where(text, opened)
        message = f"{token.text} where {wanted} should close the {opened.text}"
        raise fault(text, token.start, f"{message} of line {line}, column {column}")


def _where(text: str, token: Token) -> tuple[int, int, str]:
    from moagraph.sparql.faults import locate

    return locate(text, token.start)


def _prologue(
    text: str, found: list[Token], known: Mapping[str, str]
) -> tuple[dict[str, str], int]:
    """Return all prefixes that hold in a query, and the number of the token after its prologue."""
    declared = dict(known)
    place = 0
    while place < len(found) and found[place].kind == "word":
        word = found[place].text.upper()
        after = found[place + 1 : place + 3]
        if word == "PREFIX":
            if len(after) < 2 or not after[0].text.endswith(":") or after[1].kind != "iri":
                message = "PREFIX wants a name that ends with a colon, and an IRI in < >"
                raise fault(text, found[place].start, message)
            declared[after[0].text[:-1]] = after[1].text[1:-1]
            place += 3
        elif word in ("BASE", "VERSION"):
            place += 2
        else:
            break
    return declared, place


def _form(text: str, found: list[Token], start: int) -> str:
    if start >= len(found):
        raise fault(text, len(text), "the query ends after its prefixes")
    word = found[start].text.upper()
    if found[start].kind == "word" and word in FORMS:
        return word.lower()
    if found[start].kind == "word" and word in UPDATES:
        message = f"{word} is an update; moagraph only answers queries"
        raise fault(text, found[start].start, message, kind=QueryRefused)
    near = _nearest(word, FORMS) if found[start].kind == "word" else ()
    message = "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
    raise fault(text, found[start].start, message, suggestions=near)


def _words(text: str, found: list[Token]) -> None:
    """Refuse a bare word that SPARQL does not have."""
    for token in found:
        if token.kind == "word" and token.text.upper() not in KEYWORDS:
            if token.text.upper() in UPDATES:
                message = f"{token.text.upper()} is an update; moagraph only answers queries"
                raise fault(text, token.start, message, kind=QueryRefused)
            near = _nearest(token.text.upper(), KEYWORDS)
            message = f"{token.text!r} is no word of SPARQL (variables begin with ?, texts stand in"
            message += " quotes, names have a prefix)"
            raise fault(text, token.start, message, suggestions=near)


def _names(text: str, found: list[Token], declared: Mapping[str, str]) -> dict[str, int]:
    """Return the IRIs a query names, expanded, with the place of their first use."""
    names: dict[str, int] = {}
    for number, token in enumerate(found):
        if token.kind == "iri":
            names.setdefault(token.text[1:-1], token.start)
        elif token.kind == "name":
            if len(token.text) > MAX_IRI:
                raise fault(text, token.start, "this name is too long", kind=QueryRefused)
            prefix, _, local = token.text.partition(":")
            if number and found[number - 1].text.upper() == "PREFIX":
                continue
            if prefix not in declared:
                message = f"the prefix {prefix + ':'!r} is not declared"
                near = [f"{p}:" for p in _nearest(prefix, declared)]
                raise fault(text, token.start, message, suggestions=near)
            names.setdefault(declared[prefix] + local.replace("\\", ""), token.start)
    return names


def _outside(
    text: str, found: list[Token], declared: Mapping[str, str], graphs: frozenset[str]
) -> None:
    """Refuse SERVICE, and FROM of a graph that is not ours."""
    for number, token in enumerate(found):
        if _calls_service(found, number):
            message = "SERVICE is refused: moagraph asks no other endpoint"
            raise fault(text, token.start, message, kind=QueryRefused)
        if token.kind == "word" and token.text.upper() == "FROM":
            after = [t for t in found[number + 1 : number + 3] if t.text.upper() != "NAMED"]
            iri = _expanded(after[0], declared) if after else ""
            if iri not in graphs:
                known = " or ".join(f"<{name}>" for name in sorted(graphs)) or "none here"
                message = f"FROM is refused for any graph but ours ({known}); nothing is fetched"
                raise fault(text, token.start, message, kind=QueryRefused)


def _calls_service(found: list[Token], number: int) -> bool:
    """Tell whether SERVICE stands here, as a word or as the tail of what an engine may split."""
    token = found[number]
    if token.kind == "word":
        return token.text.upper() == "SERVICE"
    if token.kind in ("iri", "string", "sign") or not token.text.upper().endswith(
        ("SERVICE", "SERVICESILENT")
    ):
        return False
    after = [t for t in found[number + 1 : number + 4] if t.text.upper() != "SILENT"][:2]
    return len(after) == 2 and after[0].kind in ("iri", "name", "variable") and after[1].text == "{"


def _expanded(token: Token, declared: Mapping[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return declared.get(prefix, "") + local


def _nearest(word: str, known: object) -> tuple[str, ...]:
    import difflib
    from collections.abc import Iterable
    from typing import cast

    names = sorted(cast(Iterable[str], known))
    folded = {name.upper(): name for name in names}
    near = difflib.get_close_matches(word.upper(), folded, n=2, cutoff=0.6)
    return tuple(folded[name] for name in near)
