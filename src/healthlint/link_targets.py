"""Where links lead: to whom they bring money, to a shop, to a source that can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.book import Networks
    from healthlint.document import Link

_SHOP_PATHS = (
    "/cart", "/checkout", "/shop", "/product", "/buy", "/order", "/basket", "/store", "/book-now", "/booking",
)  # fmt: skip


class LinkTargets:
    """Knows the networks that pay for links, and remembers what it found out about each url."""

    def __init__(self, networks: Networks) -> None:
        """Use what affiliate.yaml says."""
        self._networks = networks
        self._paid: dict[str, str] = {}

    def network(self, link: Link) -> str:
        """Return the network that pays whoever shows this link, "affiliate" where only its form tells, or ""."""
        known = self._paid.get(link.url)
        if known is None:
            known = self._paid[link.url] = self._network(link.url)
        return known

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

        host = split(link.url).host
        return any(host_fits(host, trusted) for trusted in self._networks.trusted)

    def is_shop(self, link: Link) -> bool:
        """Return whether a link leads to a shop, or to a network that pays for it."""
        return bool(self.network(link)) or any(path in link.url for path in _SHOP_PATHS)
