"""What a request to the endpoint asks, by the SPARQL 1.1 Protocol, sections 2.1 and 2.2."""

from __future__ import annotations

from moagraph.frozen import Frozen
from moagraph.serve.limits import Limits
from moagraph.serve.messages import Pairs, Receive, Refused, Scope, body, media_type, pairs

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"


class Asked(Frozen):
    """A query and the graphs it is asked of; `query` None asks for the service description.

    `default` and `named` are the IRIs of default-graph-uri and named-graph-uri.
    """

    query: str | None
    default: tuple[str, ...]
    named: tuple[str, ...]


async def read(scope: Scope, receive: Receive, limits: Limits) -> Asked:
    """Return what a request asks.

    Raises:
        Refused: the protocol does not allow it, or we do not.
        Gone: the client has left.
    """
    target = pairs(scope["query_string"], "query string")
    if scope["method"] != "POST":
        return _asked(target, _one(target))
    media = media_type(scope)
    if media == UPDATE:
        raise Refused(403, "read_only", "this endpoint is read only; it takes no update")
    if media not in (FORM, DIRECT):
        message = f"a POST has the Content-Type {DIRECT} or {FORM}, not {media or 'none'!r}"
        raise Refused(415, "unsupported_media_type", message, {"Accept-Post": f"{DIRECT}, {FORM}"})
    data = await body(scope, receive, limits)
    if media == FORM:
        if any(name in ("query", "update") for name, _ in target):
            message = "the query of a POST form belongs into the body, not into the address too"
            raise Refused(400, "bad_request", message)
        fields = target + pairs(data, "form")
        query = _one(fields)
    else:
        fields = target
        if any(name in ("query", "update") for name, _ in target):
            message = "there are two queries: one in the body and one in the address"
            raise Refused(400, "bad_request", message)
        query = _text(data)
    if query is None:
        raise Refused(400, "bad_request", "the parameter 'query' is missing")
    return _asked(fields, query)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the query is not UTF-8 (byte {error.start})"
        raise Refused(400, "bad_request", message) from None


def _one(fields: Pairs) -> str | None:
    """Return the one query of a request, None if there is none."""
    if any(name == "update" for name, _ in fields):
        raise Refused(400, "read_only", "this endpoint is read only; it takes no 'update'")
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        message = f"the parameter 'query' is given {len(queries)} times; give it once"
        raise Refused(400, "bad_request", message)
    return queries[0] if queries else None


def _asked(fields: Pairs, query: str | None) -> Asked:
    default = tuple(value for name, value in fields if name == "default-graph-uri")
    named = tuple(value for name, value in fields if name == "named-graph-uri")
    return Asked(query, default, named)
