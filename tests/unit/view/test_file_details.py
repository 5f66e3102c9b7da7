import pytest

from tests.unit.layers.layer_kit import info, link, tar_of
from tests.unit.state.fake_files import ABOVE, BELOW, FILES, Registry
from tests.unit.view.files_states import page_of


def linked() -> Registry:
    registry = Registry()
    fifo = info("pipe", b"6")
    device = info("null", b"3", devmajor=1, devminor=3)
    twin = info("twin", b"1", linkname="tool")
    members = (
        ("tool", b"tool\n"),
        twin,
        link("way", "tool"),
        link("loop", "loop"),
        link("lost", "/nowhere"),
        fifo,
        device,
    )
    registry.image(registry.layer(*members, data=tar_of(*members), mediaType="application/vnd.oci.image.layer.v1.tar"))
    return registry


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("way", "A symbolic link to tool , which is /tool"),
        ("loop", "following it never ends"),
        ("lost", "nothing is there in this image"),
        ("pipe", "A named pipe has no contents in the layer."),
        ("null", "character device"),
        ("twin", "hard link"),
    ],
)
def test_what_is_no_plain_file_says_what_it_is(path: str, said: str) -> None:
    assert said.replace(" ,", ",") in page_of(f"{FILES}/{path}", linked()).words.replace(" ,", ",")


def test_a_device_has_its_numbers() -> None:
    assert "1, 3" in page_of(f"{FILES}/null", linked()).words


def test_attributes_are_shown_as_text_or_in_hex() -> None:
    registry = Registry()
    member = info("capable", pax_headers={"SCHILY.xattr.user.note": "calm", "SCHILY.xattr.security.raw": "\x01\x02"})
    registry.image(registry.layer(member, ("other", b"")))
    codes = [one.words for one in page_of(f"{FILES}/capable", registry).one("dl.kv").all("code")]
    assert codes[-4:] == ["user.note", "calm", "security.raw", "01 02"]


def test_a_hidden_file_says_what_hides_it() -> None:
    said = {"replaced.txt": "replaced in layer 2: a container does not see it", "gone.txt": "deleted in layer 2"}
    for name, words in said.items():
        # Only where the layers above have been read is it known.
        assert words in page_of(FILES, None, f"{FILES}/data/{name}?layer=1").words


def test_an_odd_name_is_shown_as_it_was_written() -> None:
    registry = Registry()
    registry.image(registry.layer(("../../etc/passwd", b"x"), *BELOW, *ABOVE))
    words = page_of(f"{FILES}/etc/passwd", registry).words
    assert "../../etc/passwd" in words
    assert "climbs by .." in words
