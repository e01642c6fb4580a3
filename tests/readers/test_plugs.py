"""Readers are found by their files, and loaded when they are asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from healthlint import plugs
from healthlint.errors import UsageError
from healthlint.readers import markdown, mdx, plain, reader_for, suffixes

PACKAGE = "healthlint.readers"


def test_names_are_those_of_the_files():
    assert plugs.names(PACKAGE) == ("markdown", "mdx", "plain")


def test_load_imports_one():
    assert plugs.load(PACKAGE, "plain") is plain


def test_an_unknown_name_lists_those_there_are():
    with pytest.raises(UsageError) as caught:
        plugs.load(PACKAGE, "markdwon")
    assert str(caught.value) == "no reader 'markdwon': choose markdown, mdx, plain; did you mean 'markdown'?"


@pytest.mark.parametrize(
    ("suffix", "reader"),
    [(".md", markdown), (".mkd", markdown), (".mdx", mdx), (".txt", plain), (".docx", None), ("", None)],
)
def test_a_suffix_has_its_reader(suffix, reader):
    assert reader_for(suffix) is reader


def test_suffixes_are_all_there_are():
    assert suffixes() == (".markdown", ".md", ".mdown", ".mdx", ".mkd", ".text", ".txt")


def test_a_reader_is_added_by_its_file_alone(tmp_path):
    """A folder beside the package's own, with one file in it, is all that a format needs."""
    (tmp_path / "lines.py").write_text(
        "from healthlint.document import Block, Document\n"
        "from healthlint.text import Prose\n"
        "SUFFIXES = ('.lines',)\n"
        "def read(source, options):\n"
        "    size = len(source.text)\n"
        "    return Document(source, Prose(source, [(0, size, None)]), (Block('paragraph', 0, size),))\n",
        "utf-8",
    )
    program = (
        "import sys, healthlint.readers as readers\n"
        "from healthlint.text import Source\n"
        "readers.__path__.append(sys.argv[1])\n"
        "reader = readers.reader_for('.lines')\n"
        "print(reader.read(Source('a.lines', 'Tea'), readers.ReadOptions()).prose.text, *readers.suffixes())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.split() == ["Tea", ".lines", *suffixes()]


def test_the_parser_is_not_loaded_before_it_is_needed():
    program = "import sys, healthlint.readers.markdown; print('pyromark' in sys.modules, 'yaml' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.split() == ["False", "False"]
