import pytest

from app.view.explanation import Place, Scene, denied, elsewhere, thing, words_of

SCENE = Scene("manifest", "registry.example.net", "harbour/tide-gauge", "2.4.1", None)


def test_a_thing_is_named_as_one_would_pull_it() -> None:
    assert thing(SCENE) == "The manifest harbour/tide-gauge:2.4.1"
    assert thing(SCENE._replace(reference="sha256:0")) == "The manifest harbour/tide-gauge@sha256:0"


@pytest.mark.parametrize(
    ("place", "actions"), [("manifest", ("tags",)), ("blob", ("tags",)), ("tags", ("registry",)), ("catalog", ())]
)
def test_each_place_leads_one_step_up(place: Place, actions: tuple[str, ...]) -> None:
    assert elsewhere(SCENE._replace(place=place)) == actions


def test_a_closed_list_still_opens_by_name() -> None:
    words = denied(SCENE._replace(place="catalog"), ("registry:catalog:*",))
    assert words.actions[0] == "repository"
    assert words.facts == (("Refusal", "not signed in"), ("Scope refused", "registry:catalog:*"))


def test_words_have_no_request_of_their_own_until_given() -> None:
    assert words_of("info", "A", "B.", "retry").request is None
