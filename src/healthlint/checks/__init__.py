"""The ways to find, a file each.

A check is a module with KEYS (what its part of a rule's `find` may say), `compile(marked, builder)`, which turns that
part into plain data, and `find(data, page)`, which yields a Match for each place on a page; if it has `ready(data)`,
`find` is given what that returns. PHASE says when it runs: 0
on the page alone, 1 after those, when it asks for the findings of other rules, 2 after these; then `asks(data)` names
the rules ("category:…" for a whole category) that it asks.
"""
