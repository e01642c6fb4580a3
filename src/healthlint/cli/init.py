"""`healthlint init`: a config file with a comment for each key."""

from __future__ import annotations

import os

import click

from healthlint.cli._terminal import put
from healthlint.cli._whole_files import write_lines
from healthlint.config_file import NAMES
from healthlint.errors import UsageError

TEMPLATE = """\
# What healthlint holds against the texts below this folder. Every key may be left out; shown are the defaults.
# `healthlint config FILE` says what holds for a file, and who said so.

# Whose law counts: us (= us-ftc, us-fda, us-state), uk, eu, au, ca; platform and editorial on request;
# `default` is every country, `all` is everything.
# packs: [default]

# core: certain and serious. extended: more of both kinds. strict: for those who ask.
# tiers: [core, extended]

# What is sold: supplement, food, cosmetic, device, service, service:regulated, medicine, medicine:rx, medicine:otc,
# medicine:thr, medicine:homeopathic, therapeutic-good; `auto` infers it from each text.
# product: auto

# Who speaks: commercial, editorial (journalism, patient information), or `auto`.
# context: auto

# Single rules: off, info, warning or error. A rule named here is on whatever its tier.
# rules:
#   natural-implies-safe: info

# Rules, categories or packs: only these, or none of these.
# select: []
# ignore: []

# Leave out rules that are less sure: low, medium or high.
# min-confidence: low

# The mildest severity that makes `healthlint check` fail: error, warning, info or never.
# fail-on: error

# Folders with rules of your own, as seen from this file.
# rule-folders: [rules]

# Files to leave out, as .gitignore would have it, as seen from this file.
# exclude: ["drafts/", "*.draft.md"]

# The register of approved claims, as seen from this file.
# claims: claims.yaml

# The props of JSX components that readers of a page see.
# mdx-props: [title, alt, label, caption, description, heading, placeholder, aria-label]

# How many processes check files side by side: a number, or `auto` for as many as pay.
# jobs: auto

# Other settings for some files; of several that match, the last counts.
# overrides:
#   - paths: ["news/"]
#     context: editorial
"""


@click.command("init")
def command() -> None:
    """Write a config file, .healthlint.yaml, with comments.

    It says what each key means and what the defaults are, and changes nothing by itself.
    """
    there = next((name for name in NAMES if os.path.lexists(name)), None)
    if there is not None:
        raise UsageError(f"{there} is there already")
    write_lines(NAMES[0], TEMPLATE.removesuffix("\n").split("\n"))
    put([f"wrote {NAMES[0]}"])
