import pytest

from app.oci.grammar import GrammarError, credentials_at, masked, named

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("user:secret@host/name", "***********@host/name"),
        ("https://user:secret@host/name", "https://***********@host/name"),
        ("docker pull user:secret@host/name", "docker pull ***********@host/name"),
        ("user:pa/ss@host/name", "**********@host/name"),
        ("user:p@ss@host", "*********@host"),
        (f"user:secret@host/name@{DIGEST}", f"***********@host/name@{DIGEST}"),
    ],
)
def test_what_stands_before_a_host_is_masked_at_the_same_length(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert len(shown) == len(text)


@pytest.mark.parametrize("text", ["redis:7", f"redis@{DIGEST}", "redis@sha256:short", "a@blake3:0", ""])
def test_a_digest_is_no_password(text: str) -> None:
    assert masked(text) == text
    assert credentials_at(text) is None


def test_an_error_shows_no_password_in_any_form() -> None:
    error = GrammarError("user:secret@host/Name", 17, "Names are lower case.")
    assert "secret" not in f"{error} {error!r} {error.args} {error.text}"
    assert error.position == 17


def test_an_error_counts_characters_from_one_for_people() -> None:
    assert str(GrammarError("aB", 1, "Lower case.")) == "Lower case. (character 2)"


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("@", "“@”"),
        (" ", "a space"),
        ("\n", "a line break"),
        ("\u200b", "the invisible character U+200B"),
        ("", "the end"),
    ],
)
def test_a_character_is_named_for_people(character: str, name: str) -> None:
    assert named(character) == name
