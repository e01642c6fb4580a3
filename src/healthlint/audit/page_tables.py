"""The tables of an audit's page. Whatever comes from outside goes through `escaped`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from healthlint.approval import Approval
from healthlint.audit.approvals import ApprovalFacts
from healthlint.audit.fields import said
from healthlint.audit.files import FileFacts
from healthlint.audit.record import Audit, BaselineFacts, InForce
from healthlint.evidence import Evidence
from healthlint.reporters._html_parts import link, one_line, table
from healthlint.reporters._xml import escaped
from healthlint.reporters.text import counted, leading_citation
from healthlint.verdicts.uses import Use

_MOST_NAMED = 200
"""So many paths of a kind are named on the page; audit.json has all."""
_HALF = 32
_IDLE = {
    "unused": "silences nothing",
    "off": "is not on here",
    "unknown": "cannot be silenced so",
    "idle": "not in force",
}


def findings(audit: Audit) -> Iterator[str]:
    """Yield a table of what was found, with the first law for each."""
    rows = []
    for file in audit.report.files:
        for finding in file.findings:
            line, column = finding.source.position(finding.span.start)
            citation = leading_citation(finding.rule.law, file.packs)
            law = "" if citation is None else f"{link(citation.cite, citation.url)} ({escaped(citation.pack)})"
            rows.append((
                f"{_path(file.path)}:{line}:{column}", _state(finding.severity), one_line(finding.message),
                f'<a href="#rule-{escaped(finding.rule.id)}">{escaped(finding.rule.id)}</a>', law,
            ))  # fmt: skip
    yield from table(("Where", "Severity", "Finding", "Rule", "Law"), rows, "Findings")


def suppressions(uses: Iterable[tuple[str, Use]]) -> Iterator[str]:
    """Yield a table of the comments that silence rules."""
    rows = []
    for path, use in uses:
        place = f"{_path(path)}:{use.position.line}:{use.position.column}"
        named = "; ".join(f"{escaped(each.rule)} ({_silences(each.state, each.findings)})" for each in use.rules)
        rows.append((
            place, escaped(use.directive), named, one_line(use.reason) or "none given",
            escaped(use.until) or "no end", _state(use.state),
        ))  # fmt: skip
    yield from table(("Where", "Comment", "Rules", "Reason", "Until", "State"), rows, "Suppressions")


def _silences(state: str, findings: int) -> str:
    return _IDLE.get(state) or f"silences {counted(findings, 'finding')}"


def approvals(found: Iterable[ApprovalFacts]) -> Iterator[str]:
    """Yield a table of the approvals: their words, grounds, limits and days, and where the words stand."""
    rows = []
    for facts in found:
        approval = facts.approval
        words = f"&#8220;{one_line(approval.wording)}&#8221;" if approval.wording else _rule(approval.pattern)
        note = f"<br>{one_line(approval.note)}" if approval.note else ""
        grounds = "".join(f"<li>{_evidence(evidence)}</li>" for evidence in approval.evidence)
        places = "".join(
            f"<li>{_path(path)}:{use.line}:{use.column} ({escaped(use.verdict)})</li>" for path, use in facts.places
        )
        rows.append((
            f"{_rule(approval.id)} {words}{note}<br>{_path(facts.register)}:{facts.line}", f"<ul>{grounds}</ul>",
            one_line(_limits(approval)),
            f"{one_line(approval.approver)}, {escaped(approval.approved)} to {escaped(approval.expires)}",
            _state(facts.state), f"<ul>{places}</ul>" if places else "nowhere",
        ))  # fmt: skip
    yield from table(("Claim", "Evidence", "Holds for", "Approved by", "State", "Stands"), rows, "Approvals")


def _evidence(evidence: Evidence) -> str:
    says = f": {one_line(evidence.says)}" if evidence.says else ""
    address = {"doi": f"https://doi.org/{evidence.text}", "url": evidence.text}.get(evidence.kind, "")
    return f"{link(evidence.shown, address)}{says}"


def _limits(approval: Approval) -> str:
    """Return where an approval holds, in a line."""
    told = [f"markets {', '.join(approval.markets)}", f"rules {', '.join(approval.rules)}"]
    told += [f"products {', '.join(approval.products)}"] if approval.products else []
    told += [f"called {' or '.join(approval.product_names)}"] if approval.product_names else []
    told += [f"with {' or '.join(phrases)} in the {scope}" for scope, phrases in approval.qualifiers]
    return "; ".join(told)


def baseline(facts: BaselineFacts) -> Iterator[str]:
    """Yield what the baseline hid, and what of it is found no more."""
    yield f"<p><code>{one_line(facts.path)}</code> holds {counted(facts.entries, 'finding')}:"
    gone = sum(count for _, _, count in facts.stale)
    yield f"{facts.old} old, which it hid; {facts.new} new; {gone} found no more.</p>"
    if facts.stale:
        rows = [(_path(path), _rule(rule), str(count)) for path, rule, count in facts.stale]
        yield from table(("File", "Rule", "Found no more"), rows, "Found no more")


def files(audit: Audit) -> Iterator[str]:
    """Yield a table of the files that were to be checked."""
    known = {facts.report.path: (facts, number) for facts, number in audit.files}
    rows = []
    for file in audit.report.files:
        told = "; ".join(text for text in (file.error, *file.reasons, *file.notes) if text)
        count = f"{len(file.findings)} found, {len(file.suppressed)} silenced"
        if file.path in known:
            rows.append(_checked(*known[file.path], audit.tree.states.get(file.path, ""), count, told))
        elif any(register.path == file.path for register in audit.report.registers):
            rows.append((_path(file.path), escaped(file.status), count, "", "", "the register of approved claims", ""))
        else:
            rows.append((_path(file.path), escaped(file.status), "", "", "", one_line(told), ""))
    yield from table(("File, SHA-256", "Status", "Findings", "Read", "Taken for", "Why", "Settings"), rows, "Files")


def _checked(facts: FileFacts, number: int, git: str, count: str, told: str) -> tuple[str, ...]:
    """Return the cells for a file that was met; `git` is how it is to the commit, if that is known."""
    file = facts.report
    read = [counted(facts.size, "byte"), counted(facts.words, "word"), facts.reader] if facts.sha256 else []
    own = "; ".join(f"{each.key} by {each.origin}" for each in facts.said)
    return (
        _path(file.path) + _digest(facts.sha256),
        escaped(", ".join(filter(None, (file.status, git)))),
        count,
        escaped(", ".join(read)),
        one_line(", ".join(word for word in (file.product, file.context) if word)),
        one_line(told),
        f'<a href="#settings-{number}">{number}</a>' + (f" ({one_line(own)})" if own else ""),
    )


def left_out(found: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a table of what was not looked at, by reason."""
    rows = []
    for why, group in groupby(found, key=lambda each: each[1]):
        paths = [path for path, _ in group]
        named = "".join(f"<li>{_path(path)}</li>" for path in paths[:_MOST_NAMED])
        more = len(paths) - _MOST_NAMED
        named += f"<li>{more} more, all of them in audit.json</li>" if more > 0 else ""
        rows.append((one_line(why), str(len(paths)), f"<ul>{named}</ul>"))
    yield from table(("Why", "How many", "What"), rows, "Left out")


def settings(audit: Audit) -> Iterator[str]:
    """Yield for each group of files with the same settings what holds and who said so."""
    for each in audit.in_force:
        number = sum(number == each.number for _, number in audit.files)
        yield f'<section id="settings-{each.number}" tabindex="-1">'
        yield f"<h3>Settings {each.number}: {counted(number, 'file')}</h3>"
        yield f'<p class="meta">Config file: {one_line(each.config) or "none"}</p>'
        rows = [(key, one_line(_shown(value)), one_line(origin)) for key, value, origin in said(each.settings)]
        yield from table(("Key", "Value", "Said by"), rows, f"Settings {each.number}")
        yield from _off(each)
        yield "</section>"


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {level}" for key, level in value.items()) or "none"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def _off(in_force: InForce) -> Iterator[str]:
    """Yield which rules are off, by what decided so."""
    off = sorted((choice.why, rule) for rule, choice in in_force.choices.items() if not choice.on)
    on = len(in_force.choices) - len(off)
    yield f"<h4>{counted(on, 'rule')} on, {len(off)} off</h4>"
    rows = []
    for why, group in groupby(off, key=lambda each: each[0]):
        names = [rule for _, rule in group]
        rows.append((one_line(why), str(len(names)), ", ".join(map(_rule, names))))
    if rows:
        yield from table(("Why off", "How many", "Rules"), rows, "Rules that are off")


def rules(audit: Audit) -> Iterator[str]:
    """Yield the rules of each book, and how severe they are under each group of settings."""
    named: set[str] = set()
    for number, book in enumerate(audit.books, 1):
        groups = [each for each in audit.in_force if each.book == number]
        if len(audit.books) > 1:
            yield f"<h3>Rule book {number}</h3>"
        yield f'<p class="digest">{escaped(book.digest)}</p>'
        rows = []
        for rule_id, rule in sorted(book.by_id.items()):
            force = {each.number: choice.severity if (choice := each.choices[rule_id]).on else "off" for each in groups}
            levels = sorted(set(force.values()))
            severity = levels[0] if len(levels) == 1 else ", ".join(f"{key}: {level}" for key, level in force.items())
            law = "; ".join(f"{link(each.cite, each.url)} ({escaped(each.pack)})" for each in rule.law)
            anchor = "" if rule_id in named else f' id="rule-{escaped(rule_id)}" tabindex="-1"'
            named.add(rule_id)
            rows.append((f"<code{anchor}>{escaped(rule_id)}</code>", one_line(rule.title),
                         escaped(severity), escaped(rule.tier), escaped(rule.confidence), law))  # fmt: skip
        yield from table(("Rule", "What it marks", "In force", "Tier", "Confidence", "Law"), rows, "Rules")


def inputs(audit: Audit) -> Iterator[str]:
    """Yield a table of the files that the check went by."""
    rows = [
        (_path(each.path) + _digest(each.sha256), escaped(each.role), escaped(audit.tree.states.get(each.path, "")))
        for each in audit.inputs
    ]
    yield from table(("File, SHA-256", "What it is", "In git"), rows, "What else it went by")


def _path(path: str) -> str:
    """Return a path that may be broken behind its slashes."""
    return escaped(path).replace("/", "/<wbr>")


def _rule(rule_id: str) -> str:
    return f"<code>{escaped(rule_id)}</code>"


def _state(state: str) -> str:
    return f'<span class="state {escaped(state.replace(" ", "-"))}">{escaped(state)}</span>'


def _digest(digest: str) -> str:
    """Return a digest on a line of its own, with a place to break it."""
    return f'<br><span class="digest">{digest[:_HALF]}<wbr>{digest[_HALF:]}</span>' if digest else ""
