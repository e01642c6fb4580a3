"""A rule about zorbs, which nobody sells, for tests that write rules of their own."""

HEAD = """\
id: zorb-claim
title: "Praise of zorbs"
category: miracle
severity: warning
confidence: high
tier: extended
packs: [us]
since: "0.1"
message: "“{match}” praises zorbs"
instead: "Say what a zorb is"
rewrite: "A zorb is round."
why: >-
  Nobody knows what a zorb is.
law:
  us-ftc: [{cite: "House rule 1", status: "house rule"}]
"""
"""All but what it finds and its examples."""
