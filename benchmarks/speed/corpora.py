"""Texts to measure on, made from templates with varied slots: the same bytes for the same seed, no word of anybody else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from templates import CLAIMS, NEAR, PLAIN, SLOTS

DENSITIES = {"low": 0.02, "medium": 0.14, "high": 0.48}
"""The share of sentences that claim something; what that comes to in findings per kB is measured and shown."""
_SLOT = re.compile(r"\{(\w+)\}")


def page(rng: random.Random, share: float, size: int) -> str:
    """Return a page of Markdown of at least `size` characters, of whose sentences a `share` are claims."""
    parts = [
        f"---\ntitle: {_filled(rng, '{name} and {herb}')}\nlang: en\n---\n\n# {_filled(rng, 'All about {herb}')}\n"
    ]
    length = len(parts[0])
    while length < size:
        block = rng.choices(_BLOCKS, _WEIGHTS)[0](rng, share)
        parts.append(block)
        length += len(block) + 1
    return "\n".join(parts)


def folder(target: Path, density: str, files: int, size: int, seed: int = 1) -> Path:
    """Write so many pages of about `size` characters into `target` and return it; nothing is written twice."""
    if not target.is_dir():
        rng = random.Random(f"{density} {files} {size} {seed}")
        made = target.with_name(f"{target.name}.new")
        made.mkdir(parents=True)
        for number in range(files):
            text = page(rng, DENSITIES[density], round(size * rng.uniform(0.5, 1.5)))
            (made / f"{number:05}.md").write_text(text, encoding="utf-8")
        made.rename(target)
    return target


def long_file(target: Path, density: str, size: int, seed: int = 1) -> Path:
    """Write one page of `size` bytes or a little more and return its path."""
    if not target.is_file():
        rng = random.Random(f"{density} {size} {seed}")
        target.parent.mkdir(parents=True, exist_ok=True)
        made = target.with_name(f"{target.name}.new")
        with made.open("w", encoding="utf-8") as file:
            written = 0
            while written < size:
                written += file.write(
                    page(rng, DENSITIES[density], min(20_000, size - written)).partition("---\n\n")[2] + "\n"
                )
        made.rename(target)
    return target


def _filled(rng: random.Random, template: str) -> str:
    def choose(slot: re.Match[str]) -> str:
        return str(rng.randint(2, 90)) if slot[1] == "n" else rng.choice(SLOTS[slot[1]])

    text = _SLOT.sub(choose, template)
    return text[0].upper() + text[1:]


def _sentence(rng: random.Random, share: float) -> str:
    if rng.random() < share:
        return _filled(rng, rng.choice(CLAIMS))
    return _filled(rng, rng.choice(NEAR if rng.random() < 0.25 else PLAIN))


def _paragraph(rng: random.Random, share: float) -> str:
    text = " ".join(_sentence(rng, share) for _ in range(rng.randint(2, 6)))
    # Wrapped as people do, with some emphasis and the odd curly quote.
    words = text.replace("'", "’" if rng.random() < 0.6 else "'").split()
    if rng.random() < 0.3:
        at = rng.randrange(len(words))
        words[at] = f"**{words[at]}**"
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 90:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".lstrip()
    return "\n".join([*lines, line, ""])


def _items(rng: random.Random, share: float) -> str:
    return "".join(f"- {_sentence(rng, share)}\n" for _ in range(rng.randint(3, 6)))


def _heading(rng: random.Random, share: float) -> str:  # noqa: ARG001
    return (
        f"## {_filled(rng, rng.choice(('What {herb} is', 'How we make it', 'Questions about {part}', 'For {who}')))}\n"
    )


def _quote(rng: random.Random, share: float) -> str:
    return f"> {_sentence(rng, share)} {_sentence(rng, share)}\n>\n> — {_filled(rng, '{name}')}\n"


def _table(rng: random.Random, share: float) -> str:
    rows = "".join(f"| {_filled(rng, '{herb}')} | {_sentence(rng, share)} |\n" for _ in range(3))
    return f"| What | About it |\n|---|---|\n{rows}"


def _link(rng: random.Random, share: float) -> str:
    words = _filled(rng, "[more about {herb}](https://example.com/{herb}) &amp; [its uses](/uses#n{n})")
    return f"{_sentence(rng, share)} See {words}.\n"


_BLOCKS: tuple[Callable[[random.Random, float], str], ...] = (_paragraph, _items, _heading, _quote, _table, _link)
_WEIGHTS = (10, 3, 3, 1, 1, 2)


def hostile(size: int) -> Iterator[tuple[str, str]]:
    """Yield names and texts, of `size` characters, that are meant to take more time than their length explains."""
    rng = random.Random(7)
    claim = "It cures diabetes with no side effects. "
    shapes = {
        "one-line": lambda: _repeated(lambda: _sentence(rng, 0.3) + " ", size),
        "one-sentence": lambda: _repeated(lambda: _filled(rng, "{herb} and {part} and ") + "cures ", size),
        "one-word": lambda: "cure" * (size // 4),
        "same-claim": lambda: claim * (size // len(claim)),
        "negations": lambda: "not " * (size // 8) + "cures " * (size // 12),
        "quotes": lambda: "“" * (size // 2) + claim + "”" * (size // 2),
        "open-quotes": lambda: ("'" + '"' + "it cures ") * (size // 11),
        "signed-quotes": lambda: "“My knees hurt. Now I walk.” – Ann B. " * (size // 38),
        "names": lambda: "".join(f"Ann{at}, 43, from York, was ill. She ran. " for at in range(size // 42)),
        "no-end-marks": lambda: "“my knees hurt and it cures gout " * (size // 33),
        "nested-lists": lambda: "\n".join("  " * min(at, 60) + "- " + claim for at in range(size // 160)),
        "emphasis": lambda: "*_" * (size // 2) + claim,
        "brackets": lambda: "[" * (size // 2) + claim + "](" * (size // 4),
        "html": lambda: "<div><b>" * (size // 8) + claim,
        "zero-width": lambda: claim.replace("e", "e\u200b") * (size // 46),
        "commas": lambda: "safe, " * (size // 6),
        "numbers": lambda: "90 % in 3 days, " * (size // 16),
        "suppressions": lambda: (
            "<!-- healthlint-disable-next-line no-side-effects -- a test -->\nIt has no side effects.\n\n" * (size // 89)
        ),
    }  # fmt: skip
    for name, text in shapes.items():
        yield name, text()


def _repeated(make: Callable[[], str], size: int) -> str:
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(make())
        length += len(parts[-1])
    return "".join(parts)
