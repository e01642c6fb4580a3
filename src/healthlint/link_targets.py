"""Where links lead: to whom they bring money, to a shop, to a source that can be trusted."""

from __future__ import annotations

from collections.abc import Iterable

from healthlint.hints import TYPE_CHECKING
from healthlint.regexes import pattern

if TYPE_CHECKING:
    from healthlint.book import Networks
    from healthlint.document import Link

_SHOP_PATHS = (
    "/cart", "/checkout", "/shop", "/product", "/buy", "/order", "/basket", "/store", "/book-now", "/booking",
)  # fmt: skip
_PARTS = pattern(r"[A-Za-z0-9_-]+")


class LinkTargets:
    """Knows the networks that pay for links, and remembers what it found out about each url."""

    def __init__(self, networks: Networks) -> None:
        """Use what affiliate.yaml says."""
        self._networks = networks
        self._paid: dict[str, str] = {}
        self._telling: frozenset[str] = frozenset()
        """Of all that may pay or be trusted a part, in lower case; made when a link is first asked about."""

    def network(self, link: Link) -> str:
        """Return the network that pays whoever shows this link, "affiliate" where only its form tells, or ""."""
        known = self._paid.get(link.url)
        if known is None:
            known = self._paid[link.url] = self._network(link.url) if self._may_tell(link.url) else ""
        return known

    def _may_tell(self, url: str) -> bool:
        """Return whether a url can lead to a network or a source that is known: most need not be taken apart."""
        if "//" not in url:
            return False
        if "%" in url or not (url.isascii() and url.isprintable()):
            return True
        if not self._telling:
            self._telling = frozenset(_telling(self._networks))
        parts = ("", *_PARTS.findall(url.lower()))
        return not self._telling.isdisjoint(parts) or any(path in url for path in self._networks.paths)

    def _network(self, url: str) -> str:
        from healthlint.checks.links import host_fits, split

        networks = self._networks
        address = split(url)
        if not address.host or any(host_fits(address.host, host) for host in networks.never):
            return ""
        for name, hosts, params in networks.hosts:
            if any(host_fits(address.host, host) for host in hosts) and (
                not params or not address.params.isdisjoint(params)
            ):
                return name
        by_form = not address.params.isdisjoint(networks.params) or any(path in address.path for path in networks.paths)
        return "affiliate" if by_form else ""

    def is_trusted(self, link: Link) -> bool:
        """Return whether a link leads to a scholarly or public source."""
        from healthlint.checks.links import host_fits, split

        if not self._may_tell(link.url):
            return False
        host = split(link.url).host
        return any(host_fits(host, trusted) for trusted in self._networks.trusted)

    def is_shop(self, link: Link) -> bool:
        """Return whether a link leads to a shop, or to a network that pays for it."""
        return bool(self.network(link)) or any(path in link.url for path in _SHOP_PATHS)


def _telling(networks: Networks) -> Iterable[str]:
    """Yield a part of each host and each parameter that `networks` knows: a url that fits has it; "" where any may fit."""
    for host in (*(host for _, hosts, _ in networks.hosts for host in hosts), *networks.trusted):
        yield max((part for part in host.lower().split(".") if "*" not in part), key=len, default="")
    for param in networks.params:
        yield param if _PARTS.fullmatch(param) else ""
