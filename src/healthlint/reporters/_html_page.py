"""What is around a page of HTML: its head, with a policy that allows its own style and script alone, and its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthlint.reporters._html_parts import one_line


def asset(name: str) -> str:
    """Return a style sheet or script of this folder."""
    import pkgutil

    data = pkgutil.get_data("healthlint.reporters", name)
    assert data is not None, "the package is installed in whole"
    return data.decode("ascii").replace("\r\n", "\n")


def head(title: str, style: str, script: str = "", generator: str = "") -> Iterator[str]:
    """Yield all that goes before the body; nothing but `style` and `script` will be obeyed, nothing loaded."""
    policy = [f"default-src 'none'; style-src '{_hash(style)}'"]
    policy += [f"script-src '{_hash(script)}'"] if script else []
    policy += ["base-uri 'none'", "form-action 'none'"]
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    if generator:
        yield f'<meta name="generator" content="{generator}">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(policy)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="robots" content="noindex">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{one_line(title)}</title>"
    yield "<style>" + style + "</style>"
    yield "</head>"


def _hash(text: str) -> str:
    from base64 import b64encode
    from hashlib import sha256

    return "sha256-" + b64encode(sha256(text.encode("ascii")).digest()).decode()


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a list of names and values."""
    return "<dl>" + "".join(f"<div><dt>{key}</dt><dd>{one_line(value)}</dd></div>" for key, value in pairs) + "</dl>"
