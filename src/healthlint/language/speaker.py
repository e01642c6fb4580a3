"""Who is speaking, and of what: is a page an advertisement or an editorial text, and which class of product is it about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Sign(NamedTuple):
    """A sign of who speaks: counts `weight` for each place one of its phrases stands in, up to `most` places."""

    name: str
    weight: int
    most: int
    phrases: tuple[int, ...]


class Signs(NamedTuple):
    """What speaker.yaml says: the signs of either context, and for each product class its phrases."""

    needed: int
    commercial: tuple[Sign, ...]
    editorial: tuple[Sign, ...]
    products: tuple[tuple[str, tuple[int, ...]], ...]


class Speaker(NamedTuple):
    """What a page was taken for, and why."""

    context: str
    product: str
    reasons: tuple[str, ...]


def infer_context(
    signs: Signs, count: Callable[[Iterable[int]], int], shop_links: int, source_links: int
) -> tuple[str, str]:
    """Return "commercial" or "editorial", and why; `count` says in how many places any of some phrases stands."""
    selling = _weigh(signs.commercial, count)
    telling = _weigh(signs.editorial, count)
    if shop_links:
        selling.append((3 * min(shop_links, 2), "links to a shop or an affiliate network"))
    if source_links:
        telling.append((min(source_links, 3), "links to scholarly or public sources"))
    for_sale, for_reading = sum(weight for weight, _ in selling), sum(weight for weight, _ in telling)
    if for_reading >= signs.needed and for_reading > for_sale:
        return "editorial", f"editorial: {', '.join(name for _, name in sorted(telling, reverse=True)[:3])}"
    if not selling:
        return "commercial", "commercial: nothing says otherwise"
    return "commercial", f"commercial: {', '.join(name for _, name in sorted(selling, reverse=True)[:3])}"


def _weigh(signs: Iterable[Sign], count: Callable[[Iterable[int]], int]) -> list[tuple[int, str]]:
    return [(weight * min(places, most), name) for name, weight, most, phrases in signs if (places := count(phrases))]


def infer_product(signs: Signs, count: Callable[[Iterable[int]], int]) -> tuple[str, str]:
    """Return the product class with the most signs and why, or "" where there is none; of equals the first listed."""
    best, most = "", 0
    for product, phrases in signs.products:
        places = count(phrases)
        if places > most:
            best, most = product, places
    return (best, f"{best}: {most} {'word' if most == 1 else 'words'} of that class") if best else ("", "")
