"""A repository's page: 1,200 tags in the order of versions, their details where one looks."""

import re

from playwright.sync_api import expect

from tests.e2e.hosting import Hosting
from tests.e2e.pages import Held, PullMenu, Tags, asked, copy, expect_texts, home, rows_read
from tests.e2e.portolan import Portolan

CHUNK = 25


def opened(app: Portolan, hosting: Hosting, name: str = "sample/many-tags", query: str = "") -> Tags:
    app.open(f"{hosting.netloc('anonymous')}/{name}{query}")
    return Tags(app)


def manifests(hosting: Hosting) -> list[str]:
    """The tags whose manifests were asked for, in order."""
    paths = (one.partition("/manifests/")[2] for one in asked(hosting, part="/manifests/"))
    return [path for path in paths if not path.startswith("sha256:")]


def test_the_table_says_how_many_tags_there_are(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting)
    expect(tags.count).to_have_text("1,200 tags")
    expect(app.announced).to_have_text("sample/many-tags: 1,200 tags")
    expect(app.page).to_have_title("sample/many-tags · Portolan")


def test_tags_come_in_the_order_of_versions_highest_first(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting)
    names = tags.names()
    assert names[:4] == ["latest", "10.0.0", "9.9.9", "9.9.8"]
    assert names.index("9.0.0") == names.index("8.9.9") - 1
    expect(tags.header).to_have_attribute("aria-sort", "descending")


def test_the_order_turns_at_the_head_of_the_column(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting, "sample/harbour")
    highest_first = tags.names()
    versions = [name for name in highest_first if name[0].isdigit()]
    assert versions == ["2.0.0", "2.0.0-rc.1", "1.1.0", "1.1", "1.0.0", "1.0"]
    tags.header.get_by_role("button").click()
    expect(tags.header).to_have_attribute("aria-sort", "ascending")
    expect(app.page).to_have_url(re.compile(r"\?sort=version$"))
    expect(tags.links).to_have_text(highest_first[::-1])
    tags.header.get_by_role("button").click()
    expect(tags.header).to_have_attribute("aria-sort", "descending")
    expect(tags.links).to_have_text(highest_first)


def test_tags_can_be_ordered_by_name_both_ways(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting)
    tags.sort.select_option("name")
    expect(app.rows().first).to_contain_text("0.0.1")
    expect_texts(tags.links, lambda names: names == sorted(names))
    tags.sort.select_option("-name")
    expect(app.rows().first).to_contain_text("nightly-2026-09-15")
    expect(app.page).to_have_url(re.compile(r"\?sort=-name$"))


def test_an_address_with_an_order_opens_the_table_so_ordered(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting, query="?sort=name")
    expect(tags.sort).to_have_value("name")
    expect(app.rows().first).to_contain_text("0.0.1")


def test_a_filter_narrows_the_tags_and_writes_the_address(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting)
    length = app.page.evaluate("history.length")
    tags.filter.press_sequentially("nightly")
    expect(tags.count).to_have_text("199 of 1,200 tags")
    expect(app.page).to_have_url(re.compile(r"\?filter=nightly$"))
    assert app.page.evaluate("history.length") == length
    expect_texts(tags.links, lambda names: all(name.startswith("nightly-") for name in names))


def test_tags_are_found_by_the_digest_of_their_row(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting, "sample/harbour")
    link = tags.row("2.0.0").locator(".digest a")
    digest = link.get_attribute("title") or ""
    expect(tags.read()).to_have_count(app.rows().count())
    app.filter(digest[:20])
    expect(tags.links).to_have_text(["latest", "2.0.0"])


def test_a_filter_that_no_tag_matches_says_so(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting)
    app.filter("no-such-tag")
    expect(app.main.get_by_role("heading", name="No tag matches “no-such-tag”")).to_be_visible()


def test_the_rows_in_view_are_filled_in_and_no_others(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting)
    names = tags.names()
    rows_read(app, CHUNK)
    expect(tags.unread()).to_have_count(len(names) - CHUNK)
    assert sorted(manifests(hosting)) == sorted(names[:CHUNK])


def test_rows_are_filled_in_as_they_come_into_view(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting)
    expect(tags.read()).to_have_count(CHUNK)
    hosting.forget()
    names = tags.names()
    tags.row(names[110]).scroll_into_view_if_needed()
    expect(tags.row(names[110]).locator(".digest")).to_be_visible()
    later = {names.index(name) // CHUNK for name in manifests(hosting)}
    assert later <= {3, 4, 5}


def test_rows_out_of_view_are_not_read_however_far_another_list_was_scrolled(app: Portolan, hosting: Hosting) -> None:
    app.open(hosting.netloc("anonymous"))
    for _ in range(3):
        shown = app.rows().count()
        app.rows().nth(shown - 1).scroll_into_view_if_needed()
        expect(app.rows()).not_to_have_count(shown)
    hosting.forget()
    tags = opened(app, hosting)
    expect(tags.row("latest").locator(".digest")).to_be_visible()
    expect(tags.read()).to_have_count(CHUNK)
    assert sorted(manifests(hosting)) == sorted(tags.names()[:CHUNK])


def test_rows_out_of_view_are_not_read_after_filtering(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting)
    while app.rows().count() < 400:
        shown = app.rows().count()
        tags.scroll_to_end()
        expect(app.rows()).not_to_have_count(shown)
    app.page.locator("#rows-14").evaluate("(chunk) => chunk.scrollIntoView({ block: 'start' })")
    # The viewport shows all of that chunk and the beginning of the next.
    for number in (14, 15):
        expect(app.page.locator(f"#rows-{number} .digest")).to_have_count(CHUNK)
        expect(app.page.locator(f"#rows-{number} .skeleton")).to_have_count(0)
    hosting.forget()
    # It leaves several hundred tags, but not as many as were shown.
    app.filter("1")
    expect(app.rows()).to_have_count(200)
    expect(tags.read().nth(CHUNK - 1)).to_be_attached()
    assert set(manifests(hosting)) <= set(tags.names()[: 2 * CHUNK])


def test_rows_that_were_given_up_are_filled_in_when_one_comes_back(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    held = Held(app.page, r"/manifests/")
    try:
        tags = opened(app, hosting)
        held.wait_for(held.asked, 4)
        app.open(f"{host}/sample/no-such", "failed")
        held.wait_for(held.aborted, 4)
    finally:
        held.stop()
    app.page.go_back()
    app.arrive(f"{host}/sample/many-tags")
    expect(tags.read()).to_have_count(CHUNK)


def test_a_row_says_digest_kind_platforms_size_and_date(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting, "sample/harbour")
    row = tags.row("1.1")
    expect(row.locator("time")).to_have_text("16 Mar 2026")
    expect(row.locator(".badge")).to_have_text("index")
    expect(row.locator(".num")).to_have_text(re.compile(r"\d+\.\d kB"))
    expect(row).to_contain_text("amd64, arm64/v8, +1")
    link = row.locator(".digest a")
    link.click()
    expect(app.page).to_have_url(re.compile(r"/sample/harbour@sha256:[0-9a-f]{64}$"))


def test_old_ways_to_keep_signatures_and_sboms_are_known_by_their_rows(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/harbour", "?filter=sha256-")
    badges = app.rows().locator(".badge")
    expect_texts(badges, lambda kinds: sorted(kinds) == ["attestation", "sbom", "signature", "signature"])


def test_no_more_than_a_few_rows_are_read_at_once_and_those_that_leave_are_given_up(
    app: Portolan, hosting: Hosting
) -> None:
    held = Held(app.page, r"/manifests/")
    try:
        tags = opened(app, hosting)
        held.wait_for(held.asked, 4)
        names = tags.names()
        assert {url.rpartition("/")[2] for url in held.asked} == set(names[:4])
        tags.row(names[-1]).scroll_into_view_if_needed()
        held.wait_for(held.aborted, 4)
        held.wait_for(held.asked, 8)
        assert {url.rpartition("/")[2] for url in held.aborted} == set(names[:4])
        assert all(names.index(url.rpartition("/")[2]) > 4 * CHUNK for url in held.asked[4:])
    finally:
        held.stop()
        home(app)


def test_a_thousand_tags_arrive_in_one_page_and_the_others_by_its_link(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting)
    first, second = asked(hosting, part="/tags/list")  # both are answered, or the page would be partial
    assert first == "GET /v2/sample/many-tags/tags/list?n=1000"
    assert "last=" in second


def test_every_tag_can_be_reached_by_scrolling(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting)
    shown = app.rows().count()
    while shown < 1200:
        tags.scroll_to_end()
        expect(app.rows()).not_to_have_count(shown)
        shown = app.rows().count()
    assert len(set(tags.names())) == 1200


def test_a_tag_opens_by_its_link(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting, "sample/chart")
    tags.row("1.0.0_tide.5").get_by_role("link", name="1.0.0_tide.5").click()
    app.arrive(f"{hosting.netloc('anonymous')}/sample/chart:1.0.0_tide.5")


def test_the_reference_of_a_row_can_be_copied(app: Portolan, hosting: Hosting) -> None:
    tags = opened(app, hosting, "sample/chart")
    button = tags.row("0.4.0").get_by_role("button", name="Copy reference")
    assert copy(app, button) == f"{hosting.netloc('anonymous')}/sample/chart:0.4.0"


def test_the_name_of_the_repository_can_be_copied(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/chart")
    assert copy(app, app.heading.get_by_role("button")) == f"{hosting.netloc('anonymous')}/sample/chart"


def test_the_pull_menu_has_a_command_for_each_client(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/base")
    menu = PullMenu(app)
    menu.open()
    clients = ["docker", "podman", "crane", "oras", "regctl", "skopeo"]
    expect(menu.clients).to_have_text(clients)
    for client in clients:
        expect(menu.line(client)).to_contain_text(f"{hosting.netloc('anonymous')}/sample/base:latest")


def test_a_repository_without_a_name_in_the_registry_is_said_to_be_missing(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/no-such", "failed")
    expect(app.main).to_have_attribute("data-problem", "not-found")
    expect(app.main.get_by_role("heading", name="No repository sample/no-such here")).to_be_visible()
    app.main.get_by_role("link", name="The registry").click()
    app.arrive(hosting.netloc("anonymous"))


def test_the_longest_names_do_not_scroll_the_page_sideways(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}?filter=limits")
    app.page.set_viewport_size({"width": 320, "height": 700})
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert app.page.evaluate(wide) == 0
    app.rows().get_by_role("link", name="zzz").click()
    expect(Tags(app).count).to_have_text("5 tags")
    app.rows().first.scroll_into_view_if_needed()  # which is when they are read
    expect(app.main.locator(".skeleton")).to_have_count(0)
    for width in (320, 375):
        app.page.set_viewport_size({"width": width, "height": 700})
        assert app.page.evaluate(wide) == 0
