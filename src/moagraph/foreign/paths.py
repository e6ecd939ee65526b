"""The paths of a record from its drug to its disease, and the sign of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, NamedTuple

from moagraph.foreign.polarity import polarity_of, reading_of
from moagraph.formats.drugmechdb.records import DrugMechRecord, Link

MAX_PATHS = 1_000
MAX_STEPS = 100_000
MAX_SIZE = 5_000
"""How many nodes and links a record may have to be looked at; real ones have some dozens."""
Net = Literal["negative", "positive", "open", "neutral"]


class RecordPath(NamedTuple):
    """A path, its net sign, and what leaves that sign open."""

    links: tuple[Link, ...]
    net: Net
    open_at: Link | None = None


class RecordPaths(NamedTuple):
    """All paths of a record; `complete` is false where a bound cut the search."""

    paths: tuple[RecordPath, ...]
    complete: bool

    @property
    def net(self) -> str:
        """Return the sign of the record as a whole.

        negative, positive or mixed by the paths whose sign is known; open if there is none;
        `no path` if nothing leads from the drug to the disease.
        """
        signs = {p.net for p in self.paths} & {"negative", "positive"}
        if len(signs) == 2:
            return "mixed"
        if signs:
            return signs.pop()
        return "open" if self.paths else "no path"

    def with_net(self, net: Net) -> list[RecordPath]:
        """Return the paths of a sign."""
        return [p for p in self.paths if p.net == net]


def record_paths(record: DrugMechRecord) -> RecordPaths:
    """Return the paths of a record without repeated nodes, shortest first."""
    if too_large(record):
        return RecordPaths((), False)
    start, end = record.drug_node, record.disease_node
    if not start or not end or start == end:
        return RecordPaths((), True)
    leaving: dict[str, list[Link]] = defaultdict(list)
    for one in distinct(record.links):
        leaving[one.source].append(one)
    reach = _reaching(record.links, end)
    found: list[tuple[Link, ...]] = []
    trail: list[Link] = []
    on_trail = {start}
    stack = [iter(leaving[start])]
    steps = 0
    while stack and len(found) < MAX_PATHS and steps < MAX_STEPS:
        link = next(stack[-1], None)
        steps += 1
        if link is None:
            stack.pop()
            if trail:
                on_trail.discard(trail.pop().target)
        elif link.target == end:
            found.append((*trail, link))
        elif link.target not in on_trail and link.target in reach:
            trail.append(link)
            on_trail.add(link.target)
            stack.append(iter(leaving[link.target]))
    found.sort(key=len)
    return RecordPaths(tuple(signed(links) for links in found), not stack)


def too_large(record: DrugMechRecord) -> bool:
    """Tell whether a record has more nodes and links than are looked at."""
    return len(record.nodes) + len(record.links) > MAX_SIZE


def distinct(links: Iterable[Link]) -> list[Link]:
    """Return links without those that say the same again."""
    known: dict[tuple[str, ...], Link] = {}
    for link in links:
        known.setdefault(link[:5], link)
    return list(known.values())


def _reaching(links: Iterable[Link], end: str) -> set[str]:
    entering: dict[str, list[str]] = defaultdict(list)
    for link in links:
        entering[link.target].append(link.source)
    found = {end}
    stack = [end]
    while stack:
        for node in entering[stack.pop()]:
            if node not in found:
                found.add(node)
                stack.append(node)
    return found


def signed(links: tuple[Link, ...]) -> RecordPath:
    """Return a path with its net sign by the table of DrugMechDB."""
    product, counted = 1, 0
    for link in links:
        reading = reading_of(link)
        if reading == "neutral":
            continue
        if reading != "forward":
            return RecordPath(links, "open", link)
        product *= polarity_of(link).sign
        counted += 1
    if not counted:
        return RecordPath(links, "neutral")
    return RecordPath(links, "negative" if product < 0 else "positive")


def breaking_link(path: RecordPath, sound: Iterable[RecordPath]) -> tuple[Link, str]:
    """Return the link that makes a positive path positive, and why it is that one.

    It is the link at which the drug's effect turns into a rise that lasts to the disease: the
    last that lowers, and among several the last that no sound (negative) path passes too.
    Where nothing on the path lowers, it is the first link.
    """
    lowering = lowering_links(path)
    if not lowering:
        first = next((link for link in path.links if _counts(link)), path.links[0])
        return first, "nothing on the path lowers anything"
    elsewhere = {link[:5] for other in sound for link in other.links}
    own = [link for link in lowering if link[:5] not in elsewhere]
    chosen = own[-1] if own else lowering[-1]
    why = "here the fall that the drug causes turns into a rise, up to the disease"
    return chosen, why


def lowering_links(path: RecordPath) -> list[Link]:
    """Return the links of a path that lower: an even number of them makes it positive."""
    return [link for link in path.links if polarity_of(link).sign < 0 and _counts(link)]


def _counts(link: Link) -> bool:
    return reading_of(link) == "forward"


def write_path(record: DrugMechRecord, path: RecordPath) -> str:
    """Return a path in one line, each link with its sign, and the product."""
    if not path.links:
        return ""
    parts = [name_of(record, path.links[0].source)]
    for link in path.links:
        parts.append(f"-[{key_words(link)} {sign_of(link)}]-> {name_of(record, link.target)}")
    net = {"negative": "-", "positive": "+"}.get(path.net, "open")
    return f"{' '.join(parts)} = {net}"


def write_link(record: DrugMechRecord, link: Link) -> str:
    """Return a link in words."""
    source, target = name_of(record, link.source), name_of(record, link.target)
    return f"{source} -[{key_words(link)}]-> {target}"


def key_words(link: Link) -> str:
    """Return the key of a link with its qualifiers, if it has any."""
    extra = ", ".join(part for part in (link.aspect, link.direction) if part)
    return f"{link.key} ({extra})" if extra else link.key


def sign_of(link: Link) -> str:
    """Return the sign of a link as it counts in a product: +, -, 0 (passed over) or ?."""
    reading = reading_of(link)
    if reading == "forward":
        return "-" if polarity_of(link).sign < 0 else "+"
    return "0" if reading == "neutral" else "?"


def name_of(record: DrugMechRecord, node_id: str) -> str:
    """Return the name of a node, or its id if it has none."""
    node = record.node(node_id)
    return node.name if node and node.name else node_id
