import typing

import pytest

from app.auth.docker_config import ConfigProblem, ConfigReason
from app.state.model import ImportReport
from app.view.import_form import import_form, reason_words
from app.view.markup import render
from tests.unit.view.reading import Node, read

NOTHING = ImportReport((), (), ())


def shown(report: ImportReport | None = None) -> Node:
    return read(render(import_form(report)))


def test_a_configuration_comes_from_a_file_or_is_pasted() -> None:
    form = shown().one("form", data_form="import")
    chosen = form.one("input", type_="file")
    assert (chosen["data-file"], chosen["data-field"]) == ("import", "config")
    assert form.one("textarea")["name"] == "config"
    assert "data-clear" in form.attributes


def test_it_says_beforehand_that_helpers_cannot_be_read() -> None:
    assert "a page cannot run such a program" in shown().text


def test_what_was_imported_is_listed() -> None:
    done = NOTHING._replace(
        imported=(("registry.example.net", "password", "alice"), ("docker.io", "identity-token", None))
    )
    node = shown(done).one("div.notice--ok")
    assert node.one("h3").words == "2 credentials imported"
    assert [one.words for one in node.all("li")] == [
        "registry.example.net: password of alice",
        "docker.io: identity token",
    ]


def test_helpers_are_named_plainly() -> None:
    node = shown(NOTHING._replace(helpers=("osxkeychain", "ecr-login"))).one("div.notice--warn")
    assert "what credential helpers keep (osxkeychain, ecr-login)" in node.text
    assert node.one("h3").words == "No credential was imported"


def test_what_is_not_usable_says_where_and_why() -> None:
    problems = (ConfigProblem('auths["a"].auth', "base64"), ConfigProblem("", "not-json"))
    said = [one.words for one in shown(NOTHING._replace(problems=problems)).one("div.notice").all("li")]
    assert said == ['auths["a"].auth: its base64 is damaged.', "It is not JSON."]


@pytest.mark.parametrize("reason", typing.get_args(ConfigReason))
def test_every_reason_has_words(reason: str) -> None:
    assert reason_words(reason) != reason


def test_a_long_report_is_cut() -> None:
    many = NOTHING._replace(problems=(ConfigProblem("auths", "base64"),) * 200)
    assert "and 150 more" in shown(many).text
