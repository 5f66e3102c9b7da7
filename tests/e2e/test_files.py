"""Files: of one layer, of all layers as a container sees them; contents, and what hides what."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e.axe import findings
from tests.e2e.hosting import Hosting
from tests.e2e.pages import Sent, copy, expect_texts, until
from tests.e2e.portolan import Portolan


class Files:
    """A page of files."""

    def __init__(self, app: Portolan, hosting: Hosting, listener: str = "anonymous") -> None:
        self.app = app
        self.page = app.page
        self.host = hosting.netloc(listener)
        self.names = app.page.locator("[data-chunk] th .name a")
        self.pane = app.page.locator("#pane")
        self.count = app.page.locator("#count")
        self.progress = app.page.locator("#files-progress")
        self.download = self.progress.get_by_role("progressbar")

    def open(self, route: str, state: str = "shown") -> None:
        self.app.goto(f"{self.host}/{route}")
        view = "layer" if "/-/layer" in route else "files"
        self.page.locator(f'main[data-view="{view}"][data-state="{state}"]').wait_for()

    def listed(self, *names: str) -> None:
        """Wait until these are the entries, in this order."""
        expect_texts(self.names, lambda found: found == list(names))

    def line(self, name: str) -> Locator:
        return self.page.locator("[data-chunk] tr", has=self.page.get_by_role("link", name=name, exact=True))

    def follow(self, name: str) -> None:
        self.page.locator("[data-chunk]").get_by_role("link", name=name, exact=True).click()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("button", name=name, exact=True)

    def shown(self, name: str) -> Locator:
        """The region with the contents of a file."""
        return self.page.get_by_role("region", name=f"Content of {name}")


@pytest.fixture
def files(app: Portolan, hosting: Hosting) -> Files:
    return Files(app, hosting)


@pytest.fixture
def narrow(app: Portolan) -> Iterator[None]:
    app.page.set_viewport_size({"width": 320, "height": 720})
    yield
    app.page.set_viewport_size({"width": 1280, "height": 900})


def test_a_layer_of_a_manifest_leads_to_its_files_and_on_into_folders(files: Files, hosting: Hosting) -> None:
    files.app.open(f"{files.host}/sample/layers:whiteouts")
    files.page.get_by_role("link", name="Files of layer 1").click()
    files.page.locator('main[data-view="files"][data-state="shown"]').wait_for()
    files.listed("data/")
    files.follow("data/")
    files.listed("drowned/", "reborn/", "gone.txt", "kept.txt", "replaced.txt")
    expect(files.page.get_by_role("navigation", name="Folders")).to_have_text(re.compile("data$"))
    files.page.go_back()
    files.listed("data/")


def test_all_layers_are_shown_as_a_container_sees_them_with_what_was_deleted(files: Files) -> None:
    files.open("sample/layers:whiteouts/-/files/data")
    files.listed("drowned/", "reborn/", "gone.txt", "kept.txt", "replaced.txt")
    expect(files.line("gone.txt")).to_contain_text("deleted in layer 2")
    expect(files.line("replaced.txt")).to_contain_text("replaces layer 1")
    expect(files.line("drowned/")).to_contain_text("deleted in layer 2")
    files.page.get_by_role("checkbox", name="Show deleted").uncheck()
    files.listed("reborn/", "kept.txt", "replaced.txt")
    assert "deleted=no" in files.page.url


def test_an_opaque_folder_hides_what_lower_layers_have_in_it(files: Files) -> None:
    files.open("sample/layers:whiteouts/-/files/data/reborn")
    files.listed("new.txt", "old.txt")
    expect(files.line("old.txt")).to_contain_text("deleted in layer 3")


def test_one_layer_shows_what_it_did_to_those_below(files: Files) -> None:
    files.open("sample/layers:whiteouts/-/files/data")
    files.page.get_by_label("Show", exact=True).select_option("layer 2 only")
    files.listed("drowned", "gone.txt", "replaced.txt")
    expect(files.line("gone.txt")).to_contain_text("deletes it below")
    expect(files.line("replaced.txt")).to_contain_text("changed")
    expect(files.app.main).to_contain_text("Layer 2 adds 0, changes 1, deletes 2")


def test_a_text_has_numbered_lines_and_can_be_copied_and_downloaded(files: Files) -> None:
    files.open("sample/harbour:latest/-/files/etc/passwd")
    region = files.shown("passwd")
    expect(region.locator(".line").nth(1)).to_have_attribute("data-n", "2")
    expect(region).to_contain_text("sailor:x:1000")
    text = "root:x:0:0:root:/root:/bin/sh\nsailor:x:1000:1000::/home/sailor:/bin/sh\n"
    assert copy(files.app, files.page.get_by_role("button", name="Copy content of etc/passwd")) == text
    with files.page.expect_download() as waiting:
        files.button("Download").click()
    assert waiting.value.suggested_filename == "passwd"
    assert Path(waiting.value.path()).read_text() == text


def test_json_is_folded_and_can_be_seen_as_text_and_bytes(files: Files) -> None:
    files.open("sample/harbour:latest/-/files/srv/harbour/charts/adriatic.json")
    expect(files.pane.locator(".json summary").first).to_be_visible()
    forms = files.page.get_by_role("navigation", name="Shown as")
    forms.get_by_role("link", name="text").click()
    expect(files.shown("adriatic.json").locator(".line").first).to_have_text("{\n")
    forms.get_by_role("link", name="bytes").click()
    expect(files.shown("adriatic.json")).to_contain_text("00000000  7b")


def test_a_picture_is_shown_and_a_certificate_read(files: Files) -> None:
    files.open("sample/wharf:latest/-/files/usr/share/wharf/flag.png")
    picture = files.page.get_by_role("img", name="Content of flag.png")
    expect(picture).to_be_visible()
    assert picture.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 0
    files.open("sample/wharf:latest/-/files/etc/ssl/root.pem")
    expect(files.pane).to_contain_text("CN=Harbour Office Root")


def test_code_has_colours(files: Files) -> None:
    files.open("sample/wharf:latest/-/files/usr/share/wharf/notice.py")
    expect(files.shown("notice.py").locator(".tok-keyword").first).to_have_text("import")


@pytest.mark.parametrize("tag", ["estargz", "zstd-chunked"])
def test_a_table_of_contents_gives_the_tree_without_the_layer_until_it_is_verified(
    files: Files, hosting: Hosting, tag: str
) -> None:
    files.open(f"sample/streams:{tag}/-/files/srv")
    expect(files.line("soundings.bin")).to_be_visible()
    blobs = [one for one in hosting.requests("anonymous") if "/blobs/" in one["path"]]
    assert len([one for one in blobs if one["status"] == 200]) <= 1  # the config; of the layer only parts
    files.page.get_by_text("Where this comes from").click()
    table = files.page.get_by_role("table", name="Layers read")
    expect(table).to_contain_text("table of contents")
    expect(table).to_contain_text("not checked yet")
    files.button("Verify").click()
    expect(table.get_by_text("verified")).to_have_count(2)
    expect(files.line("soundings.bin")).to_be_visible()


def test_an_index_beside_the_image_gives_the_tree_and_its_files_without_the_layer(
    files: Files, hosting: Hosting
) -> None:
    files.open("sample/streams:soci/-/files/srv")
    expect(files.line("charts.bin")).to_be_visible()
    files.page.get_by_text("Where this comes from").click()
    table = files.page.get_by_role("table", name="Layers read")
    expect(table).to_contain_text("from its SOCI table of contents")
    expect(table).to_contain_text("not checked yet")
    with files.page.expect_request(re.compile("/blobs/")) as waiting:
        files.follow("soundings.bin")
    expect(files.shown("soundings.bin")).to_be_visible()
    assert re.fullmatch(r"bytes=[1-9]\d{6}-", waiting.value.headers["range"])
    layer = re.search("/blobs/.*", waiting.value.url)
    assert layer is not None
    asked = [one for one in hosting.requests("anonymous") if one["path"].endswith(layer[0])]
    assert len(asked) >= 2  # its footer, and the file; an answer that was broken off has no status
    assert all("range" in map(str.lower, one["headers"]) and one["status"] in (206, None) for one in asked)


def test_a_layer_kept_elsewhere_is_said_and_the_others_are_shown(files: Files) -> None:
    files.open("sample/nested:windows/-/files", "partial")
    expect(files.progress).to_contain_text("it is kept elsewhere: https://layers.example/")
    files.listed("Files/")


def test_a_program_shows_its_elf_header_and_bytes(files: Files) -> None:
    files.open("sample/harbour:latest/-/files/usr/bin/busybox")
    expect(files.pane).to_contain_text("amd64, 64 bits, little endian")
    files.page.get_by_role("link", name="bytes").click()
    expect(files.shown("busybox")).to_contain_text("7f 45 4c 46")
    files.page.get_by_role("link", name="Next").click()
    expect(files.shown("busybox")).to_contain_text("00001000  ")


def test_a_file_costs_one_request_and_its_other_forms_none(files: Files, hosting: Hosting) -> None:
    files.open("sample/harbour:latest/-/files/etc/motd")
    expect(files.shown("motd")).to_contain_text("Fair winds.")
    with Sent(files.app, hosting.origins["anonymous"]) as sent:
        files.page.get_by_role("link", name="bytes").click()
        expect(files.shown("motd")).to_contain_text("46 61 69 72")
        assert sent.requests == []
        files.app.goto(f"{files.host}/sample/harbour:latest/-/files/etc/hosts")
        expect(files.shown("hosts")).to_contain_text("localhost")
        assert len(sent.requests) == 1


def test_a_file_of_a_layer_without_compression_comes_by_one_range(files: Files, hosting: Hosting) -> None:
    files.open("sample/layers:plain/-/files/srv/plain")
    with files.page.expect_request(re.compile("/blobs/")) as waiting:
        files.follow("aegean.txt")
    expect(files.shown("aegean.txt")).to_be_visible()
    assert re.fullmatch(r"bytes=[1-9]\d*-", waiting.value.headers["range"])


def test_a_file_is_compared_with_its_copy_in_a_lower_layer(files: Files) -> None:
    files.open("sample/layers:whiteouts/-/files/data/replaced.txt")
    files.page.get_by_role("link", name="Compare with layer 1").click()
    region = files.page.get_by_role("region", name="Difference from layer 1")
    expect(region.locator(".gone")).to_have_text("- old\n")
    expect(region.locator(".new")).to_have_text("+ new\n")


def test_a_deleted_file_can_still_be_read_and_says_what_hides_it(files: Files) -> None:
    files.open("sample/layers:whiteouts/-/files/data")
    files.follow("gone.txt")
    expect(files.shown("gone.txt")).to_have_text("gone\n")
    expect(files.app.main).to_contain_text("deleted in layer 2: a container does not see it")


def test_links_are_followed_inside_the_root_and_loops_are_said(files: Files) -> None:
    files.open("sample/layers:links/-/files/usr/bin/absolute")
    files.pane.get_by_role("link", name="/usr/bin/original").click()
    expect(files.pane).to_contain_text("/usr/bin/original")
    files.open("sample/layers:links/-/files/usr/bin/loop")
    expect(files.pane).to_contain_text("following it never ends")
    files.open("sample/layers:links/-/files/usr/bin/dangling")
    expect(files.pane).to_contain_text("nothing is there in this image")
    files.open("sample/layers:links/-/files/dev/null")
    expect(files.app.main).to_contain_text("character device")
    expect(files.app.main).to_contain_text("1, 3")


def test_a_path_through_a_link_is_followed(files: Files) -> None:
    files.open("sample/harbour:latest/-/files/bin/busybox")
    expect(files.app.main).to_contain_text("By way of symbolic links this is /usr/bin/busybox")


def test_a_search_finds_in_all_layers_what_is_hidden_too(files: Files) -> None:
    files.open("sample/layers:whiteouts/-/files")
    field = files.page.get_by_role("searchbox", name="Find files by name or glob")
    field.fill("*.txt")
    field.press("Enter")
    expect(files.count).to_have_text("7 matches")
    expect(files.line("data/gone.txt")).to_contain_text("deleted in layer 2")
    assert "search=*.txt" in files.page.url.replace("%2A", "*")
    field.fill("nothing-like-it")
    field.press("Enter")
    expect(files.page.get_by_role("heading", name="Nothing matches")).to_be_visible()


def test_the_biggest_files_and_the_wasted_bytes_are_listed(files: Files) -> None:
    files.open("sample/layers:latest/-/files?show=biggest")
    expect(files.names.first).to_have_text("srv/gzip/soundings.bin")
    files.open("sample/layers:whiteouts/-/files?show=wasted")
    expect(files.app.main).to_contain_text("19 B of 32 B")
    expect(files.page.get_by_role("table", name="Wasted bytes").get_by_role("row")).to_have_count(5)


def test_a_list_is_sorted_by_its_heads_and_keeps_that_in_the_address(files: Files) -> None:
    files.open("sample/layers:gzip/-/files/srv/gzip")
    files.page.get_by_role("button", name="Size").click()
    expect(files.names.first).to_have_text("soundings.bin")
    assert "sort=size" in files.page.url
    files.page.get_by_role("button", name="Size").click()
    expect(files.names.last).to_have_text("soundings.bin")


def test_hostile_names_are_spelled_out_and_climb_nowhere(files: Files) -> None:
    files.open("sample/hostile:latest/-/files")
    names = expect_texts(files.names, lambda found: len(found) == 8)
    assert "invoice\\u202egnp.exe" in names
    assert "line\\u000abreak" in names
    assert "escape\\u001b[31mred" in names
    expect(files.line("invoice\\u202egnp.exe")).to_contain_text("reorders text")
    assert files.page.locator("main img, main script").count() == 0
    files.follow("etc/")
    expect(files.line("passwd")).to_contain_text("climbs by ..")
    files.follow("passwd")
    expect(files.shown("passwd")).to_have_text("climbed out\n")
    expect(files.app.main).to_contain_text("../../etc/passwd")


def test_markup_in_a_file_is_text_and_its_download_has_a_harmless_name(files: Files) -> None:
    files.open("sample/hostile:latest/-/files")
    files.follow('"><img src=x onerror=alert(1)>.html')
    expect(files.pane.locator(".source")).to_have_text("<script>alert(1)</script>")
    with files.page.expect_download() as waiting:
        files.button("Download").click()
    assert re.fullmatch(r"[^/\\:*?\"<>|]+", waiting.value.suggested_filename)


def test_a_layer_that_is_not_what_its_digest_says_is_shown_with_an_alarm(files: Files) -> None:
    files.open("sample/damaged:broken-layer/-/files")
    expect(files.app.main).to_have_attribute("data-problem", "bad-digest")
    expect(files.progress).to_contain_text("Its bytes are not what its digest says")
    expect(files.progress).to_contain_text("Do not trust these files")


def test_a_layer_that_is_not_there_is_said_to_be_missing(files: Files) -> None:
    files.open("sample/damaged:missing-layer/-/files", "failed")
    expect(files.app.main).to_have_attribute("data-problem", "not-found")


def test_what_was_checked_is_said_for_each_layer(files: Files) -> None:
    files.open("sample/layers:latest/-/files")
    files.page.get_by_text("3 layers, 3 verified").click()
    rows = files.page.get_by_role("table", name="Layers read").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("23 entries, read from the layer")
    expect(rows.nth(1).get_by_text("verified")).to_have_count(2)


def test_reading_is_cancelled_and_goes_on_with_the_tree_so_far(app: Portolan, hosting: Hosting) -> None:
    files = Files(app, hosting, "slow-blobs")
    files.open("sample/layers:gzip/-/files/srv/gzip", "partial")
    expect(files.download).to_be_visible()
    files.names.first.wait_for()
    files.button("Cancel").click()
    expect(files.page.get_by_role("heading", name="Reading was stopped")).to_be_visible()
    expect(files.count).to_have_text(re.compile("so far"))
    with files.page.expect_request(re.compile("/blobs/")) as waiting:
        files.button("Go on").click()
    assert re.fullmatch(r"bytes=[1-9]\d*-", waiting.value.headers["range"])
    files.page.locator('main[data-view="files"][data-state="shown"]').wait_for()
    expect(files.count).to_have_text("21 entries")
    files.page.get_by_text("Where this comes from").click()
    expect(files.page.get_by_role("table", name="Layers read").get_by_text("verified")).to_have_count(2)


def test_leaving_the_page_ends_the_download(app: Portolan, hosting: Hosting) -> None:
    files = Files(app, hosting, "slow-blobs")
    failed: list[str] = []
    app.page.on("requestfailed", lambda request: failed.append(request.url))
    files.open("sample/layers:gzip/-/files/srv/gzip", "partial")
    expect(files.download).to_be_visible()
    app.open(f"{hosting.netloc('no-catalog')}/sample/notes:latest/-/raw")
    until(app.page, lambda: any("/blobs/" in url for url in failed), lambda: failed)


def test_a_download_that_breaks_off_keeps_what_came(app: Portolan, hosting: Hosting) -> None:
    files = Files(app, hosting, "breaking")
    files.open("sample/layers:plain/-/files/srv/plain", "partial")
    expect(files.page.get_by_role("heading", name="The download of layer 1 broke off")).to_be_visible()
    before = len(expect_texts(files.names, lambda found: len(found) > 0))
    files.button("Go on").click()
    expect_texts(files.names, lambda found: len(found) > before)


def test_a_registry_that_ignores_ranges_is_read_from_what_was_put_aside(files: Files, hosting: Hosting) -> None:
    def whole(route: Route) -> None:
        headers = {name: text for name, text in route.request.headers.items() if name != "range"}
        route.fulfill(response=route.fetch(headers=headers))

    files.page.route(re.compile("/v2/sample/layers/blobs/"), whole)
    files.open("sample/layers:plain/-/files/srv/plain/aegean.txt")
    expect(files.shown("aegean.txt")).to_be_visible()
    files.open("sample/layers:latest/-/files/srv/gzip/aegean.txt")
    hosting.forget()
    expect(files.shown("aegean.txt")).to_be_visible()
    expect(files.pane).to_contain_text("what this browser put aside")


def test_one_layer_alone_has_a_page_of_its_own(files: Files) -> None:
    files.open("sample/layers:whiteouts/-/files")
    files.page.get_by_text("3 layers, 3 verified").click()
    files.page.get_by_role("table", name="Layers read").get_by_role("link").nth(1).click()
    files.page.locator('main[data-view="layer"][data-state="shown"]').wait_for()
    expect(files.app.heading).to_have_text(re.compile("^Layer sha256:"))
    files.follow("data/")
    files.listed("drowned", "gone.txt", "replaced.txt")


def test_an_artifact_without_layers_says_where_its_content_is(files: Files) -> None:
    files.open("sample/notes:latest/-/files")
    expect(files.app.main).to_contain_text("This is an artifact")


@pytest.mark.parametrize(
    "route",
    ["sample/hostile:latest/-/files", "sample/layers:links/-/files/usr/bin/twin", "sample/harbour:latest/-/files"],
)
def test_nothing_scrolls_sideways_on_a_narrow_screen(files: Files, narrow: None, route: str) -> None:
    files.open(route)
    assert files.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(
    "route",
    [
        "sample/layers:whiteouts/-/files/data",
        "sample/layers:whiteouts/-/files/data/replaced.txt",
        "sample/hostile:latest/-/files",
    ],
)
def test_axe_finds_nothing_serious(files: Files, route: str) -> None:
    files.open(route)
    assert findings(files.page) == []
    files.app.recover()


def test_private_files_are_shown_after_signing_in_and_gone_after_signing_out(app: Portolan, hosting: Hosting) -> None:
    files = Files(app, hosting, "basic")
    files.open("private/logbook:latest/-/files", "login")
    app.sign_in("sailor", "harbour")
    files.page.locator('main[data-view="files"][data-state="shown"]').wait_for()
    expect(files.names.first).to_be_visible()
    app.page.get_by_role("button", name="Sign out").first.click()
    files.page.locator('main[data-view="files"][data-state="login"]').wait_for()
    expect(files.names).to_have_count(0)
