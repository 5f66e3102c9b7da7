"""Every decision has its section."""

from typing import get_args

import pytest

from app.auth.decision import decision_section
from app.auth.step import Why


@pytest.mark.parametrize("why", get_args(Why))
def test_every_reason_of_a_step_has_a_section_of_its_own(why: str) -> None:
    assert decision_section(why) != decision_section("")


def test_an_unknown_reason_rests_on_challenges_in_general() -> None:
    assert decision_section("never heard of") == "RFC 9110 section 11.6.1 (WWW-Authenticate)"
