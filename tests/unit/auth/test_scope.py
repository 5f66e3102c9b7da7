"""Scopes: tests/unit/auth/RULES.md A.9 to A.11."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.scope import (
    CATALOG,
    Scope,
    ScopeError,
    canonical_scopes,
    contains,
    describe,
    missing,
    opaque_scopes,
    parse_scope,
    pull,
    split_scopes,
    unite,
)

TEXTS = st.lists(
    st.builds(
        "{}:{}:{}".format,
        st.sampled_from(["repository", "registry", "repository(plugin)"]),
        st.sampled_from(["a", "a/b", "reg.io:5000/a/b", "catalog", ""]),
        st.lists(st.sampled_from(["pull", "push", "delete", "*", "metadata_read", ""]), max_size=4).map(",".join),
    )
    | st.sampled_from(["aws", "*", "", "a:b"]),
    max_size=6,
)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("repository:a/b:pull", Scope("repository", "a/b", ("pull",))),
        ("repository:reg.io:5000/a/b:push,pull", Scope("repository", "reg.io:5000/a/b", ("pull", "push"))),
        ("repository(plugin):a:pull", Scope("repository(plugin)", "a", ("pull",))),
        (CATALOG, Scope("registry", "catalog", ("*",))),
        ("repository::pull", Scope("repository", "", ("pull",))),
        ("repository:a:", Scope("repository", "a", ())),
    ],
)
def test_a_scope_is_split_at_its_first_and_last_colon_a10(text: str, scope: Scope) -> None:
    assert parse_scope(text) == scope


@pytest.mark.parametrize("text", ["", "aws", "*", "a:b", ":a:pull"])
def test_other_texts_are_no_scope(text: str) -> None:
    with pytest.raises(ScopeError) as caught:
        parse_scope(text)
    assert caught.value.text == text


@pytest.mark.parametrize(
    ("texts", "canonical"),
    [
        ([], ()),
        (["repository:a:push,pull,delete"], ("repository:a:delete,pull,push",)),
        (["repository:a:pull,*,push"], ("repository:a:*",)),
        (["repository:foo:,"], ()),
        (["repository:foo:"], ()),
        (["repository:a:pull", "repository:a:push"], ("repository:a:pull,push",)),
        (["repository:a:pull", "repository:a:*"], ("repository:a:*",)),
        (["repository:b:pull", "repository:a:pull"], ("repository:a:pull", "repository:b:pull")),
        (["repository:a:pull", "repository:a:pull"], ("repository:a:pull",)),
        (["aws", "*", "aws", ""], ("*", "aws")),
        (["repository:r:5000/a:pull", "repository:r:5000/a:push"], ("repository:r:5000/a:pull,push",)),
        (["repository:a:pull", "repository:a:metadata_read"], ("repository:a:metadata_read", "repository:a:pull")),
        (["repository::pull"], ("repository::pull",)),
    ],
)
def test_scopes_have_one_canonical_form_a10(texts: list[str], canonical: tuple[str, ...]) -> None:
    assert canonical_scopes(texts) == canonical


@given(TEXTS)
def test_canonical_scopes_stay_as_they_are(texts: list[str]) -> None:
    once = canonical_scopes(texts)
    assert canonical_scopes(once) == once


@given(TEXTS)
def test_the_order_of_scopes_does_not_matter(texts: list[str]) -> None:
    assert canonical_scopes(texts) == canonical_scopes(reversed(texts))


@given(TEXTS, TEXTS)
def test_uniting_adds_nothing_and_loses_only_what_has_no_name(first: list[str], then: list[str]) -> None:
    united = unite(first, then)
    everything = canonical_scopes((*first, *then))
    assert set(united) <= set(everything)
    assert all(text.startswith("repository::") for text in set(everything) - set(united))


@given(st.text())
def test_any_text_becomes_canonical_and_is_kept_or_dropped_whole(text: str) -> None:
    assert len(canonical_scopes([text])) <= 1


def test_what_the_challenge_names_goes_first_a20() -> None:
    """Keycloak reads the first scope parameter alone."""
    assert unite(["repository:z:pull"], ["repository:a:pull"]) == ("repository:z:pull", "repository:a:pull")


def test_a_repository_without_a_name_goes_when_another_is_there_a9() -> None:
    assert unite(["repository::pull"], ["repository:a:pull"]) == ("repository:a:pull",)
    assert unite(["repository::pull"], []) == ("repository::pull",)


@pytest.mark.parametrize(
    ("text", "scopes"),
    [("", ()), ("  ", ()), ("a:b:pull", ("a:b:pull",)), (" repository:a:pull  aws ", ("repository:a:pull", "aws"))],
)
def test_a_parameter_holds_scopes_between_blanks(text: str, scopes: tuple[str, ...]) -> None:
    assert split_scopes(text) == scopes


@pytest.mark.parametrize(
    ("granted", "requested", "contained"),
    [
        ([], [], True),
        (["repository:a:pull"], [], True),
        (["repository:a:pull,push"], ["repository:a:pull"], True),
        (["repository:a:*"], ["repository:a:pull"], True),
        (["repository:a:pull"], ["repository:a:pull,push"], False),
        (["repository:a:pull"], ["repository:b:pull"], False),
        (["repository:a:pull"], ["aws"], False),
        (["aws", "repository:a:pull"], ["aws"], True),
    ],
)
def test_contained_scopes_bring_nothing_new_a20(granted: list[str], requested: list[str], contained: bool) -> None:
    assert contains(granted, requested) is contained


def test_reading_a_repository_is_its_pull_scope() -> None:
    assert pull("lab/alpine") == "repository:lab/alpine:pull"


def test_placeholders_are_the_scopes_of_no_resource() -> None:
    assert opaque_scopes(["aws", "repository:a:pull", "*", ""]) == ("aws", "*")


@given(st.builds(Scope, st.sampled_from(["repository"]), st.text("ab/:5"), st.just(("pull", "push"))))
def test_a_scope_written_is_read_back(scope: Scope) -> None:
    assert parse_scope(str(scope)) == scope


@pytest.mark.parametrize(
    ("granted", "asked", "lacking"),
    [
        (["repository:a:pull"], ["repository:a:pull"], ()),
        (["repository:a:*"], ["repository:a:pull,push"], ()),
        (["repository:a:pull"], ["repository:a:pull,push"], ("repository:a:push",)),
        (["repository:a:"], ["repository:a:pull"], ("repository:a:pull",)),
        ([], ["repository:a:pull", "repository:b:pull"], ("repository:a:pull", "repository:b:pull")),
        (["repository:a:pull"], ["repository:a:*"], ("repository:a:*",)),
        ([], ["aws", "*"], ()),
    ],
)
def test_what_was_asked_and_not_granted_is_told_a20(
    granted: list[str], asked: list[str], lacking: tuple[str, ...]
) -> None:
    assert missing(granted, asked) == lacking


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("repository:a:pull", ("pull",)),
        ("repository:a:pull,push", ("pull", "push")),
        ("repository:a:delete", ("delete",)),
        ("repository:a:*", ("*",)),
        ("repository(plugin):a:pull", ("pull",)),
        ("registry:catalog:*", ("catalog",)),
        ("repository:a:sign,pull", ("pull", "unknown")),
        ("aws", ("unknown",)),
        ("user:a:pull", ("unknown",)),
    ],
)
def test_what_a_scope_allows_is_told_by_codes(text: str, codes: tuple[str, ...]) -> None:
    (found,) = describe([text])
    assert (found.text, found.codes) == (text, codes)


def test_a_mount_is_told_by_its_two_scopes_a12() -> None:
    """distribution's challenge for a mount has both, with a blank between."""
    found = describe(split_scopes("repository:b:pull,push repository:a:pull"))
    assert [(one.name, one.codes) for one in found] == [("b", ("pull", "push")), ("a", ("pull", "mount"))]


def test_two_repositories_to_read_are_no_mount() -> None:
    assert [one.codes for one in describe(["repository:a:pull", "repository:b:pull"])] == [("pull",), ("pull",)]


def test_a_repository_that_is_pushed_to_is_not_mounted_from_itself() -> None:
    assert describe(["repository:a:push", "repository:a:pull"])[1].codes == ("pull",)


def test_of_endless_scopes_a_hundred_are_read() -> None:
    assert split_scopes("a " * 500) == ("a",) * 100
