import pytest

from app.client.errors import BadDigest, Unreachable
from app.oci import media_type as types
from app.oci.index import Index
from app.state.model import Child, ManifestPage
from app.view import screen
from tests.unit.view.states import (
    CHART,
    CONFIG,
    IMAGE,
    INDEX,
    MANIFEST,
    PROMPT,
    REPOSITORY,
    URL,
    at,
    children,
    digest,
    failed,
    fetched,
    image_json,
    image_page,
    index_page,
    keys,
    manifest_page,
    shown,
)

UNKNOWN = fetched({"hello": 1}, "application/json")


def test_an_index_shows_its_platforms_and_the_image_of_one() -> None:
    page = shown(at(MANIFEST, index_page()))
    assert [section["id"] for section in page.all("section")] == [
        "platforms",
        "image",
        "layers",
        "config",
        "origin",
        "referrers",
    ]
    assert page.by_id("image-title").words == "Image linux/amd64"


def test_an_image_shows_its_layers_and_config() -> None:
    page = shown(at(MANIFEST, image_page()))
    assert page.by_id("layers-title").words == "Layers and history"
    assert page.by_id("config-title").words == "Config"


def test_an_artifact_shows_its_content() -> None:
    page = shown(at(MANIFEST, manifest_page(CHART)))
    assert page.one("p.facts").one("span.badge").words == "helm chart"
    assert page.by_id("files").one("a.tag").words == "tide-gauge-2.4.1.tgz"


def test_a_document_of_no_known_kind_leads_to_its_json() -> None:
    page = shown(at(MANIFEST, manifest_page(UNKNOWN)))
    assert page.one("div.notice--plain").one("a", href=f"{MANIFEST}/-/raw").words == "Show the JSON"


@pytest.mark.parametrize(
    ("hash_", "stated", "said"),
    [
        (MANIFEST, True, "verified"),
        (MANIFEST, False, "computed from the bytes"),
        (f"{REPOSITORY}@{IMAGE.digest}", False, "verified"),
    ],
)
def test_verified_is_said_only_where_there_was_a_digest_to_check(hash_: str, stated: bool, said: str) -> None:
    image = IMAGE if stated else IMAGE._replace(stated=None)
    page = shown(at(hash_, image_page(fetched=image)))
    assert page.one("span.verified").words == said


def test_a_mismatch_is_an_alarm_and_nothing_is_shown_as_good() -> None:
    error = BadDigest("GET", URL, digest("expected"), digest("received"), 99)
    page = shown(at(MANIFEST, manifest_page(None), failure=failed(error)))
    alarm = page.one("div.notice--alarm")
    assert alarm["role"] == "alert"
    assert str(digest("expected")) in alarm.text
    assert str(digest("received")) in alarm.text
    assert page.all("span.verified") == []
    assert page.all("table") == []
    assert page.all("span.skeleton") == []


def test_a_tag_has_a_permanent_link_at_the_key_y() -> None:
    page = shown(at(MANIFEST, image_page()))
    link = next(node for node in page.all("a") if node.attributes.get("data-key") == "y")
    assert link["href"] == f"{REPOSITORY}@{IMAGE.digest}"


def test_a_permanent_link_keeps_the_platform() -> None:
    page = shown(at(f"{MANIFEST}?platform=linux/arm64/v8", index_page()))
    link = next(node for node in page.all("a") if node.attributes.get("data-key") == "y")
    assert link["href"].startswith(f"{REPOSITORY}@{INDEX.digest}?platform=linux")


def test_a_manifest_by_digest_is_permanent_already() -> None:
    page = shown(at(f"{REPOSITORY}@{IMAGE.digest}", image_page()))
    assert not [node for node in page if node.attributes.get("data-key") == "y"]


def test_the_reference_can_be_copied_whole() -> None:
    page = shown(at(f"{REPOSITORY}@{IMAGE.digest}", image_page()))
    reference = f"registry.example.net/harbour/tide-gauge@{IMAGE.digest}"
    assert page.one("h1").one("button.copy")["data-copy"] == reference


def test_while_the_manifest_is_awaited_there_is_a_frame() -> None:
    page = shown(at(MANIFEST, manifest_page(None), loading=True))
    assert page.one("h1").words == "harbour/tide-gauge:2.4.1"
    assert page.all("span.skeleton")


def test_a_question_leaves_no_frame_that_seems_to_load() -> None:
    page = shown(at(MANIFEST, manifest_page(None), login=PROMPT))
    assert page.all("span.skeleton") == []
    assert page.one("form", data_form="login")


def test_data_stays_below_a_failure() -> None:
    page = shown(at(MANIFEST, image_page(), failure=failed(Unreachable("GET", URL, "network"))))
    order = [node.tag for node in page if node.tag == "table" or "notice" in node.classes]
    assert order == ["div", "table"]


def test_an_index_whose_chosen_platform_failed_says_so() -> None:
    error = failed(Unreachable("GET", URL, "network"))
    page = shown(at(MANIFEST, index_page(image=None, config=None, config_failure=error, children=children())))
    assert page.one("div.notice").one("h3").words == "No answer from registry.example.net"


def test_a_subject_is_said() -> None:
    subject = {"mediaType": types.OCI_MANIFEST, "digest": str(digest("subject")), "size": 5}
    found = fetched(image_json(subject=subject), types.OCI_MANIFEST)
    assert (
        f"refers to sha256:{digest('subject').short}" in shown(at(MANIFEST, manifest_page(found))).one("p.facts").words
    )


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (index_page(), "harbour/tide-gauge:2.4.1: index of 3 manifests"),
        (image_page(), "harbour/tide-gauge:2.4.1: image, 2 layers"),
        (manifest_page(CHART), "harbour/tide-gauge:2.4.1: helm chart, 1 layer"),
        (manifest_page(UNKNOWN), "harbour/tide-gauge:2.4.1: artifact, of an unknown type"),
    ],
)
def test_what_loaded_is_announced(page: object, said: str) -> None:
    assert screen.render(at(MANIFEST, page)).announce == said  # type: ignore[arg-type]


def test_the_key_changes_with_what_was_read() -> None:
    before = keys(at(MANIFEST, index_page(children=children())))["main"]
    assert keys(at(MANIFEST, index_page(children=children(IMAGE))))["main"] != before
    assert keys(at(MANIFEST, index_page(children=children())))["main"] == before


def test_the_title_has_a_digest_in_short() -> None:
    title = screen.render(at(f"{REPOSITORY}@{IMAGE.digest}", image_page())).title
    assert title == f"harbour/tide-gauge@sha256:{IMAGE.digest.short} · Portolan"


def sections(query: str, page: ManifestPage) -> list[str]:
    return [section["id"] for section in shown(at(f"{MANIFEST}?{query}", page)).all("section")]


def test_a_part_is_shown_alone() -> None:
    assert sections("part=layers", image_page()) == ["layers", "dockerfile"]
    assert sections("part=config", image_page()) == ["config", "origin", "dockerfile"]
    assert "dockerfile" not in sections("part=other", image_page())


def test_the_part_of_an_index_is_that_of_a_platform_which_can_be_chosen() -> None:
    page = shown(at(f"{MANIFEST}?part=layers", index_page()))
    assert [section["id"] for section in page.all("section")] == ["image", "layers", "dockerfile"]
    links = page.one("nav.choices").all("a")
    assert [link.words for link in links] == ["linux/amd64", "linux/arm64/v8"]
    assert links[1]["href"].endswith("?platform=linux%2Farm64%2Fv8&part=layers")
    assert links[0]["aria-current"] == "true"


def test_the_tabs_count_layers_and_referrers() -> None:
    links = shown(at(f"{MANIFEST}?part=config", image_page())).one("nav.tabs").all("a")
    assert [link.words for link in links] == ["Overview", "Layers 2", "Files", "Config", "Referrers 0", "JSON"]
    assert [link.words for link in links if link.attributes.get("aria-current")] == ["Config"]


def test_attestations_in_an_index_are_explained() -> None:
    assert "unknown/unknown" in shown(at(MANIFEST, index_page())).by_id("platforms").text


INNER = {"mediaType": types.OCI_INDEX, "digest": str(digest("inner")), "size": 5}
NESTED = fetched(
    {
        "schemaVersion": 2,
        "mediaType": types.OCI_INDEX,
        "manifests": [{**INNER, "annotations": {"org.opencontainers.image.title": "Linux"}}],
    },
    types.OCI_INDEX,
)


def test_an_index_of_indexes_names_them_and_has_no_layers_of_its_own() -> None:
    assert isinstance(NESTED.document, Index)
    found = tuple(Child(one, None, None) for one in NESTED.document.manifests)
    page = shown(at(MANIFEST, manifest_page(NESTED, children=found)))
    assert page.by_id("platforms").one("a.tag").words == "Linux"
    assert page.by_id("platforms").one("a.tag")["href"] == f"{REPOSITORY}@{digest('inner')}"
    assert [link.words for link in page.one("nav.tabs").all("a")] == ["Overview", "Referrers 0", "JSON"]


def test_a_config_without_times_and_base_says_nothing_of_how_it_was_built() -> None:
    empty = CONFIG._replace(created=None, history=())
    assert "origin" not in [section["id"] for section in shown(at(MANIFEST, image_page(config=empty))).all("section")]
