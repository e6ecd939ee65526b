"""What follows from what, where rings and long chains are possible: a least fixed point.

Components may be complexes, states may bring states. Walking that by calls of calls would never
come back from a ring, and take forever where many ways lead to the same part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Needs = Iterable[tuple[str, ...]]
"""Groups of names; a group that holds in all its members is enough."""


def settle(
    name: str,
    known: dict[str, bool],
    itself: Callable[[str], bool],
    needs: Callable[[str], Needs],
) -> bool:
    """Tell whether something holds of a name, by itself or because it does of a group it needs.

    What is found out on the way is added to `known`. In a ring nothing holds without a cause
    from outside.
    """
    found = known.get(name)
    if found is not None:
        return found
    order: dict[str, tuple[tuple[str, ...], ...]] = {}
    stack = [name]
    while stack:
        here = stack.pop()
        if here in order:
            continue
        order[here] = tuple(needs(here))
        stack.extend(
            member
            for group in order[here]
            for member in group
            if member not in order and member not in known
        )
    held = {here for here in order if itself(here)}
    before = -1
    while len(held) != before:
        before = len(held)
        for here in reversed(order):
            if here not in held and any(
                all(known.get(member, member in held) for member in group) for group in order[here]
            ):
                held.add(here)
    known.update((here, here in held) for here in order)
    return known[name]
