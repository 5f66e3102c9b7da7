import ast
import inspect
import typing

import pytest

from app.auth import use_cases
from app.auth.observation import Status
from app.auth.use_cases import USE_CASES
from app.view.use_case_words import case_title, fact_name, kind_of_case, observation_words, status_words


@pytest.mark.parametrize("case", [one.id for one in USE_CASES])
def test_every_use_case_has_a_title(case: str) -> None:
    assert case_title(case) != case.replace("-", " ")


def test_every_code_that_is_observed_is_a_sentence() -> None:
    # The codes are the second text in each call that makes an observation.
    names = {"seen": 1, "unseen": 1, "Observation": 2}
    codes = {"not-yet", "allowed", "unsupported", "hidden", "rate-limited", "denied", "failed"}
    for node in ast.walk(ast.parse(inspect.getsource(use_cases))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            for given in node.args[names[node.func.id] : names[node.func.id] + 1]:
                codes |= {str(one.value) for one in ast.walk(given) if isinstance(one, ast.Constant)}
    codes -= {"ok"}
    assert len(codes) > 25
    for code in codes:
        told = [observation_words(case.id, code) for case in USE_CASES]
        assert any(not one.startswith(code.replace("-", " ").capitalize() + ".") for one in told), code


def test_every_status_has_words_of_its_own() -> None:
    words = [status_words(status) for status in typing.get_args(Status)]
    assert len(set(words)) == len(words) == 5


def test_one_code_may_mean_something_else_in_another_use_case() -> None:
    assert observation_words("anonymous", "refused") != observation_words("expired-token", "refused")
    assert observation_words("catalog", "denied") != observation_words("other-action", "denied")


def test_what_the_working_group_leaves_to_others_is_said() -> None:
    assert kind_of_case("external") == "left to others"


def test_a_fact_of_another_version_stands_for_itself() -> None:
    assert fact_name("some-thing") == "some thing"
