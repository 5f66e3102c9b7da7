"""What an examination came to."""

from app.cors.diagnosis import ALTERNATIVES, Diagnosis, Ruling
from app.cors.verdict import CAUSES


def ruling(verdict: str, url: str = "https://registry.example/v2/") -> Ruling:
    return Ruling(verdict, url, (), None, (1,))


def test_the_rulings_stand_worst_first_in_whatever_order_they_came() -> None:
    diagnosis = Diagnosis().add(ruling("link-not-exposed")).add(ruling("token-timeout")).add(ruling("timeout"))
    assert diagnosis.verdicts == ("timeout", "token-timeout", "link-not-exposed")
    assert tuple(each.verdict for each in diagnosis.rulings) == diagnosis.verdicts


def test_the_first_ruling_of_a_verdict_stays() -> None:
    diagnosis = Diagnosis().add(ruling("timeout")).add(ruling("timeout", "https://registry.example/other"))
    assert [each.url for each in diagnosis.rulings] == ["https://registry.example/v2/"]


def test_nothing_wrong_is_ok_only_at_the_end() -> None:
    assert Diagnosis().verdicts == ()
    assert Diagnosis(ended=True).verdicts == ("ok",)


def test_a_ruling_knows_whose_answer_has_to_change() -> None:
    assert ruling("token-timeout").target == "token"


def test_alternatives_are_those_of_verdicts() -> None:
    assert set(ALTERNATIVES) <= set(CAUSES)
