"""Links and images: where they lead, what they say, what their markup lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.checks._conditions import CONDITION_KEYS, Conditions
from healthlint.checks._match import Match
from healthlint.checks._page import Page
from healthlint.document import Link
from healthlint.fold import fold
from healthlint.hints import TYPE_CHECKING
from healthlint.language.reading import Words
from healthlint.records import NamedTuple
from healthlint.regexes import pattern

if TYPE_CHECKING:
    from healthlint.checks._builder import Builder
    from healthlint.marked_yaml import Marked

PHASE = 0
KEYS = ("affiliate", "trusted", "host", "path", "param", "words", "url-words", "rel-lacks", "image", *CONDITION_KEYS)
_BOOLEAN = ("true", "false")
_ATTRIBUTES = pattern(r"\{:?[^{}\n]*\}")
_RELATION = pattern(r"\brel\s*=\s*[\"']?([^\"'}]*)", re.IGNORECASE)


class Entry(NamedTuple):
    """What a link must be, all of it; an empty part asks nothing."""

    affiliate: str
    trusted: str
    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    params: tuple[str, ...]
    words: tuple[int, ...]
    url_words: tuple[str, ...]
    rel_lacks: tuple[str, ...]
    image: str
    conditions: Conditions


def compile(marked: Marked, builder: Builder) -> tuple[Entry, ...]:
    """Return the entries of a list of links."""
    items = marked.items if marked.items is not None else (marked,)
    return tuple(compile_entry(item, builder) for item in items)


def compile_entry(item: Marked, builder: Builder) -> Entry:
    """Return one description of links."""
    faults = builder.faults
    keys = faults.mapping(item, "links", KEYS)
    if not keys:
        faults.add(item.line, "a link needs at least one of: " + ", ".join(KEYS[:9]))

    def texts(key: str) -> tuple[str, ...]:
        return faults.texts(keys[key], key) if key in keys else ()

    def flag(key: str) -> str:
        return faults.choice(keys[key], key, _BOOLEAN) if key in keys else ""

    words = builder.phrases(keys["words"], "words") if "words" in keys else ()
    url_words = tuple(" ".join(fold(text).decode("ascii").split()) for text in texts("url-words"))
    return Entry(
        flag("affiliate"), flag("trusted"), texts("host"), texts("path"), texts("param"), words, url_words,
        texts("rel-lacks"), flag("image"), builder.conditions(keys),
    )  # fmt: skip


def find(data: tuple[Entry, ...], page: Page) -> Iterator[Match]:
    """Yield the words of each link that is as described (all of the link, where it shows none)."""
    for fields in data:
        entry = Entry(*fields)
        for link in page.document.links:
            if is_described(entry, link, page):
                match = place(link, page)
                if match.whole or page.allows(entry.conditions, match):
                    yield match


def place(link: Link, page: Page) -> Match:
    """Return where a link stands in the prose: its words, else its block; the whole document where it shows nothing."""
    if link.end > link.start:
        return Match(link.start, link.end)
    if link.block < 0:
        return Match(0, 0, frame="assert", whole=True)
    block = page.reading.block(link.block)
    return Match(block.start, block.end)


def is_described(entry: Entry, link: Link, page: Page) -> bool:
    """Return whether a link is all that the entry asks."""
    if entry.image and (entry.image == "true") != link.image:
        return False
    if entry.affiliate and (entry.affiliate == "true") != bool(page.affiliate(link)):
        return False
    if entry.trusted and (entry.trusted == "true") != page.trusted(link):
        return False
    if entry.rel_lacks and not _lacks(entry.rel_lacks, link, page):
        return False
    return _leads_there(entry, link.url) and (not entry.words or _says(entry.words, link, page))


def _leads_there(entry: Entry, url: str) -> bool:
    if not (entry.hosts or entry.paths or entry.params or entry.url_words):
        return True
    address = split(url)
    if entry.hosts and not any(host_fits(address.host, host) for host in entry.hosts):
        return False
    if entry.paths and not any(path.lower() in address.path.lower() for path in entry.paths):
        return False
    if entry.params and address.params.isdisjoint(param.lower() for param in entry.params):
        return False
    path = " ".join(fold(address.path).decode("ascii").split())
    return not entry.url_words or any(f" {word} " in f" {path} " for word in entry.url_words)


def _lacks(relations: tuple[str, ...], link: Link, page: Page) -> bool:
    """Return whether a link's markup has attributes (HTML, or "{…}" behind it) and gives it none of the relations."""
    text = page.document.source.text
    if text.startswith("<", link.span.start) and not text.startswith(("<http", "<mailto"), link.span.start):
        given = link.rel or ""
    elif behind := _ATTRIBUTES.match(text, link.span.end):
        named = _RELATION.search(behind[0])
        given = named[1] if named else ""
    else:
        return False
    return set(given.lower().split()).isdisjoint(relations)


def _says(words: tuple[int, ...], link: Link, page: Page) -> bool:
    if link.end <= link.start:
        return False
    block = page.reading.block_at(link.start)
    unit = Words(page.reading, block, link.start, link.end)
    return any(page.stands(number, unit) for number in words)


class Address(NamedTuple):
    """The parts of a url that rules ask about; `host` is lower case, without "www."; `params` are lower-case names."""

    host: str
    path: str
    params: frozenset[str]


def split(url: str) -> Address:
    """Return the parts of a url; a url that cannot be parsed has none."""
    from urllib.parse import parse_qsl, unquote, urlsplit

    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower().removeprefix("www.")
        names = frozenset(name.lower() for name, value in parse_qsl(parts.query) if value)
        return Address(host, unquote(parts.path), names)
    except ValueError:
        return Address("", "", frozenset())


def host_fits(host: str, wanted: str) -> bool:
    """Return whether `host` is `wanted` or under it; "*" stands for any part ("amazon.*")."""
    begin, *others = wanted.split("*")
    if not others:
        return host == wanted or host.endswith(f".{wanted}")
    return _fits(host, begin, others) or _fits(host, "", [f".{begin}", *others])


def _fits(host: str, begin: str, others: list[str]) -> bool:
    """Return whether a host begins with one text and goes on with the others, anything between; with the last it ends."""
    *between, end = others
    if not host.startswith(begin):
        return False
    at = len(begin)
    for part in between:
        found = host.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return host.endswith(end) and len(host) - len(end) >= at
