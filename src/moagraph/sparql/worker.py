"""A query in a process of its own, ended at its time limit.

The engine heeds neither signals nor interrupts while it computes, and a fault of it takes its
process along. So the process that asks forks one that computes: it waits for the answer, and
ends the other at the limit, at Ctrl-C, or when it wants more memory than it may have. A fork
costs a millisecond, and the child inherits what is loaded already.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from moagraph.errors import MoagraphError
from moagraph.sparql.faults import QueryFailed, QueryFault, QueryRefused, QueryTimeout

MEMORY = 4 * 1024**3
"""The address space of a worker in bytes, for what it does before it computes an answer."""
MIB = 1024**2
WORKING_MEMORY = 800
"""What an answer may take beyond the graph in MiB: with all else that is less than 1 GB."""


class Written(NamedTuple):
    """A result as bytes, with what is to be known beside them."""

    data: bytes
    kind: str = "rows"
    boolean: bool = True
    truncated: bool = False
    notes: tuple[str, ...] = ()


def run(task: Callable[[], Written], *, timeout: float = 0, memory: int = MEMORY) -> Written:
    """Run a task in a process of its own and return what it returns.

    Args:
        task: what to run; it may raise errors of moagraph, which are raised here again.
        timeout: seconds of clock time, 0 for no limit.
        memory: bytes of address space, 0 for no limit.

    Raises:
        QueryTimeout: the limit passed, and the process was ended.
        QueryFailed: the process ended without an answer.
    """
    if not hasattr(os, "fork"):
        return task()
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _compute(task, reader, writer, memory)
    os.close(writer)
    answer = None
    try:
        answer = _receive(reader, timeout)
    finally:
        os.close(reader)
        if answer is None:
            _end(child)
    _, status = os.waitpid(child, 0)
    if not answer:
        _explain(os.waitstatus_to_exitcode(status))
    return _read(answer)


def _compute(task: Callable[[], Written], reader: int, writer: int, memory: int) -> None:
    """Be the child: send the answer or the error, and end at once."""
    import faulthandler
    import gc

    gc.disable()
    faulthandler.disable()
    code = 1
    said = _quiet()
    try:
        os.close(reader)
        _limit(memory)
        try:
            parts = _form(task())
        except MoagraphError as error:
            parts = [_head({"error": error.to_dict()})]
        except MemoryError:
            parts = [_head({"error": {"code": "query_failed", "message": _NO_MEMORY}})]
        with os.fdopen(writer, "wb") as stream:
            stream.writelines(parts)
        code = 0
    except BrokenPipeError:
        pass
    except BaseException:
        import traceback

        if said >= 0:
            os.dup2(said, 2)
        traceback.print_exc()
    finally:
        os._exit(code)


def _quiet() -> int:
    """Send stderr nowhere, and return where it went: an engine that dies says so at length."""
    try:
        said = os.dup(2)
        null = os.open(os.devnull, os.O_WRONLY)
    except OSError:
        return -1
    os.dup2(null, 2)
    os.close(null)
    return said


_NO_MEMORY = "the query wanted more memory than it may have; ask for less, or allow more memory"


def bound_memory(most: int) -> None:
    """Let this process take so many MiB more than it has, 0 for as much as there is.

    Counted is what it writes to: an engine reserves more address space than it ever uses.
    """
    if not most:
        return
    import resource

    with suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        most = _data_size() + most * MIB
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _data_size() -> int:
    """Return the bytes that count against the limit; without a word of the system, a guess."""
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[5]) * resource.getpagesize()
    except OSError:
        return 256 * MIB


def _limit(memory: int) -> None:
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if memory and (hard == resource.RLIM_INFINITY or memory < hard):
        resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _form(written: Written) -> list[bytes]:
    about = written._asdict()
    del about["data"]
    return [_head(about), written.data]


def _head(about: dict[str, Any]) -> bytes:
    import json

    return json.dumps(about).encode() + b"\n"


def _receive(reader: int, timeout: float) -> bytes:
    """Return all that the child sends, b"" if it ends without a word."""
    import select
    import time

    end = time.monotonic() + timeout
    chunks: list[bytes] = []
    while True:
        if timeout:
            left = end - time.monotonic()
            if left <= 0 or not select.select([reader], [], [], left)[0]:
                raise QueryTimeout(
                    f"the query was stopped at its limit of {timeout:g} seconds; "
                    "ask for less, or allow more time"
                )
        chunk = os.read(reader, 1 << 20)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)


def _end(child: int) -> None:
    import signal

    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _explain(code: int) -> None:
    import signal

    if code in (-signal.SIGABRT, -signal.SIGKILL):
        raise QueryFailed(_NO_MEMORY)
    if code < 0:
        raise QueryFailed(
            "the query ended the engine's process, most likely for want of memory or of depth"
        )
    raise QueryFailed("the query ended without an answer")


def _read(answer: bytes) -> Written:
    import json

    head, _, data = answer.partition(b"\n")
    about = json.loads(head)
    if "error" in about:
        raise revived(about["error"])
    return Written(data, about["kind"], about["boolean"], about["truncated"], tuple(about["notes"]))


def revived(about: dict[str, Any]) -> MoagraphError:
    """Return the error that `to_dict` describes."""
    from moagraph import errors

    common = {name: about.get(name) for name in ("file", "line")}
    suggestions = about.get("suggestions", ())
    message = about["message"]
    for fault in (QueryFault, QueryRefused):
        if fault.code == about["code"]:
            return fault(
                message,
                line=common["line"],
                column=about.get("column"),
                excerpt=about.get("excerpt", ""),
                suggestions=suggestions,
            )
    known = (
        errors.UnknownName,
        errors.AmbiguousName,
        errors.DataError,
        errors.QuestionError,
        QueryTimeout,
        QueryFailed,
    )
    kind = next((k for k in known if k.code == about["code"]), MoagraphError)
    return kind(message, file=common["file"], line=common["line"], suggestions=suggestions)
