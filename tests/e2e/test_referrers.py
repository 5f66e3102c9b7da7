"""What refers to a manifest: the tree, where each was found, what is in it, and what was checked of that."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.axe import findings
from tests.e2e.hosting import Hosting
from tests.e2e.pages import Held
from tests.e2e.portolan import Portolan

SIGNATURE = "application/vnd.dev.cosign.artifact.sig.v1+json"
SPDX = "application/spdx+json"


class Tree:
    """The page of what refers to a manifest."""

    def __init__(self, app: Portolan) -> None:
        self.page = app.page
        self.progress = app.page.locator(".pagehead [role=status]")
        self.nodes = app.page.locator("#tree ul.tree ul > li")
        self.cards = app.page.locator("#tree .card .card")

    def node(self, text: str) -> Locator:
        """The first line of the tree with that text."""
        return self.page.locator("#tree .tree-node").filter(has_text=text).first

    def open(self, text: str) -> Locator:
        """Open the first one with that text; what is in it then."""
        self.node(text).get_by_role("button", name=re.compile("^Open")).click()
        return self.cards.first


def tree_of(app: Portolan, hosting: Hosting, query: str = "", listener: str = "anonymous") -> Tree:
    app.open(f"{hosting.netloc(listener)}/sample/harbour:latest/-/referrers{query}")
    return Tree(app)


def test_the_tree_has_what_any_client_attached_and_says_where_it_was_found(app: Portolan, hosting: Hosting) -> None:
    tree = tree_of(app, hosting)
    expect(tree.progress).to_contain_text(re.compile(r"^Found: .*signature.*"))
    for place in ("referrers API", "cosign's tag .sig", "cosign's tag .att", "cosign's tag .sbom", "BuildKit's entry"):
        expect(tree.node(place)).to_be_visible()
    expect(tree.node("BuildKit's entry")).to_contain_text("about linux/amd64")
    # The signature of the SBOM stands below the SBOM.
    nested = tree.nodes.filter(has_text=SPDX).first.locator("ul > li")
    expect(nested.first).to_contain_text("signature")


def test_what_opens_a_line_stands_at_its_end_however_long_it_is(app: Portolan, hosting: Hosting) -> None:
    tree = tree_of(app, hosting)
    expect(tree.progress).to_contain_text("Found:")
    for width in (1280, 800):
        app.page.set_viewport_size({"width": width, "height": 900})
        lines = tree.nodes.locator("> .tree-node")
        whole = [one.bounding_box() for one in lines.all()]
        buttons = [one.get_by_role("button", name=re.compile("^Open")).bounding_box() for one in lines.all()]
        assert whole
        assert [one and one["y"] for one in buttons] == [one and one["y"] for one in whole]
        assert len({one and one["x"] + one["width"] for one in buttons}) == 1


def test_while_it_is_looked_for_the_sign_of_it_is_in_line_with_the_words(app: Portolan, hosting: Hosting) -> None:
    held = Held(app.page, "/referrers/")
    app.goto(f"{hosting.netloc('anonymous')}/sample/harbour:latest/-/referrers")
    words = app.page.locator(".pagehead span", has_text="Looking for signatures")
    words.wait_for()
    line, sign = words.bounding_box(), words.locator(".spin").bounding_box()
    held.let_go()
    assert line is not None
    assert sign is not None
    assert line["height"] < 2 * sign["height"]
    expect(Tree(app).progress).to_contain_text("Found:")


def test_a_signature_opened_says_what_was_checked_and_what_was_not(app: Portolan, hosting: Hosting) -> None:
    card = tree_of(app, hosting).open(SIGNATURE)
    for question in (
        "Is it about this manifest? yes",
        "Was it made by the key in the certificate beside it? yes",
        "Was that certificate valid when the log took it in? yes",
    ):
        expect(card).to_contain_text(question)
    for question in ("Does the certificate lead to a root that you know?", "Should this identity sign this image?"):
        expect(card.get_by_role("listitem").filter(has_text=question)).to_contain_text("not checked")
    expect(card).to_contain_text("ada@harbour.example")
    expect(card).to_contain_text("https://login.harbour.example")
    expect(card).to_contain_text(re.compile("Taken in ?21 Sep 2026, 07:15:00"))
    expect(card).not_to_contain_text(re.compile("trusted|verified", re.IGNORECASE))
    app.page.get_by_role("button", name=re.compile("^Close")).click()
    expect(card).to_have_count(0)


def test_an_attestation_opened_shows_who_built_it_from_what(app: Portolan, hosting: Hosting) -> None:
    card = tree_of(app, hosting).open("application/vnd.in-toto+json")
    expect(card.get_by_role("heading", name="in-toto statement")).to_be_visible()
    expect(card).to_contain_text("https://git.example/actions/runner")
    expect(card.get_by_role("table", name="What went in")).to_be_visible()
    expect(card.get_by_text("Predicate as JSON")).to_be_visible()


def test_the_packages_of_an_sbom_can_be_filtered(app: Portolan, hosting: Hosting) -> None:
    card = tree_of(app, hosting).open(SPDX)
    rows = card.locator("tbody tr")
    expect(rows.nth(1)).to_be_visible()
    before = rows.count()
    card.get_by_role("searchbox").fill("CORVETTE")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("pkg:apk/harbour/corvette@")
    assert before > 1


def test_one_type_alone_is_a_link_and_the_registry_is_asked_for_it(app: Portolan, hosting: Hosting) -> None:
    tree = tree_of(app, hosting)
    app.page.get_by_role("navigation", name="Artifact type").get_by_role("link", name=SPDX).click()
    expect(app.page).to_have_url(re.compile(r"/-/referrers\?type=application%2Fspdx%2Bjson$"))
    expect(tree.progress).to_have_text("Found: 1 sbom")
    expect(app.main).to_contain_text("OCI-Filters-Applied")
    asked = [one["path"] for one in hosting.requests("anonymous") if "artifactType=" in one["path"]]
    assert asked


def test_the_section_of_a_manifest_leads_to_the_tree(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest")
    app.page.locator("#referrers").get_by_role("link", name="look for signatures under tags too").click()
    expect(Tree(app).node("cosign's tag .sig")).to_be_visible()


def test_nothing_is_said_where_nothing_refers_to_it(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/wasm:latest/-/referrers")
    expect(app.main).to_contain_text("No signature, SBOM or other manifest refers to this one.")


@pytest.mark.parametrize("kind", [SIGNATURE, SPDX])
def test_the_page_is_accessible_and_fits_a_phone(app: Portolan, hosting: Hosting, kind: str) -> None:
    card = tree_of(app, hosting).open(kind)
    expect(card.get_by_role("heading", level=4).first).to_be_visible()
    assert findings(app.page) == []
    app.page.set_viewport_size({"width": 320, "height": 800})
    assert app.page.evaluate("document.documentElement.scrollWidth") <= 320
