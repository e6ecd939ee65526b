"""Look-ups over a dataset that read a record when it is asked for, behind the face of a dict."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Generic, TypeVar, overload

T = TypeVar("T")
D = TypeVar("D")

_MOST = 200_000


class Lookup(Mapping[str, T], Generic[T]):
    """A mapping whose values are read at first use and kept, up to a bound.

    Args:
        read: returns the value of a key, or None where there is none.
        keys: yields all keys, for those who walk over the whole mapping.
        count: the number of keys.
        has: tells whether there is a value, where that is less work than to read it.
    """

    def __init__(
        self,
        read: Callable[[str], T | None],
        keys: Callable[[], Iterator[str]],
        count: Callable[[], int],
        has: Callable[[str], bool] | None = None,
    ) -> None:
        self._read = read
        self._keys = keys
        self._count = count
        self._has = has
        self._known: dict[str, T | None] = {}

    def _find(self, key: object) -> T | None:
        if not isinstance(key, str):
            return None
        known = self._known
        try:
            return known[key]
        except KeyError:
            if len(known) >= _MOST:
                known.clear()
            found = known[key] = self._read(key)
            return found

    @overload
    def get(self, key: str, /) -> T | None: ...

    @overload
    def get(self, key: str, /, default: T | D) -> T | D: ...

    def get(self, key: str, /, default: object = None) -> object:
        """Return the value of a key, or the default."""
        found = self._known.get(key)
        if found is None:
            found = self._find(key)
        return default if found is None else found

    def __getitem__(self, key: str) -> T:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        if self._has is None or key in self._known or not isinstance(key, str):
            return self._find(key) is not None
        return self._has(key)

    def __iter__(self) -> Iterator[str]:
        return self._keys()

    def __len__(self) -> int:
        return self._count()


class Rows(Collection[T], Generic[T]):
    """All records of one table: read anew, one after another, each time they are walked over."""

    def __init__(self, read: Callable[[], Iterator[T]], count: Callable[[], int]) -> None:
        self._read = read
        self._count = count

    def __iter__(self) -> Iterator[T]:
        return self._read()

    def __len__(self) -> int:
        return self._count()

    def __contains__(self, item: object) -> bool:
        return any(item == row for row in self)
