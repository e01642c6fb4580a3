"""Write what is made from the rules and the loaders: docs/rules/, and the schemas of a rule file and of a register.

With `--check` nothing is written: the status is 1, and the files are named, where they are not what they should be.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from claims_schema import claims_schema  # noqa: E402
from rule_pages import pages  # noqa: E402
from rule_schema import rule_schema  # noqa: E402

from healthlint.rulebook import load_book  # noqa: E402

PAGES = ROOT / "docs" / "rules"
SCHEMAS = ROOT / "src" / "healthlint" / "schema"


def main() -> int:
    """Write the files, or check them."""
    wanted = {PAGES / name: text for name, text in pages(load_book(cache=False)).items()}
    for name, schema in (("rule", rule_schema()), ("claims", claims_schema())):
        wanted[SCHEMAS / f"{name}-1.schema.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    gone = [path for path in PAGES.glob("*.md") if path not in wanted]
    if sys.argv[1:] == ["--check"]:
        sys.stdout.writelines(f"{path.relative_to(ROOT)}: stale\n" for path in sorted(stale + gone))
        return 1 if stale or gone else 0
    PAGES.mkdir(parents=True, exist_ok=True)
    for path in gone:
        path.unlink()
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
    sys.stdout.write(f"{len(stale)} written, {len(gone)} removed, {len(wanted) - len(stale)} as they should be\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
