from typing import get_args

import pytest

from app.trust.checks import Check, CheckName, CheckState
from app.view.markup import render
from app.view.signature_checks import checks_list
from tests.unit.view.reading import read

POSSIBLE: list[tuple[CheckName, CheckState]] = [
    ("subject", "holds"),
    ("subject", "fails"),
    ("signature", "holds"),
    ("signature", "fails"),
    ("signature", "cannot"),
    ("validity", "holds"),
    ("validity", "fails"),
    ("validity", "cannot"),
    ("chain", "not-checked"),
    ("log", "not-checked"),
    ("identity", "not-checked"),
]


@pytest.mark.parametrize(("name", "state"), POSSIBLE)
def test_every_result_says_in_words_what_it_proves(name: CheckName, state: CheckState) -> None:
    node = read(render(checks_list((Check(name, state),))))
    assert node.one("span.outcome").all("svg")
    assert len(node.one("p.muted").words) > 20
    assert "trusted" not in node.words
    assert "verified" not in node.words


def test_every_question_is_known() -> None:
    assert {name for name, _ in POSSIBLE} == set(get_args(CheckName))


def test_nothing_checked_says_so() -> None:
    assert read(render(checks_list(()))).one("span.outcome.outcome--skip").words == "nothing of it was checked here"
