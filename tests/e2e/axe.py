"""What axe-core finds on a page, as text."""

from typing import Any

from playwright.sync_api import Page

from tools.paths import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RUN = """(rules) => axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: rules }) }).then(
  ({ violations }) => violations.map(({ id, impact, help, nodes }) => ({ id, impact, help,
    nodes: nodes.slice(0, 4).map(({ target, failureSummary }) => `${target}: ${failureSummary}`) })))"""
# All that differs between light and dark, of what is looked for: the elements are the same ones.
COLOURS = ["color-contrast", "link-in-text-block"]


def findings(page: Page) -> list[str]:
    """Serious and critical ones, at 1280 and 375 px, light and dark. The page is left narrow and dark."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    found = []
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            # Without motion, so that no colour is looked at on its way to another.
            page.emulate_media(color_scheme="light" if scheme == "light" else "dark", reduced_motion="reduce")
            told = page.evaluate(RUN, COLOURS if scheme == "dark" else None)
            found += [f"{width} {scheme}: {_told(one)}" for one in told if _grave(one)]
    return found


def _grave(finding: dict[str, Any]) -> bool:
    return finding["impact"] in ("serious", "critical")


def _told(finding: dict[str, Any]) -> str:
    nodes = "\n    ".join(finding["nodes"])
    return f"{finding['id']} ({finding['impact']}): {finding['help']}\n    {nodes}"
