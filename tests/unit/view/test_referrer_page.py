from app.client.errors import NotFound, Unreachable
from app.oci import media_type as types
from app.oci.descriptor import Descriptor
from app.oci.digest import Digest
from app.state.referrers_model import Chosen, Opened, OpenedPart, ReferrersPage
from app.trust.checks import Check
from app.trust.decode import decode_content
from app.trust.referrer import Place, Referrer, ReferrerTree, Trouble
from app.view import referrer_node, referrer_page
from tests.unit.trust.signers import document
from tests.unit.view.reading import Node
from tests.unit.view.states import IMAGE, INDEX, MANIFEST, URL, at, digest, keys, shown

ROUTE = f"{MANIFEST}/-/referrers"


def one(
    name: str = "a",
    *children: Referrer,
    places: tuple[Place, ...] = ("api",),
    kind: str | None = types.SPDX,
    loop: bool = False,
    tag: str | None = None,
    platform: str | None = None,
    annotations: dict[str, str] | None = None,
) -> Referrer:
    descriptor = Descriptor(types.OCI_MANIFEST, digest(name), 1400, annotations or {}, None, kind, (), None)
    return Referrer(descriptor, places, tag, platform, loop, children)


def page(*found: Referrer, complete: bool = True, opened: tuple[Opened, ...] = (), **fields: object) -> ReferrersPage:
    tree = ReferrerTree(IMAGE.digest, found, supported=True, complete=complete)._replace(**fields)  # type: ignore[arg-type]
    return ReferrersPage(IMAGE, None, tree, opened, {})


def tree(showing: ReferrersPage, *, loading: bool = False) -> Node:
    return shown(at(ROUTE, showing, loading=loading))


def nodes(node: Node) -> list[Node]:
    return node.all("div.tree-node")[1:]


def test_each_says_kind_type_size_and_where_it_was_found() -> None:
    line = nodes(tree(page(one(places=("api", "cosign-sbom"), tag="sha256-x.sbom"))))[0]
    assert line.one("span.badge").words == "sbom"
    assert types.SPDX in line.words
    assert "1.4 kB" in line.words
    assert "found by referrers API, cosign's tag .sbom (the tag)" in line.words


def test_what_refers_to_a_referrer_stands_below_it() -> None:
    found = tree(page(one("a", one("b", kind=types.COSIGN_SIGNATURE))))
    inner = found.one("ul.tree").all("ul")[1]
    assert inner.one("span.badge").words == "signature"


def test_one_found_by_its_tag_alone_is_of_the_kind_of_the_tag() -> None:
    assert nodes(tree(page(one(kind=None, places=("cosign-att",)))))[0].one("span.badge").words == "attestation"


def test_buildkit_s_entry_says_which_platform_it_is_about() -> None:
    line = nodes(tree(page(one(kind=None, places=("buildkit",), platform="linux/amd64"))))[0]
    assert "about linux/amd64" in line.words
    assert line.one("span.badge").words == "attestation"


def test_a_loop_is_cut_and_said() -> None:
    line = nodes(tree(page(one(loop=True))))[0]
    assert "not followed again" in line.words
    assert not line.all("button", data_command="referrers-open")


def test_the_heading_counts_by_kind_and_says_while_it_grows() -> None:
    found = page(one(), one("b", kind=types.COSIGN_SIGNATURE))
    assert "Found: 1 sbom and 1 signature" in tree(found).words
    assert "1 sbom so far" in tree(page(one(), complete=False), loading=True).words
    assert "Not looked for to the end" in tree(page(one(), complete=False)).words


def test_none_is_said() -> None:
    assert "No signature, SBOM or other manifest refers to this one." in tree(page()).words


def test_before_anything_is_known_there_is_a_frame() -> None:
    assert tree(ReferrersPage(None, None, None, (), {}), loading=True).all("span.skeleton")


def test_the_types_that_are_there_are_links() -> None:
    node = tree(page(one(), one("b", kind="x/y"))).one("nav", aria_label="Artifact type")
    assert [link.words for link in node.all("a")] == ["all types", types.SPDX, "x/y"]
    assert node.all("a")[1]["href"].endswith("/-/referrers?type=application%2Fspdx%2Bjson")


def test_who_filtered_is_said() -> None:
    filtered = page(one(), filtered=True)._replace(artifact_type=types.SPDX)
    assert "OCI-Filters-Applied" in tree(filtered).words
    unfiltered = page(one())._replace(artifact_type=types.SPDX)
    assert "does not say that it filtered" in tree(unfiltered).words
    without = page(one(), supported=False)._replace(artifact_type=types.SPDX)
    assert "no referrers API" in tree(without).words
    unknown = page(one(), supported=None)._replace(artifact_type=types.SPDX)
    assert "was asked for that type alone." in tree(unknown).words


def test_troubles_are_said_for_each_place() -> None:
    lost = Trouble(digest("a"), "cosign-sig", Unreachable("GET", URL, "network"))
    refused = Trouble(digest("b"), "api", NotFound("GET", URL, 404, ()))
    node = tree(page(troubles=(lost, lost._replace(digest=digest("c")), refused))).one("div.notice")
    assert "cosign's tag .sig: no answer" in node.words
    assert "referrers API: not found" in node.words
    assert "without CORS headers" in node.words


def test_very_many_of_one_manifest_are_cut_with_a_count() -> None:
    many = tree(page(*(one(f"n{number}") for number in range(referrer_node.MOST + 3))))
    assert len(nodes(many)) == referrer_node.MOST
    assert "and 3 more: choose a type to see fewer" in many.words


def test_what_was_left_out_is_counted() -> None:
    assert "7 manifests not asked about" in tree(page(one(), left_out=7)).words


def part(data: bytes, *checks: Check) -> OpenedPart:
    descriptor = Descriptor(types.SPDX, digest("blob"), len(data), {}, None, None, (), None)
    return OpenedPart("k-1", descriptor, decode_content(data), checks)


SBOM = document(spdxVersion="SPDX-2.3", packages=[{"name": "libc"}, {"name": "zlib"}])


def opened(*parts: OpenedPart, waiting: bool = False, problem: Exception | None = None) -> Opened:
    return Opened(digest("a"), str(IMAGE.digest), None if waiting else parts, problem)


def test_an_opened_one_shows_what_is_in_it() -> None:
    node = tree(page(one(), opened=(opened(part(SBOM)),)))
    assert "libc" in node.one("tbody").words
    assert node.one("button", data_command="referrers-open")["aria-expanded"] == "true"


def test_a_filter_that_was_typed_holds() -> None:
    showing = page(one(), opened=(opened(part(SBOM)),))._replace(chosen={"k-1": Chosen("zlib")})
    assert "libc" not in tree(showing).one("tbody").words


def test_while_it_is_read_it_says_so() -> None:
    assert "It is being read" in tree(page(one(), opened=(opened(waiting=True),))).words


def test_what_cannot_be_read_says_why_and_where() -> None:
    gone = opened(problem=NotFound("GET", URL, 404, ()))
    assert "It could not be read" in tree(page(one(), opened=(gone,))).words
    from app.oci.document import InvalidDocument

    broken = part(SBOM)._replace(decoded=None, problem=InvalidDocument("DSSE envelope", "payload", "is missing"))
    assert "DSSE envelope: payload is missing" in tree(page(one(), opened=(opened(broken),))).words


def test_what_is_no_document_is_left_to_its_own_page() -> None:
    other = part(SBOM)._replace(decoded=None)
    assert "no kind that is decoded here" in tree(page(one(), opened=(opened(other),))).words
    large = other._replace(descriptor=other.descriptor._replace(media_type=types.OCI_LAYER_GZIP))
    assert "large or an archive" in tree(page(one(), opened=(opened(large),))).words
    assert "nothing in it beside its manifest" in tree(page(one(), opened=(opened(),))).words


def test_blobs_that_were_not_looked_into_are_counted() -> None:
    assert "3 more blobs" in tree(page(one(), opened=(opened(part(SBOM))._replace(left_out=3),))).words


def test_the_title_names_the_manifest_and_readers_hear_the_count() -> None:
    state = at(ROUTE, page(one()))
    assert referrer_page.title(state) == "What refers to harbour/tide-gauge:2.4.1"
    assert referrer_page.announce(state).endswith(": 1 sbom")
    assert referrer_page.announce(at(ROUTE, page(complete=False))) == referrer_page.title(state)


def test_another_page_is_none_of_its_business() -> None:
    from app.state.model import Landing

    state = at(ROUTE, Landing("", None))
    assert referrer_page.regions(state) == ()
    assert referrer_page.announce(state) == ""


def test_the_region_is_written_anew_only_when_something_changed() -> None:
    showing = page(one())
    assert keys(at(ROUTE, showing)) == keys(at(ROUTE, showing, retry=None))
    assert keys(at(ROUTE, showing)) != keys(at(ROUTE, page(one("b"))))


def test_an_index_has_its_own_badge() -> None:
    assert tree(page()._replace(fetched=INDEX)).one("div.tree-node").one("span.badge").words == "index"


def test_hostile_texts_are_spelled_out() -> None:
    assert "\u202e" not in tree(page(one(kind="a/\u202eb"))).text


def test_a_digest_of_a_subject_leads_to_its_manifest() -> None:
    statement = document(
        predicateType="x", subject=[{"name": "a", "digest": {"sha256": IMAGE.digest.encoded}}], predicate={}
    )
    node = tree(page(one(), opened=(opened(part(statement)),)))
    wanted: Digest = IMAGE.digest
    assert any(link["href"].endswith(f"@{wanted}") for link in node.one("div.card.card-body.stack").all("a"))
