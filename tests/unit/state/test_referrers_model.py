from app.oci.digest import digest_of
from app.state.referrers_model import Opened, begin
from app.state.route import parse_route
from app.trust.referrer import ReferrerTree


def test_a_page_begins_with_the_type_of_its_address() -> None:
    assert begin(parse_route("r.example/a:1/-/referrers?type=x/y")).artifact_type == "x/y"
    assert begin(parse_route("r.example/a:1/-/referrers?type=")).artifact_type is None


def test_it_has_data_once_a_tree_began() -> None:
    page = begin(parse_route("r.example/a:1/-/referrers"))
    assert not page.has_data
    assert page._replace(tree=ReferrerTree(digest_of(b"a"))).has_data


def test_the_same_referrer_may_be_open_in_one_place_alone() -> None:
    opened = Opened(digest_of(b"a"), "here")
    page = begin(parse_route("r.example/a:1/-/referrers"))._replace(opened=(opened,))
    assert page.open_at("here", digest_of(b"a")) == opened
    assert page.open_at("there", digest_of(b"a")) is None
