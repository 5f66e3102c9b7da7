from app.auth.credential import Secret
from app.auth.grants import Grants
from app.auth.lessons import Bearer
from app.oci.origin import parse_origin

ONE = Bearer("https://a.example/token", parse_origin("https://a.example"), "s")
OTHER = Bearer("https://b.example/token", parse_origin("https://b.example"), "s")


def held(grants: Grants, session: int, bearer: Bearer) -> str | None:
    found = grants.refresh_token(session, bearer)
    return None if found is None else found.text


def test_a_refresh_token_is_for_its_realm_and_sign_in_alone_a18() -> None:
    grants = Grants()
    grants.keep(1, ONE, Secret("r1"))
    assert held(grants, 1, ONE) == "r1"
    assert (held(grants, 1, OTHER), held(grants, 2, ONE)) == (None, None)
    assert held(grants, 1, ONE._replace(service="other")) is None


def test_a_rotated_refresh_token_takes_the_place_of_the_one_before_a18() -> None:
    grants = Grants()
    grants.keep(1, ONE, Secret("r1"))
    grants.keep(1, ONE, Secret("r2"))
    grants.drop(1, ONE, Secret("r1"))
    assert held(grants, 1, ONE) == "r2"
    grants.drop(1, ONE, Secret("r2"))
    assert held(grants, 1, ONE) is None


def test_the_refresh_tokens_of_one_sign_in_go_with_it() -> None:
    grants = Grants()
    grants.keep(1, ONE, Secret("r1"))
    grants.keep(2, ONE, Secret("r2"))
    grants.forget(1)
    assert (held(grants, 1, ONE), held(grants, 2, ONE)) == (None, "r2")


def test_the_way_that_worked_is_remembered_by_realm_and_form_a15() -> None:
    grants = Grants()
    grants.worked(ONE, "password", "post")
    assert grants.way(ONE, "password") == "post"
    assert (grants.way(ONE, "refresh-token"), grants.way(OTHER, "password")) == (None, None)
    grants.clear()
    assert grants.way(ONE, "password") == "post"


def test_a_repr_shows_no_refresh_token() -> None:
    grants = Grants()
    grants.keep(1, ONE, Secret("canary"))
    assert "canary" not in repr(grants)
