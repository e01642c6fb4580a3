"""Doublings: how the work of a check grows with its input. What is linear doubles; much more is a fault."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import corpora
from contenders import healthlint
from cost import costs


class Series(NamedTuple):
    """Inputs of growing size and what checking each cost."""

    name: str
    unit: str
    sizes: tuple[float, ...]
    cpu_s: tuple[float, ...]
    peak_mb: tuple[float, ...]
    failed: tuple[int, ...]
    """Exit statuses that are neither 0 nor 1."""

    def growth(self) -> list[float | None]:
        """Return by how much the time above that of a start grew, as a power of the size: 1 is linear."""
        from math import log

        base = self.cpu_s[0]
        powers: list[float | None] = []
        for at in range(2, len(self.sizes)):
            before, after = self.cpu_s[at - 1] - base, self.cpu_s[at] - base
            size_before, size_after = self.sizes[at - 1], self.sizes[at]
            powers.append(
                round(log(after / before) / log(size_after / size_before), 2) if before > 0.2 < after else None
            )
        return powers


def every(work: Path, environment: Mapping[str, str], *, large: bool, rounds: int) -> Iterator[Series]:
    """Yield the series; the first of each is an empty input, whose cost is that of a start."""
    most = 64 if large else 4
    series: tuple[tuple[str, str, Sequence[float], Callable[[float], str]], ...] = (
        ("length of one file", "MB", [2.0**power for power in range(-2, 7) if 2**power <= most], _length),
        ("findings in one file", "findings", [1_000, 3_000, 10_000], _findings),
        ("items of one list", "items", [25_000, 50_000, 100_000], _items),
        ("quotes, one in the other", "quotes", [1_250, 2_500, 5_000], _quotes),
        ("suppressions", "comments", [2_000, 4_000, 8_000], _suppressions),
    )
    for name, unit, sizes, make in series:
        yield _series(name, unit, sizes, make, work, environment, rounds)


def hostile(work: Path, environment: Mapping[str, str], *, size: int, rounds: int) -> Iterator[Series]:
    """Yield for each hostile shape the cost of nothing, of `size` characters and of twice and four times as many."""
    shapes = [dict(corpora.hostile(size * times)) for times in (1, 2, 4)]
    for name in shapes[0]:
        texts = {size * times / 1000: shape[name] for times, shape in zip((1, 2, 4), shapes, strict=True)}
        yield _series(name, "kB", list(texts), texts.__getitem__, work, environment, rounds)


def _series(
    name: str, unit: str, sizes: Sequence[float], make: Callable[[float], str], work: Path,
    environment: Mapping[str, str], rounds: int,
) -> Series:  # fmt: skip
    folder = work / "growth"
    folder.mkdir(exist_ok=True)
    paths = []
    for number, size in enumerate([0, *sizes]):
        path = folder / f"{name.replace(' ', '-').replace(',', '')}-{number}.md"
        path.write_text(make(size) if size else "\n", encoding="utf-8")
        paths.append(path)
    found = costs({str(path): (*healthlint(), path) for path in paths}, rounds, work, environment)
    each = [found[str(path)] for path in paths]
    return Series(
        name, unit, (0, *sizes), tuple(round(one.least_s, 3) for one in each),
        tuple(round(one.peak_mb) for one in each), tuple(one.status for one in each if one.status not in (0, 1)),
    )  # fmt: skip


def _length(mb: float) -> str:
    return corpora.page(random.Random(3), corpora.DENSITIES["medium"], round(mb * 1e6))


def _findings(count: float) -> str:
    rng = random.Random(5)
    return "\n".join(
        f"The {rng.choice(corpora.SLOTS['herb'])} has no side effects.\n\nThe {rng.choice(corpora.SLOTS['thing'])} is blue.\n"
        for _ in range(round(count))
    )


def _items(count: float) -> str:
    rng = random.Random(6)
    return "\n".join(
        f"- {rng.choice(corpora.SLOTS['herb'])} for {rng.choice(corpora.SLOTS['part'])}" for _ in range(round(count))
    )


def _quotes(count: float) -> str:
    return "> " * round(count) + "It has no side effects.\n"


def _suppressions(count: float) -> str:
    one = "<!-- healthlint-disable-next-line no-side-effects -- said in order to refute it -->\nIt has no side effects.\n\n"
    return one * round(count)


def rules(target: Path, count: int) -> Path:
    """Write a config with so many rules beside the shipped ones, all on, each of words that no page has, and return it."""
    folder = target / f"rules-{count}"
    config = target / f"rules-{count}.yaml"
    if not folder.is_dir():
        folder.mkdir(parents=True)
        rng = random.Random(count)
        for number in range(count):
            (folder / f"made-{number}.yaml").write_text(_rule(rng, number), encoding="utf-8")
    config.write_text(f"rule-folders: [{folder.name}]\n", encoding="utf-8")
    return config


def _rule(rng: random.Random, number: int) -> str:
    words = [_word(rng) for _ in range(8)]
    phrases = [
        f'"{words[0]} (the|a|your)? {words[1]}"', f'"{{cure_verb}} ... {words[2]}"',
        f'"({words[3]}|{words[4]}) ...4 {{condition}}"', f'"{words[5]} {words[6]} {words[7]}"',
    ]  # fmt: skip
    flags = "\n".join(f'    - "We say [[{words[0]} {words[1]}]] {when}."' for when in ("now", "today", "here"))
    return f"""\
id: made-{number}
title: "Made up for a measurement"
category: cure
severity: warning
confidence: high
tier: core
packs: [us-ftc, uk]
since: "0.1"
message: "“{{match}}” is made up"
instead: "Nothing"
rewrite: "Nothing."
why: >-
  It is made up.
law:
  uk: [{{cite: "None", url: "https://example.com", checked: "2026-01-01"}}]
find:
  phrases: [{", ".join(phrases)}]
examples:
  flag:
{flags}
  pass:
    - "Nothing is here."
    - "The kettle is blue."
    - "A jar on the shelf."
"""


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(pair) for pair in ("bdfgklmnprstvz", "aeiou", "bdfgklmnprstvz", "aeiou", "lmnrst")) + "x"
