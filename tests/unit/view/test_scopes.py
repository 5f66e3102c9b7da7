import pytest

from app.view.scopes import in_words


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ("registry:catalog:*", "list the repositories"),
        ("repository:team/app:pull", "read team/app"),
        ("repository:team/app:pull,push", "read and write team/app"),
        ("repository:team/app:pull,push,delete", "read, write and delete team/app"),
        ("repository(plugin):team/app:pull", "read team/app"),
        ("repository:host:5000/app:pull", "read host:5000/app"),
        ("repository:team/app:metadata_read", "metadata_read team/app"),
        ("repository:team/app:", "no access to team/app"),
    ],
)
def test_scopes_in_words(scope: str, said: str) -> None:
    assert in_words(scope) == said


@pytest.mark.parametrize("scope", ["", "*", "aws", "repository::pull", "a:b:c"])
def test_a_scope_of_no_known_kind_is_left_to_speak_for_itself(scope: str) -> None:
    assert in_words(scope) == "what the registry calls:"


def test_a_hostile_name_hides_nothing() -> None:
    assert in_words("repository:a\u202eb:pull") == "read a\\u202eb"
