"""The names of issue and page, their order, and whom each is about."""

import pytest

from app.cors.verdict import CAUSES, OF_CONTENT, OK, VERDICTS, cause_of, target_of, worst_first


def test_the_worst_of_several_verdicts_comes_first() -> None:
    assert worst_first(["link-not-exposed", "digest-not-exposed", "preflight-refused"]) == (
        "preflight-refused",
        "digest-not-exposed",
        "link-not-exposed",
    )


def test_a_verdict_on_the_realm_follows_the_same_one_on_the_registry() -> None:
    names = ["token-preflight-refused", "allow-headers-missing", "preflight-refused"]
    assert worst_first(names) == ("preflight-refused", "token-preflight-refused", "allow-headers-missing")


def test_a_verdict_is_named_once() -> None:
    assert worst_first(["timeout", "timeout"]) == ("timeout",)


def test_a_name_that_is_no_verdict_is_refused() -> None:
    with pytest.raises(KeyError):
        worst_first(["cors"])


def test_ok_is_the_last_of_all() -> None:
    assert VERDICTS[-1] == OK
    assert len(VERDICTS) == len(set(VERDICTS)) == 2 * len(CAUSES) - len(OF_CONTENT) + 1


def test_a_token_service_has_no_verdicts_on_content() -> None:
    assert not {"token-digest-not-exposed", "token-link-not-exposed", "token-blob-redirect-without-cors"} & set(
        VERDICTS
    )


@pytest.mark.parametrize(
    ("verdict", "target"),
    [
        ("preflight-refused", "registry"),
        ("token-preflight-refused", "token"),
        ("blob-redirect-without-cors", "blob"),
        ("blocked-by-page-csp", "registry"),
    ],
)
def test_a_verdict_tells_whose_answer_has_to_change(verdict: str, target: str) -> None:
    assert target_of(verdict) == target


@pytest.mark.parametrize("verdict", [name for name in VERDICTS if name != OK])
def test_a_verdict_names_its_cause(verdict: str) -> None:
    assert cause_of(verdict) in CAUSES
