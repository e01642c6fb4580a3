"""Who is speaking, and of what: is a page an advertisement or editorial, and which class of product is it about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from healthlint.records import NamedTuple


class Sign(NamedTuple):
    """A sign of who speaks: counts `weight` for each place it stands in, up to `most` places.

    It stands where one of its phrases does, and where one of its `marks` (characters such as "!") does.
    """

    name: str
    weight: int
    most: int
    phrases: tuple[int, ...]
    marks: str = ""


class ClassSign(NamedTuple):
    """A sign of a product class: counts `weight` for each place one of its phrases stands in, thrice in the title."""

    weight: int
    most: int
    phrases: tuple[int, ...]


class Tones(NamedTuple):
    """How a page of either context sounds: counts where next to nothing sells.

    What is editorial must weigh `needed`, and `margin` more than what is commercial.
    """

    needed: int = 99
    margin: int = 0
    commercial: tuple[Sign, ...] = ()
    editorial: tuple[Sign, ...] = ()


class Signs(NamedTuple):
    """What speaker.yaml says: the signs and tones of either context, and the signs of each product class."""

    needed: int
    commercial: tuple[Sign, ...]
    editorial: tuple[Sign, ...]
    products: tuple[tuple[str, tuple[ClassSign, ...]], ...]
    tones: Tones = Tones()

    def phrases(self) -> Iterator[int]:
        """Yield every phrase that some sign looks for."""
        for sign in (*self.commercial, *self.editorial, *self.tones.commercial, *self.tones.editorial):
            yield from sign.phrases
        for _, signs in self.products:
            for class_sign in signs:
                yield from class_sign.phrases


class Speaker(NamedTuple):
    """What a page was taken for, and why."""

    context: str
    product: str
    reasons: tuple[str, ...]


_SHORTEST_PAGE = 800
"""Characters of a page on which it says something that nothing sells."""
_KINDS_OF_SELLING = 3
"""Signs of different kinds with which a page that links to a shop sells, whatever it reports."""
_SHORTEST_EXCERPT = 300
_LONGEST_EXCERPT = 2500
"""Characters in which a text shows how it sounds, and no more than that."""
_LITTLE = 2
"""What the signs of selling weigh at most where the tone decides."""
_LOUDER = 2
"""How much louder than what informs the tone of selling may be in such a text where the signs say that it informs."""
Count = Callable[[Iterable[int], int], int]
"""Says in how many places any of some phrases stands; more than so many need not be counted."""
Titled = Callable[[Iterable[int]], int]
"""Says in how many places of the page's title any of some phrases stands."""


def infer_context(signs: Signs, count: Count, text: str, shop_links: int, source_links: int) -> tuple[str, str]:
    """Return "commercial" or "editorial", and why; `text` is the page's prose."""
    selling = _weigh(signs.commercial, count, text)
    telling = _weigh(signs.editorial, count, text)
    if shop_links:
        selling.append((3 * min(shop_links, 2), "links to a shop or an affiliate network"))
    if source_links:
        telling.append((min(source_links, 3), "links to scholarly or public sources"))
    for_sale, for_reading = sum(weight for weight, _ in selling), sum(weight for weight, _ in telling)
    # A report with a way to buy in it is an advertisement in a report's clothes.
    sells = shop_links and len(selling) > _KINDS_OF_SELLING
    # Where nothing at all sells in an excerpt of some length, a little less says that it informs.
    silent = not selling and _SHORTEST_PAGE <= len(text) <= _LONGEST_EXCERPT
    informs = for_reading >= signs.needed - silent and for_reading > for_sale and not sells
    if not _SHORTEST_EXCERPT <= len(text) <= _LONGEST_EXCERPT:
        if informs:
            return "editorial", _because("editorial", telling)
    elif informs or (for_sale <= _LITTLE and not shop_links):
        margin = signs.tones.margin - (silent and bool(telling))
        telling += _weigh(signs.tones.editorial, count, text)
        said = sum(weight for weight, _ in telling)
        loud = for_sale + sum(weight for weight, _ in _weigh(signs.tones.commercial, count, text))
        if said >= (loud - _LOUDER if informs else max(signs.tones.needed, loud + margin)):
            return "editorial", _because("editorial", telling)
    if not selling:
        return "commercial", "commercial: nothing says otherwise"
    return "commercial", _because("commercial", selling)


def _because(context: str, signs: list[tuple[int, str]]) -> str:
    return f"{context}: {', '.join(name for _, name in sorted(signs, reverse=True)[:3])}"


def _weigh(signs: Iterable[Sign], count: Count, text: str) -> list[tuple[int, str]]:
    return [
        (sign.weight * min(places, sign.most), sign.name)
        for sign in signs
        if (places := count(sign.phrases, sign.most) + sum(map(text.count, sign.marks)))
    ]


def infer_product(signs: Signs, count: Count, titled: Titled) -> tuple[str, str]:
    """Return the product class with the most signs and why, or "" where there is none; of equals the first listed.

    `titled` counts places in the page's title alone.
    """
    best, most = "", 0
    for product, class_signs in signs.products:
        weight = sum(
            sign.weight * (min(count(sign.phrases, sign.most), sign.most) + 2 * titled(sign.phrases))
            for sign in class_signs
        )
        if weight > most:
            best, most = product, weight
    return (best, f"{best}: its words weigh {most}") if best else ("", "")
