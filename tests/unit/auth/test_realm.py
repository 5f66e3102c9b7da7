"""The realm policy: tests/unit/auth/RULES.md A.7."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.realm import Judgement, RealmPolicy, judge_realm, shown_realm, token_url
from app.oci.origin import origin_of, parse_origin

POLICY = RealmPolicy()


def judge(registry: str, realm: str, policy: RealmPolicy = POLICY) -> tuple[str, str]:
    judgement = judge_realm(parse_origin(registry), realm, policy)
    return judgement.outcome, judgement.reason


@pytest.mark.parametrize(
    ("registry", "realm", "reason"),
    [
        ("https://reg.example", "https://reg.example/token", "same-origin"),
        ("https://reg.example", "https://reg.example", "same-origin"),
        ("https://reg.example", "https://REG.example:443/token?a=b", "same-origin"),
        ("https://reg.example", "/token", "same-origin"),
        ("http://reg.example:5000", "http://reg.example:5000/token", "same-origin"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000/token", "same-origin"),
        ("https://10.0.0.1", "https://10.0.0.1/token", "same-origin"),
        ("https://docker.io", "https://auth.docker.io/token", "known-pair"),
        ("https://registry-1.docker.io", "https://auth.docker.io/token", "known-pair"),
        ("https://docker.io", "https://registry-1.docker.io/token", "known-pair"),
        ("https://registry.gitlab.com", "https://gitlab.com/jwt/auth", "known-pair"),
        ("https://nvcr.io", "https://authn.nvidia.com/token?a=b", "known-pair"),
    ],
)
def test_the_registrys_own_origin_and_known_pairs_are_allowed_silently(registry: str, realm: str, reason: str) -> None:
    assert judge(registry, realm) == ("allowed", reason)


@pytest.mark.parametrize(
    ("registry", "realm"),
    [
        ("https://reg.example", "https://auth.example/token"),
        ("https://reg.example", "https://auth.reg.example/token"),
        ("https://reg.example", "https://reg.example:8443/token"),
        ("https://evil.example", "https://auth.docker.io/token"),
        ("https://evil.example", "https://gitlab.com/jwt/auth"),
        ("http://reg.example", "https://reg.example/token"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5001/token"),
        ("http://127.0.0.1:5000", "http://localhost:5001/token"),
        ("http://localhost:5000", "http://[::1]:5001/token"),
        ("http://127.0.0.1:5000", "https://auth.example/token"),
        ("https://10.0.0.1", "https://10.0.0.1:8443/token"),
        ("https://reg.lan", "https://reg.lan:5001/token"),
    ],
)
def test_another_origin_gets_anonymous_requests_alone(registry: str, realm: str) -> None:
    """Another port is another origin; a loopback registry's loopback realm is on the same machine."""
    assert judge(registry, realm) == ("anonymous-only", "other-origin")


@pytest.mark.parametrize(
    "realm",
    [
        "https://10.0.0.1/token",
        "https://192.168.1.1:8443/token",
        "https://172.16.0.1/token",
        "https://127.0.0.1/token",
        "https://127.1/token",
        "https://0x7f000001/token",
        "https://2130706433/token",
        "https://0.0.0.0/token",
        "https://[::1]/token",
        "https://[::ffff:10.0.0.1]/token",
        "https://[fd00::1]/token",
        "https://localhost/token",
        "https://localhost./token",
        "https://a.localhost/token",
        "https://auth/token",
        "https://auth.lan/token",
        "https://auth.internal/token",
    ],
)
def test_a_private_realm_of_another_host_is_asked_about_even_anonymously(realm: str) -> None:
    assert judge("https://reg.example", realm) == ("ask", "private-host")


def test_a_private_realm_of_another_private_host_is_asked_about() -> None:
    assert judge("https://10.0.0.1", "https://10.0.0.2/token") == ("ask", "private-host")


@pytest.mark.parametrize(
    ("realm", "reason"),
    [
        ("", "missing"),
        ("javascript:alert(1)", "relative"),
        ("data:text/html,x", "relative"),
        ("ftp://reg.example/t", "relative"),
        ("wss://reg.example/t", "relative"),
        ("token", "relative"),
        ("./token", "relative"),
        ("?scope=x", "relative"),
        ("reg.example/token", "relative"),
        ("HOST:5002:5002", "relative"),
        ("//evil.example/token", "relative"),
        ("///evil.example/token", "relative"),
        ("/\\evil.example/token", "characters"),
        ("https:evil.example/token", "relative"),
        ("https:/evil.example/token", "relative"),
        ("https://HOST:5002:5002/v2/token", "address"),
        ("https://reg.example:0/token", "address"),
        ("https://reg.example:70000/token", "address"),
        ("https:///token", "address"),
        ("https://", "address"),
        ("https://a%2eb/token", "address"),
        ("https://1.2.3.256/token", "address"),
        ("https://user@reg.example/token", "user-info"),
        ("https://user:password@reg.example/token", "user-info"),
        ("https://reg.example@evil.example/token", "user-info"),
        ("https://reg.example\\@evil.example/token", "characters"),
        ("https://reg.example/to ken", "characters"),
        ("https://reg.exa\tmple/token", "characters"),
        ("https://reg.example/token\n", "characters"),
        ("\x00https://reg.example/token", "characters"),
        ("http://reg.example/token", "downgrade"),
        ("http://127.0.0.1/token", "downgrade"),
        ("http://169.254.169.254/", "downgrade"),
        ("https://169.254.169.254/", "link-local"),
        ("https://0xa9fea9fe/", "link-local"),
        ("https://[fe80::1]/", "link-local"),
        ("https://[::ffff:169.254.169.254]/", "link-local"),
        ("https://reg.example/" + "a" * 5000, "too-long"),
    ],
)
def test_a_realm_that_is_no_safe_address_is_refused(realm: str, reason: str) -> None:
    assert judge("https://reg.example", realm) == ("refused", reason)


def test_link_local_is_refused_from_an_http_registry_too() -> None:
    assert judge("http://reg.example", "http://169.254.169.254/") == ("refused", "link-local")


def test_a_link_local_registry_may_name_itself() -> None:
    assert judge("http://169.254.1.2:5000", "http://169.254.1.2:5001/token") == ("anonymous-only", "other-origin")
    assert judge("http://169.254.1.2:5000", "http://169.254.1.2:5000/token") == ("allowed", "same-origin")


def test_an_approved_pair_is_allowed_and_no_other() -> None:
    registry, realm = parse_origin("https://reg.example"), parse_origin("https://10.0.0.1")
    policy = POLICY.approve(registry, realm)
    assert judge("https://reg.example", "https://10.0.0.1/token", policy) == ("allowed", "approved")
    assert judge("https://reg.example", "https://10.0.0.2/token", policy) == ("ask", "private-host")
    assert judge("https://other.example", "https://10.0.0.1/token", policy) == ("ask", "private-host")


def test_approval_never_lifts_a_refusal() -> None:
    registry, realm = parse_origin("https://reg.example"), parse_origin("http://auth.example")
    policy = POLICY.approve(registry, realm)
    assert judge("https://reg.example", "http://auth.example/token", policy) == ("refused", "downgrade")


@pytest.mark.parametrize(
    ("realm", "url"),
    [
        ("https://auth.example/t#fragment", "https://auth.example/t"),
        ("https://auth.example/t?a=b#fragment?c", "https://auth.example/t?a=b"),
        ("https://AUTH.example:443/T", "https://auth.example/T"),
        ("HTTPS://auth.example", "https://auth.example/"),
        ("https://auth.example?a=b", "https://auth.example/?a=b"),
        ("https://2130706433/t", "https://127.0.0.1/t"),
        ("/t?a=b", "https://reg.example/t?a=b"),
    ],
)
def test_the_url_to_ask_is_written_from_the_origin_that_was_judged(realm: str, url: str) -> None:
    judgement = judge_realm(parse_origin("https://reg.example"), realm, POLICY)
    assert judgement.url == url


def test_a_path_belongs_to_where_the_request_went() -> None:
    """Docker Hub is docker.io in references and registry-1.docker.io on the wire."""
    base = parse_origin("https://registry-1.docker.io")
    assert judge_realm(parse_origin("https://docker.io"), "/token", POLICY, base) == Judgement(
        "allowed", "https://registry-1.docker.io/token", base, "known-pair"
    )


def test_a_refused_realm_has_no_url() -> None:
    assert judge_realm(parse_origin("https://reg.example"), "http://reg.example/t", POLICY).url == ""


@given(st.text() | st.text(alphabet="https:/@.a1[]?#\\%").map(lambda text: "https://" + text))
def test_a_realm_never_makes_the_policy_fail_and_its_url_has_the_judged_origin(realm: str) -> None:
    judgement = judge_realm(parse_origin("https://reg.example"), realm, POLICY)
    if judgement.url:
        assert origin_of(judgement.url) == judgement.origin
        assert "#" not in judgement.url


@pytest.mark.parametrize(
    ("realm", "service", "scopes", "url"),
    [
        ("https://a/t", None, (), "https://a/t"),
        ("https://a/t", "", ("",), "https://a/t"),
        ("https://a/t", "s", (), "https://a/t?service=s"),
        ("https://a/t", "s", ("repository:a/b:pull",), "https://a/t?service=s&scope=repository:a/b:pull"),
        ("https://a/t", None, ("x", "y"), "https://a/t?scope=x&scope=y"),
        ("https://a/t?k=v", "s", ("x",), "https://a/t?k=v&service=s&scope=x"),
        ("https://a/t?service=old&k=", "new", (), "https://a/t?k=&service=new"),
        ("https://a/t?service=old", None, (), "https://a/t?service=old"),
        ("https://a/t?scope=old", None, ("x",), "https://a/t?scope=old&scope=x"),
        ("https://a/t", "My Registry & co", ("*",), "https://a/t?service=My%20Registry%20%26%20co&scope=*"),
        ("https://a/t", "a#b=c?d+é", (), "https://a/t?service=a%23b%3Dc%3Fd%2B%C3%A9"),
        ("https://a/t?k=%FF", None, (), "https://a/t?k=%FF"),
    ],
)
def test_a_token_request_keeps_the_realms_query_and_sets_its_own_a13(
    realm: str, service: str | None, scopes: tuple[str, ...], url: str
) -> None:
    assert token_url(realm, service, scopes) == url


def test_an_account_is_set_when_asked_for_a14() -> None:
    assert token_url("https://a/t?account=x", "s", ("y",), "ann") == "https://a/t?service=s&account=ann&scope=y"


@pytest.mark.parametrize(
    ("realm", "shown"),
    [
        ("https://u:p@evil.example/t?q=1#f", "evil.example/t"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://a/\x00\x1b\u202eb", "https://a/b"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_realm_is_shown_without_what_may_be_secret_or_invisible(realm: str, shown: str) -> None:
    assert shown_realm(realm) == shown


def test_further_parameters_come_last() -> None:
    more = (("offline_token", "true"),)
    assert token_url("https://a/t", "s", ("y",), more=more) == "https://a/t?service=s&scope=y&offline_token=true"
