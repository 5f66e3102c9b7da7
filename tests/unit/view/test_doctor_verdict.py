"""The verdicts on the page, and what a page cannot tell apart."""

import pytest

from app.cors.diagnosis import Ruling
from app.view.doctor_verdict import also, headline, host_of, page_name, tone_of, unseen, verdict
from app.view.markup import render
from tests.unit.view.examined import (
    BLOCKED,
    CLOSED,
    CURL,
    FINE,
    PAGE,
    READABLE,
    RUNNING,
    SEVERAL,
    SUBJECT,
    checkup,
    ruling,
)
from tests.unit.view.reading import read


def test_while_nothing_is_known_it_is_being_looked_at() -> None:
    assert headline(RUNNING) == "Looking at registry.example.net …"
    assert tone_of(RUNNING) == "info"


@pytest.mark.parametrize(
    ("name", "tone"),
    [("no-usable-allow-origin", "danger"), ("digest-not-exposed", "warn"), ("token-timeout", "danger")],
)
def test_what_only_hides_something_is_a_warning(name: str, tone: str) -> None:
    assert tone_of(checkup(READABLE, rulings=(ruling(name, 1),))) == tone


def test_nothing_wrong_is_good() -> None:
    assert tone_of(FINE) == "ok"
    assert headline(FINE) == "This page can read the registry."
    assert also(FINE) is None
    assert unseen(FINE) is None


def test_the_host_is_that_whose_answer_it_is_about() -> None:
    realm = ruling("token-no-usable-allow-origin", 1, url="https://auth.example:8443/token?service=x")
    assert host_of(CLOSED, realm) == "auth.example:8443"
    assert "auth.example:8443" in read(render(verdict(checkup(BLOCKED, rulings=(realm,))))).words


def test_a_ruling_without_an_address_names_the_registry_or_nobody() -> None:
    assert host_of(CLOSED, ruling("offline", 1, url="")) == "registry.example.net"
    assert host_of(CLOSED, ruling("token-url-has-credentials", 1, url="")) == ""


def test_causes_that_look_alike_stand_beside_what_a_command_prints() -> None:
    section = unseen(CLOSED)
    assert section is not None
    node = read(render(section))
    assert node.one("pre").text == CURL
    assert node.one("button.copy")["data-copy"] == CURL
    rows = node.all("tbody")[0].all("tr")
    assert len(rows) == len(CLOSED.diagnosis.rulings[0].alternatives)
    assert "no access-control-allow-origin" in rows[0].words
    assert any(str(PAGE) in row.words for row in rows)


def test_a_cause_that_is_certain_is_no_table() -> None:
    certain = Ruling("unreachable", "https://registry.example.net:25/v2/", ("bad-port",), None, (1,))
    section = unseen(checkup(BLOCKED, rulings=(certain,)))
    assert section is not None
    node = read(render(section))
    assert node.all("table") == []
    assert "browsers never connect to that port" in node.words


def test_several_commands_say_what_they_are_for() -> None:
    section = unseen(SEVERAL)
    assert section is not None
    assert len(read(render(section)).all("h3")) == 2


def test_a_page_without_an_origin_has_no_name() -> None:
    assert page_name(CLOSED) == "https://portolan.example"
    assert page_name(CLOSED._replace(subject=SUBJECT._replace(page=None))) == ""


def test_where_a_tab_of_its_own_shows_more_there_is_a_link_to_it() -> None:
    link = read(render(verdict(checkup(BLOCKED, rulings=(ruling("unreachable", 1),))))).one("a")
    assert (link["href"], link["target"]) == ("https://registry.example.net/v2/", "_blank")
    assert read(render(verdict(CLOSED))).all("a") == []
    odd = ruling("unreachable", 1, url="javascript:alert(1)")
    assert read(render(verdict(checkup(BLOCKED, rulings=(odd,))))).all("a") == []


def test_an_examination_that_broke_off_says_that_nothing_was_learnt() -> None:
    assert headline(RUNNING._replace(running=False)) == "Nothing was learnt of registry.example.net."
