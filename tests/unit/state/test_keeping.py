import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.state.keeping import APPROVALS, DEFAULT, MOST_MINUTES, RECENTS, approved, opened, parse_settings, save
from app.state.model import Recent, Settings, Theme
from tests.unit.state.fake_page import FakeShell


def saved(before: Settings, after: Settings) -> list[tuple[str, str | None]]:
    shell = FakeShell()
    save(shell, before, after)
    return shell.kept


def test_nothing_kept_is_the_default() -> None:
    assert parse_settings({}) == DEFAULT == Settings(remember=True, theme="auto", recents=(), approvals=())


hosts = st.integers(0, 99).map(lambda number: f"r{number}.example")
whens = st.integers(0, 10**10).map(float)


@given(
    st.booleans(),
    st.sampled_from(["auto", "light", "dark"]),
    st.lists(st.builds(Recent, hosts, whens), max_size=RECENTS),
    st.lists(st.tuples(hosts, hosts), max_size=APPROVALS),
    st.tuples(st.none() | st.integers(0, 604800).map(float), st.integers(0, MOST_MINUTES), st.booleans()),
)
def test_what_is_kept_is_read_again(
    remember: bool,
    theme: Theme,
    recents: list[Recent],
    approvals: list[tuple[str, str]],
    session: tuple[float | None, int, bool],
) -> None:
    settings = Settings(remember, theme, tuple(recents) if remember else (), tuple(approvals), *session)
    assert parse_settings({key: text for key, text in saved(DEFAULT, settings) if text is not None}) == settings


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "nonsense",
        "[" * 100_000,
        '["r.example"]',
        '[["r.example"]]',
        '[["r.example", "x"]]',
        '[["r.example", NaN]]',
        '[["r.example", -1]]',
        '[["r.example", 1e300]]',
        f'[["r.example", {"9" * 4000}]]',
        '[["r.example/UPPER", 1]]',
        '[["", 1]]',
        '[["r.example/", 1]]',
        '[["javascript:alert(1)", 1]]',
    ],
)
def test_a_recent_that_cannot_be_read_is_as_if_never_kept(text: str) -> None:
    assert parse_settings({"recents": text}).recents == ()


def test_one_bad_recent_does_not_take_the_others_along() -> None:
    assert parse_settings({"recents": '[[1, 1], ["r.example", 2]]'}).recents == (Recent("r.example", 2.0),)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[["a"]]', '[["a", 1]]'])
def test_an_approval_that_cannot_be_read_is_none(text: str) -> None:
    assert parse_settings({"approvals": text}).approvals == ()


def test_with_recents_off_what_is_left_of_them_is_not_shown() -> None:
    assert parse_settings({"remember": "no", "recents": '[["r.example", 1]]'}).recents == ()


def test_a_registry_that_is_opened_again_comes_first_and_is_there_once() -> None:
    settings = opened(opened(opened(DEFAULT, "a.example", 1), "b.example", 2), "a.example", 3.7)
    assert settings.recents == (Recent("a.example", 3.0), Recent("b.example", 2.0))


def test_only_the_latest_registries_are_kept() -> None:
    settings = DEFAULT
    for number in range(30):
        settings = opened(settings, f"r{number}.example", number)
    assert [recent.subject for recent in settings.recents] == [f"r{number}.example" for number in range(29, 17, -1)]


def test_nothing_is_kept_of_a_registry_with_recents_off() -> None:
    off = DEFAULT._replace(remember=False)
    assert opened(off, "r.example", 1) == off


def test_an_approval_is_kept_once() -> None:
    settings = approved(approved(approved(DEFAULT, "a", "r"), "b", "r"), "a", "r")
    assert settings.approvals == (("a", "r"), ("b", "r"))


def test_only_what_changed_is_told_to_the_browser() -> None:
    assert saved(DEFAULT, DEFAULT) == []
    assert saved(DEFAULT, DEFAULT._replace(theme="dark")) == [("theme", "dark")]
    assert saved(DEFAULT, DEFAULT._replace(remember=False)) == [("remember", "no")]


def test_what_is_as_by_default_is_not_kept() -> None:
    filled = Settings(remember=False, theme="dark", recents=(Recent("a", 1.0),), approvals=(("a", "b"),))
    assert saved(filled, DEFAULT) == [("remember", None), ("theme", None), ("recents", None), ("approvals", None)]


def test_recents_are_kept_as_names_and_times() -> None:
    [(key, text)] = saved(DEFAULT, opened(DEFAULT, "a.example", 5))
    assert key == "recents"
    assert text is not None
    assert json.loads(text) == [["a.example", 5.0]]


@pytest.mark.parametrize("text", ["", "-1", "1e3", "NaN", "²", "9" * 4000, " "])
def test_a_number_that_cannot_be_read_is_as_if_never_kept(text: str) -> None:
    settings = parse_settings({"token-lifetime": text, "idle-lock": text, "offline": text})
    assert (settings.token_lifetime, settings.idle_lock, settings.offline) == (None, 0, False)
