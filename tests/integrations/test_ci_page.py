"""docs/ci.md shows what is shipped, and all of it."""

import re

import pytest

from .conftest import ROOT, read

PAGE = ROOT / "docs" / "ci.md"
TEXT = PAGE.read_text("utf-8")
BLOCK = re.compile(r"(?<=<!-- )(\S+)( -->\n```\w+\n)(.*?)(?=```$)", re.DOTALL | re.MULTILINE)
SHIPPED = {
    "Dockerfile",
    "templates/healthlint.yml",
    *(f"integrations/{path.name}" for path in (ROOT / "integrations").iterdir() if path.is_file()),
}


def test_every_block_is_the_file_that_is_shipped(accept) -> None:
    now = BLOCK.sub(lambda block: block[1] + block[2] + (ROOT / block[1]).read_text("utf-8"), TEXT)
    if accept:
        PAGE.write_text(now, "utf-8")
    assert accept or now == TEXT, "pytest tests/integrations/test_ci_page.py --accept writes it anew"


def test_every_file_has_its_block_and_its_row() -> None:
    assert {block[1] for block in BLOCK.finditer(TEXT)} == SHIPPED
    assert len(BLOCK.findall(TEXT)) == TEXT.count("\n```") / 2
    table = TEXT[TEXT.index("| where |") : TEXT.index("\n## ")]
    assert {name for name in SHIPPED if f"`{name}`" not in table} == set()


def test_the_rows_lead_to_the_headings() -> None:
    made = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^## (.+)", TEXT, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([\w-]+)\)", TEXT)) <= made


def test_the_inputs_are_those_of_the_action() -> None:
    inputs = read("action.yml")["inputs"]
    rows = re.findall(r"^\| `([\w-]+)` \|([^|]*)\|", TEXT, re.MULTILINE)
    assert [name for name, _ in rows] == list(inputs)
    for name, default in rows:
        if name != "version":
            assert default.strip(" `") == inputs[name]["default"]


@pytest.mark.parametrize(
    "name", sorted(SHIPPED | {"integrations/mega-linter-plugin-healthlint/healthlint.megalinter-descriptor.yml"})
)
def test_a_release_that_is_named_is_the_one_there_is(name) -> None:
    version = re.search(r'= "(.+)"', (ROOT / "src/healthlint/_version.py").read_text("utf-8"))[1]
    text = (ROOT / name).read_text("utf-8")
    named = re.findall(r"healthlint(?:==|@v?|/v|/blob/v)(\d[\d.]*\d)|(?:rev: v|known_good_version: )(\d[\d.]*\d)", text)
    assert {"".join(pair) for pair in named} <= {version}
