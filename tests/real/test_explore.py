"""Real registries in a real browser: opened, signed in to, and read."""

from playwright.sync_api import expect

from tests.real.explorer import Explorer
from tests.real.shore import CLASSIC, COPY, INDEX, PUBLIC, REPOSITORIES, Shore
from tests.servers.people import PILOT, Person

WRONG = Person(PILOT.name, "not this one")


def enter(explorer: Explorer, shore: Shore, reference: str = "") -> None:
    """Open it and get past whatever is asked first."""
    explorer.open(f"{shore.host}/{reference}" if reference else shore.host)
    explorer.enter(shore.harbour.person, approval=shore.harbour.mode == "token")


def test_an_image_that_skopeo_pushed_is_shown_with_its_digest_and_platforms(explorer: Explorer, shore: Shore) -> None:
    enter(explorer, shore, INDEX)
    explorer.awaits("manifest", "shown", f"{shore.host}/{INDEX}")
    expect(explorer.main).to_contain_text(shore.digests[INDEX])
    for platform in shore.image.platforms:
        expect(explorer.main).to_contain_text(platform)


def test_an_image_that_crane_pushed_is_the_one_that_skopeo_pushed(explorer: Explorer, shore: Shore) -> None:
    enter(explorer, shore, COPY)
    explorer.awaits("manifest", "shown", f"{shore.host}/{COPY}")
    expect(explorer.main).to_contain_text(shore.digests[INDEX])


def test_a_docker_schema_2_image_has_the_digest_that_crane_reports(explorer: Explorer, shore: Shore) -> None:
    enter(explorer, shore, CLASSIC)
    explorer.awaits("manifest", "shown", f"{shore.host}/{CLASSIC}")
    assert shore.crane.digest(CLASSIC) == shore.digests[CLASSIC]
    expect(explorer.main).to_contain_text(shore.digests[CLASSIC])


def test_an_image_is_opened_by_its_digest(explorer: Explorer, shore: Shore) -> None:
    by_digest = f"lab/harbour@{shore.digests[INDEX]}"
    enter(explorer, shore, by_digest)
    explorer.awaits("manifest", "shown", f"{shore.host}/{by_digest}")


def test_the_catalog_lists_what_was_pushed(explorer: Explorer, shore: Shore) -> None:
    enter(explorer, shore)
    explorer.awaits("registry", "shown", shore.host)
    for repository in REPOSITORIES:
        expect(explorer.links_to(f"{shore.host}/{repository}").first).to_be_visible()


def test_a_repository_lists_its_tags(explorer: Explorer, shore: Shore) -> None:
    repository = INDEX.partition(":")[0]
    enter(explorer, shore, repository)
    explorer.awaits("repository", "shown", f"{shore.host}/{repository}")
    expect(explorer.links_to(f"{shore.host}/{INDEX}").first).to_be_visible()


def test_a_tag_that_is_not_there_is_said_to_be_not_there(explorer: Explorer, shore: Shore) -> None:
    enter(explorer, shore, "lab/harbour:none")
    explorer.awaits("manifest", "failed", problem="not-found")


def test_a_reference_typed_on_the_landing_page_is_opened(explorer: Explorer, shore: Shore) -> None:
    explorer.type_reference(f"{shore.host}/{INDEX}")
    explorer.enter(shore.harbour.person, approval=shore.harbour.mode == "token")
    explorer.awaits("manifest", "shown", f"{shore.host}/{INDEX}")


def test_one_sign_in_is_enough_for_the_whole_registry(explorer: Explorer, guarded: Shore) -> None:
    enter(explorer, guarded, INDEX)
    explorer.awaits("manifest", "shown")
    explorer.open(guarded.host)
    explorer.awaits("registry", "shown", guarded.host)
    explorer.open(f"{guarded.host}/{CLASSIC}")
    explorer.awaits("manifest", "shown", f"{guarded.host}/{CLASSIC}")


def test_a_wrong_password_keeps_the_name_that_was_typed(explorer: Explorer, guarded: Shore) -> None:
    explorer.open(f"{guarded.host}/{INDEX}")
    explorer.enter(WRONG, approval=guarded.harbour.mode == "token")
    error = explorer.login.locator("[aria-invalid=true]")
    expect(error.first).to_be_visible()
    explorer.awaits("manifest", "login")
    expect(explorer.login.locator("input[name=username]")).to_have_value(WRONG.name)
    explorer.sign_in(PILOT)
    explorer.awaits("manifest", "shown", f"{guarded.host}/{INDEX}")


def test_signing_out_asks_again(explorer: Explorer, guarded: Shore) -> None:
    enter(explorer, guarded, INDEX)
    explorer.awaits("manifest", "shown")
    explorer.page.locator("[data-command=sign-out]").click()
    explorer.awaits("manifest", "login")
    expect(explorer.login).to_be_visible()


def test_credentials_go_to_another_origin_only_once_it_is_approved(explorer: Explorer, by_token: Shore) -> None:
    before = len(by_token.harbour.asked())
    explorer.open(f"{by_token.host}/{INDEX}")
    explorer.sign_in(PILOT)
    expect(explorer.approve).to_be_visible()
    explorer.awaits("manifest", "login")
    expect(explorer.main).to_contain_text(by_token.harbour.realm.removeprefix("http://"))
    assert not any(asked.with_credentials for asked in by_token.harbour.asked()[before:])
    explorer.approve.click()
    explorer.awaits("manifest", "shown")
    # The service notes who asks before it answers.
    assert any(asked.with_credentials for asked in by_token.harbour.asked()[before:])


def test_what_everybody_may_read_is_shown_without_a_sign_in(explorer: Explorer, by_token: Shore) -> None:
    explorer.open(f"{by_token.host}/{PUBLIC}")
    explorer.awaits("manifest", "shown", f"{by_token.host}/{PUBLIC}")
    expect(explorer.main).to_contain_text(by_token.digests[PUBLIC])


def test_a_registry_without_the_headers_is_said_to_be_unreachable(explorer: Explorer, shore: Shore) -> None:
    explorer.open(shore.harbour.upstream)
    explorer.awaits("registry", "failed", shore.harbour.upstream, problem="unreachable")
