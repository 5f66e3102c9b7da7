import pytest

from app.state.messages import (
    Command,
    Granted,
    Input,
    Message,
    Navigate,
    Near,
    Resume,
    Start,
    Submit,
    UnknownMessage,
    parse_message,
)


class JsNull:
    """What newer versions of Pyodide make of null."""


@pytest.mark.parametrize(
    ("kind", "args", "message"),
    [
        (
            "start",
            [{"nav": 2, "hash": "#/a", "kept": {"theme": "dark"}, "secure": True, "extension": False}],
            Start(2, "#/a", {"theme": "dark"}, secure=True, extension=False),
        ),
        (
            "start",
            [{"nav": 0, "hash": "", "kept": {}, "secure": True, "extension": True, "granted": ["https://r.example"]}],
            Start(0, "", {}, secure=True, extension=True, granted=("https://r.example",)),
        ),
        ("navigate", [3, "#/b"], Navigate(3, "#/b")),
        ("submit", ["open", {"reference": "redis"}], Submit("open", {"reference": "redis"})),
        ("input", ["filter", "x"], Input("filter", "x")),
        ("command", ["sort", {"by": "name"}], Command("sort", {"by": "name"})),
        ("near", ["rows", [0, 1]], Near("rows", (0, 1))),
        ("granted", [["https://r.example"], True], Granted(("https://r.example",), ok=True)),
    ],
)
def test_what_the_shell_tells_becomes_a_value(kind: str, args: list[object], message: Message) -> None:
    assert parse_message(kind, args) == message


def test_the_page_was_woken() -> None:
    assert isinstance(parse_message("resume", []), Resume)


@pytest.mark.parametrize("kept", [None, JsNull(), "x"])
def test_a_browser_that_keeps_nothing_has_kept_nothing(kept: object) -> None:
    message = parse_message("start", [{"nav": 0, "hash": "", "kept": kept, "secure": True, "extension": False}])
    assert isinstance(message, Start)
    assert message.kept is None


@pytest.mark.parametrize(
    ("kind", "args"),
    [
        ("unheard-of", []),
        ("navigate", ["#/b", 3]),
        ("navigate", [3]),
        ("start", [{"nav": 0}]),
        ("submit", [1, {}]),
        ("command", ["sort"]),
        ("near", ["rows", 1]),
        ("granted", ["https://r.example", True]),
    ],
)
def test_a_message_of_another_shape_is_of_another_version(kind: str, args: list[object]) -> None:
    with pytest.raises(UnknownMessage):
        parse_message(kind, args)


def test_what_is_no_text_among_the_fields_is_left_out() -> None:
    assert parse_message("submit", ["open", {"a": "x", "b": 1, "c": None}]) == Submit("open", {"a": "x"})


def test_what_is_no_number_among_the_chunks_is_left_out() -> None:
    assert parse_message("near", ["rows", [0, "1", None, 2]]) == Near("rows", (0, 2))


def test_a_half_character_is_replaced_and_a_whole_one_is_not() -> None:
    assert parse_message("input", ["filter", "a\ud83d b\U0001f600 é"]) == Input("filter", "a\ufffd b\U0001f600 é")


def test_null_among_the_arguments_of_a_command_is_none_and_so_is_what_no_command_takes() -> None:
    args = {"a": JsNull(), "b": None, "c": ["x"], "d": True, "e": 1.5, "f": "\ud83d"}
    plain = {"a": None, "b": None, "c": None, "d": True, "e": 1.5, "f": "\ufffd"}
    assert parse_message("command", ["x", args]) == Command("x", plain)
