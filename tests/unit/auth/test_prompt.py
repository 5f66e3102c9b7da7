import pytest

from app.auth.credential import Password
from app.auth.errors import ApprovalRequired, LoginRequired, RealmRefused
from app.auth.identity import Bearer, RegistryAuth, Wanted
from app.auth.prompt import basic_login, bearer_login, is_open, require_allowed, require_answerer
from app.oci.origin import origin_of, parse_origin

REGISTRY = parse_origin("https://reg.example")


def wanted(realm: str) -> Wanted:
    return Wanted(Bearer(realm, origin_of(realm), None), ("repository:a:pull",))


def auth_of(registry: str = "https://reg.example", signed_in: bool = False) -> RegistryAuth:
    auth = RegistryAuth(parse_origin(registry))
    if signed_in:
        auth.sign_in(Password("ann", "secret"))
    return auth


@pytest.mark.parametrize(
    ("origin", "is_it"),
    [
        ("http://reg.example", True),
        ("http://10.0.0.1:5000", True),
        ("http://127.0.0.1:5000", False),
        ("http://localhost", False),
        ("http://[::1]:5000", False),
        ("https://reg.example", False),
    ],
)
def test_plain_http_that_leaves_the_machine_can_be_read_on_the_way_a6(origin: str, is_it: bool) -> None:
    assert is_open(parse_origin(origin)) is is_it


def test_a_login_shows_its_realm_without_the_query() -> None:
    prompt = bearer_login(auth_of(), wanted("https://auth.example/t?secret=1"), "required").prompt
    assert (prompt.realm, prompt.realm_origin) == ("https://auth.example/t", parse_origin("https://auth.example"))


def test_a_login_after_a_rejected_credential_says_so_and_keeps_the_name() -> None:
    auth = auth_of(signed_in=True)
    auth.reject(auth.session)
    for error in (
        bearer_login(auth, wanted("https://reg.example/t"), "required"),
        basic_login(auth, REGISTRY, "x", (), "required"),
    ):
        assert (error.prompt.reason, error.prompt.username) == ("wrong-password", "ann")


def test_an_insecure_login_comes_before_every_other_reason_a6() -> None:
    auth = auth_of("http://reg.example")
    server = parse_origin("http://reg.example")
    assert basic_login(auth, server, "x", (), "required").prompt.reason == "insecure"
    assert bearer_login(auth, wanted("http://reg.example/t"), "required").prompt.reason == "insecure"
    auth.accept_insecure()
    assert basic_login(auth, server, "x", (), "required").prompt.reason == "required"
    assert bearer_login(auth, wanted("http://reg.example/t"), "required").prompt.reason == "required"


@pytest.mark.parametrize(
    ("realm", "signed_in"),
    [
        ("https://reg.example/t", False),
        ("https://reg.example/t", True),
        ("https://auth.example/t", False),
    ],
)
def test_what_the_policy_allows_may_be_asked_a7(realm: str, signed_in: bool) -> None:
    require_allowed(auth_of(signed_in=signed_in), wanted(realm), anonymous=not signed_in)


@pytest.mark.parametrize(
    ("realm", "signed_in", "error"),
    [
        ("https://auth.example/t", True, ApprovalRequired),
        ("https://10.0.0.1/t", False, ApprovalRequired),
        ("https://10.0.0.1/t", True, ApprovalRequired),
        ("http://auth.example/t", False, RealmRefused),
    ],
)
def test_what_the_policy_does_not_allow_is_an_error_a7(realm: str, signed_in: bool, error: type[Exception]) -> None:
    with pytest.raises(error):
        require_allowed(auth_of(signed_in=signed_in), wanted(realm), anonymous=not signed_in)


def test_credentials_for_plain_http_need_the_warning_a6() -> None:
    auth = auth_of("http://reg.example", signed_in=True)
    with pytest.raises(LoginRequired) as caught:
        require_allowed(auth, wanted("http://reg.example/t"), anonymous=False)
    assert caught.value.prompt.reason == "insecure"
    auth.accept_insecure()
    require_allowed(auth, wanted("http://reg.example/t"), anonymous=False)


@pytest.mark.parametrize(
    ("url", "signed_in", "accepted"),
    [
        ("https://auth.example/elsewhere", False, True),
        ("https://auth.example/elsewhere", True, True),
        ("https://reg.example/t", True, True),
        ("https://third.example/t", False, True),
        ("https://third.example/t", True, False),
        ("https://10.0.0.1/t", False, False),
        ("http://auth.example/t", False, False),
        ("nonsense", False, False),
    ],
)
def test_where_a_tokens_redirects_ended_is_judged_again_a7(url: str, signed_in: bool, accepted: bool) -> None:
    auth, asked = auth_of(signed_in=signed_in), wanted("https://auth.example/t")
    if accepted:
        require_answerer(auth, asked, url, anonymous=not signed_in)
    else:
        with pytest.raises(RealmRefused):
            require_answerer(auth, asked, url, anonymous=not signed_in)
