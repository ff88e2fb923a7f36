"""axe-core and html-validate, which `make .make/node` installs with npm."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from tests.browser.browsing import missing

NODE = Path(__file__).parent.parent.parent / ".make" / "node"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@cache
def axe() -> str:
    """The source of axe-core."""
    path = NODE / "node_modules" / "axe-core" / "axe.min.js"
    if not path.exists():
        missing("axe-core is not installed (make .make/node, which needs npm)")
    return path.read_text(encoding="utf-8")


def violations(page: Any) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA on the page as it now stands, one line each."""
    page.add_script_tag(content=axe())
    found = page.evaluate(
        """tags => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})""", WCAG
    )
    return [
        f"{page.url} {each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def invalid(folder: Path, pages: dict[str, str]) -> list[str]:
    """What is no valid HTML in these pages."""
    program, node = NODE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs", shutil.which("node")
    if not program.exists() or node is None:
        missing("html-validate is not installed (make .make/node, which needs npm)")
    for name, text in pages.items():
        (folder / f"{name.replace('/', '_').replace('?', '_')}.html").write_text(text, encoding="utf-8")
    config = folder / "rules.json"
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:standard"], "rules": RULES}))
    command = [
        str(node),
        str(program),
        "--config",
        str(config),
        "--formatter",
        "json",
        *map(str, folder.glob("*.html")),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return [
        f"{Path(each['filePath']).name}:{said['line']} {said['ruleId']}: {said['message']}"
        for each in json.loads(done.stdout)
        for said in each["messages"]
    ]


RULES = {
    "doctype-style": "off",
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "no-inline-style": "error",
    "attribute-boolean-style": "off",
    "long-title": "off",
}
"""The standard has no opinion on how these are written; of the rest nothing is taken back."""
