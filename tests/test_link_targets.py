"""Where links lead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.book import Networks
from healthlint.checks.links import host_fits, split
from healthlint.document import Link
from healthlint.link_targets import LinkTargets
from healthlint.text import Span

NETWORKS = Networks(
    hosts=(
        ("pays", ("pays.example", "*.pays.example"), ()),
        ("any-country", ("store.*",), ("tag", "link-code")),
        ("numbered", ("n*.example",), ()),
    ),
    params=frozenset({"aff", "hop_id"}),
    paths=("/go/", "/aff_c"),
    never=("*.gov.example",),
    trusted=("journal.example", "*.gov.example"),
)


def link(url: str) -> Link:
    return Link(url, 0, 0, Span(0, 0), -1)


@pytest.mark.parametrize(
    ("url", "network", "trusted"),
    [
        pytest.param("https://pays.example/x", "pays", False, id="a network's host pays"),
        pytest.param("https://www.Pays.example", "pays", False, id="in capitals and behind www too"),
        pytest.param("https://a.pays.example:8080/", "pays", False, id="a host under it, with a port"),
        pytest.param("https://n12.example/", "numbered", False, id="a star within a part stands for what it may be"),
        pytest.param("https://store.co.uk/?tag=me", "any-country", False, id="a star at the end is any country"),
        pytest.param("https://store.co.uk/?tag=", "", False, id="a parameter without a value does not pay"),
        pytest.param("https://shop.example/a?AFF=7", "affiliate", False, id="a parameter pays in any case"),
        pytest.param("https://shop.example/a?%61ff=7", "affiliate", False, id="an escaped parameter pays"),
        pytest.param("https://shop.example/aff_click", "affiliate", False, id="a path may go on"),
        pytest.param("https://shop.example/%67o/7", "affiliate", False, id="an escaped path pays"),
        pytest.param("https://data.gov.example/?aff=7", "", True, id="a host that never pays is a source"),
        pytest.param("/go/away?aff=7", "", False, id="a link within the site pays nobody"),
        pytest.param("https://plain.example/about", "", False, id="a plain link is neither"),
        pytest.param("https://[broken/?aff=7", "", False, id="a url that is none has no host"),
    ],
)
def test_a_url_tells_where_it_leads(url: str, network: str, *, trusted: bool) -> None:
    targets = LinkTargets(NETWORKS)

    assert targets.network(link(url)) == network
    assert targets.is_trusted(link(url)) is trusted


_PIECES = st.sampled_from([
    "pays", "Store", "n1", "journal", "gov", ".example", ".", "www.", "/", "/go/", "/aff_c", "?", "&", "aff", "tag",
    "link-code", "hop_id", "=", "=1", "%61", "%2F", "@", ":80", "#", "\n", "\t", "\u00e9", "[", "\\", "x",
])  # fmt: skip


@given(st.lists(_PIECES, max_size=8).map(lambda pieces: "https://" + "".join(pieces)))
def test_no_url_is_passed_over_that_leads_somewhere(url: str) -> None:
    address = split(url)
    pays = any(
        host_fits(address.host, host) and (not params or not address.params.isdisjoint(params))
        for _, hosts, params in NETWORKS.hosts
        for host in hosts
    ) or not address.params.isdisjoint(NETWORKS.params)
    pays = pays or any(path in address.path for path in NETWORKS.paths)
    never = not address.host or any(host_fits(address.host, host) for host in NETWORKS.never)
    trusted = any(host_fits(address.host, host) for host in NETWORKS.trusted)
    targets = LinkTargets(NETWORKS)

    assert bool(targets.network(link(url))) == (pays and not never)
    assert targets.is_trusted(link(url)) is trusted
