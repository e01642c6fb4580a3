"""Front matter: where it ends, what of it readers of the page see, and what it says about the page."""

from __future__ import annotations

import re

from healthlint.document import MetaValue
from healthlint.readers._page import Page
from healthlint.readers._scalars import Scalar, inner, pieces_of, text_of
from healthlint.text import Span

_OPENING = re.compile(r"(---|\+\+\+)[ \t]*(\r\n|\n|\r)")
_CLOSINGS = {
    "---": re.compile(r"(?:\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?=\r|\n|\Z)"),
    "+++": re.compile(r"(?:\r\n|\n|\r)\+\+\+[ \t]*(?=\r|\n|\Z)"),
}
_EMPTY_LINES = r"(?:[^\S\r\n]*+(?:#[^\r\n]*+)?(?:\r\n|\r|\n))*+[^\S\r\n]*+"
_LOOKS_LIKE = {
    "---": re.compile(_EMPTY_LINES + r"(?:['\"]?[\w$][\w$. /-]{0,80}['\"]?[ ]*:(?:\s|\Z)|[{\[?&]|- )"),
    "+++": re.compile(_EMPTY_LINES + r"(?:['\"]?[\w$][\w$. -]{0,80}['\"]?[ ]*=|\[)"),
}
_DIRECTIVE = re.compile(r"(?:^|(?<=[\s]))#[ \t]*(healthlint-[^\r\n]*)", re.MULTILINE)

_SEEN = frozenset({
    "abstract", "alt", "alttext", "answer", "bio", "blurb", "body", "button", "caption", "cons", "content",
    "cta", "desc", "description", "disclaimer", "excerpt", "heading", "headline", "imagealt", "intro",
    "introduction", "label", "lead", "lede", "message", "name", "note", "pros", "question", "quote", "slogan",
    "subtitle", "summary", "tagline", "teaser", "text", "title", "verdict",
})  # fmt: skip
"""Keys whose values readers see, whatever they look like."""
_UNSEEN = frozenset({
    "alias", "aliases", "audio", "avatar", "banner", "canonical", "canonicalurl", "class", "classes",
    "classname", "collection", "collections", "color", "colour", "comments", "cover", "created", "createdat",
    "css", "date", "dates", "doi", "draft", "email", "expirydate", "file", "files", "folder", "format", "guid",
    "hash", "height", "href", "icon", "id", "identifier", "ids", "image", "images", "img", "isbn", "js", "key",
    "keys", "keywords", "kind", "lang", "language", "lastmod", "layout", "link", "links", "locale", "locales",
    "logo", "markup", "math", "menu", "menus", "modified", "next", "order", "output", "outputs", "parent",
    "path", "paths", "permalink", "phone", "photo", "position", "prev", "pubdate", "publishdate", "published",
    "publishedat", "publisheddate", "rating", "redirect", "redirectfrom", "redirects", "redirectto", "robots",
    "script", "scripts", "section", "sidebar", "sidebarposition", "sitemap", "size", "sku", "slug", "src",
    "status", "style", "styles", "tel", "template", "templatekey", "theme", "thumb", "thumbnail", "timezone",
    "toc", "type", "uid", "updated", "updatedat", "url", "urls", "uuid", "version", "video", "visibility",
    "weight", "width",
})  # fmt: skip
"""Keys whose values they do not see."""
_LANGUAGES = frozenset({"lang", "language", "locale"})
_NO_COPY = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:|www\.|[./~#@])?[^\s]*[/\\_@#=&][^\s]*|[\w-]+\.[a-z0-9]{2,5}|[\d.,:%+-]+[a-z]{0,3}"
    r"|\d{4}-\d\d-\d\d.*|true|false|yes|no|on|off|null|~|[a-z0-9]+(?:-[a-z0-9]+)+|[0-9a-f]{8,}|",
)
"""Values, in lower case, that are addresses, paths, dates, numbers, switches or identifiers."""


def read_front_matter(page: Page, start: int) -> int:
    """Read the front matter that begins at `start` of a page, if it is one; return where its text begins."""
    text = page.source.text
    opening = _OPENING.match(text, start)
    if opening is None or not _LOOKS_LIKE[opening[1]].match(text, opening.end()):
        return _empty(text, start, opening)
    closing = _CLOSINGS[opening[1]].search(text, opening.start(2))
    if closing is None:
        page.notes.append((Span(start, start + 3), "the front matter is not closed: it is read as text"))
        return start
    end = max(closing.start(), opening.end())
    if opening[1] == "---":
        from healthlint.readers._yaml import read_yaml as read_scalars
    else:
        from healthlint.readers._toml import read_toml as read_scalars
    scalars, faults = read_scalars(text, opening.end(), end)
    page.notes += faults
    for scalar in scalars:
        _take(page, scalar)
    for found in _DIRECTIVE.finditer(text, opening.end(), end):
        page.comment(found[1], found.start(), found.end())
    return closing.end()


def _empty(text: str, start: int, opening: re.Match[str] | None) -> int:
    """Return where the text of a page begins that has no front matter, or an empty one."""
    if opening is not None:
        closing = _CLOSINGS[opening[1]].match(text, opening.start(2))
        if closing is not None:
            return closing.end()
    return start


def _take(page: Page, scalar: Scalar) -> None:
    """Keep a value, and read it if it is copy."""
    text = page.source.text
    value = text_of(scalar, text)
    page.meta.setdefault(scalar.key, MetaValue(value, Span(*inner(scalar))))
    if scalar.key.lower() in _LANGUAGES and page.language is None:
        page.language = value.lower() or None
    if is_copy(scalar.key, value):
        page.open("front_matter", scalar.start, 0, scalar.key)
        page.pieces += pieces_of(scalar, text)
        page.is_loose = page.is_loose or scalar.quote != ""
        page.close()


def is_copy(key: str, value: str) -> bool:
    """Return whether readers of a page see the value of a front matter key, which is dotted."""
    parts = [re.sub(r"[^a-z]", "", part.lower()) for part in key.split(".") if not part.isdigit()]
    if not any(character.isalpha() for character in value) or parts[:1] == ["healthlint"]:
        return False
    last = parts[-1] if parts else ""
    if last in _SEEN or any(last.endswith(seen) for seen in ("title", "description", "alt", "caption", "text")):
        return not (_is_address(value) and last != "title")
    if last in _UNSEEN or last.endswith(("url", "path", "date", "image", "id")):
        return False
    return not _NO_COPY.fullmatch(value.lower())


def _is_address(value: str) -> bool:
    return " " not in value and ("://" in value or value.startswith(("/", "./", "../", "#")))
