import json

from app.oci.config import ImageConfig, layer_history, parse_config
from app.oci.manifest import Manifest
from app.state.route import parse_route
from app.view.base_image import BaseImage
from app.view.dockerfile import MOST, broken, dockerfile, dockerfile_text
from app.view.markup import render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import CONFIG, IMAGE, MANIFEST

assert isinstance(IMAGE.document, Manifest)
LAYERS = IMAGE.document.layers


def shown(config: ImageConfig = CONFIG, route: str = MANIFEST) -> Node:
    return read(render(dockerfile(parse_route(route), config, LAYERS, None)))


def text(*lines: str, base: BaseImage | None = None) -> str:
    history = [{"created_by": line} for line in lines]
    return dockerfile_text(layer_history(parse_config(json.dumps({"history": history}).encode()), LAYERS), base)


def test_each_line_stands_beside_its_layer_its_size_and_its_files() -> None:
    lines = [line.text.replace("\n", "") for line in shown().all("li")]
    assert lines == [
        "FROM scratch",
        "ADD rootfs.tar.xz / layer 1 · 3.0 MB · files",
        'CMD ["sh"]no layer',
        "RUN make install layer 2 · 1.0 MB · files",
    ]


def test_the_files_of_a_line_are_those_of_its_layer_and_platform() -> None:
    links = shown(route=f"{MANIFEST}?platform=linux/amd64").all("a")
    assert [link["href"].partition("?")[2] for link in links] == [
        "platform=linux%2Famd64&layer=1",
        "platform=linux%2Famd64&layer=2",
    ]
    assert links[0]["aria-label"] == "Files of layer 1"


def test_it_can_be_copied_as_a_dockerfile() -> None:
    assert shown().one("button")["data-copy"] == 'FROM scratch\nADD rootfs.tar.xz /\nCMD ["sh"]\nRUN make install\n'


def test_the_base_image_is_named_where_it_is_known() -> None:
    assert text(base=BaseImage("debian:12", None)).startswith("# Built on debian:12,")


def test_what_is_no_instruction_is_a_comment() -> None:
    assert "# bazel build //image\n# second" in text("bazel build //image\nsecond")
    assert "# no instruction recorded" in text("")


def test_sources_known_by_their_hash_keep_it() -> None:
    assert "ADD file:0123abc /\n" in text("/bin/sh -c #(nop) ADD file:0123abc in / ")


def test_a_long_command_is_cut_between_its_parts_and_not_in_quotes() -> None:
    command = "apt-get update && apt-get install -y curl && echo 'a && b; c' > /etc/motd; rm -rf /var/lib/apt/lists/*"
    assert broken(command).splitlines() == [
        "apt-get update \\",
        "    && apt-get install -y curl \\",
        "    && echo 'a && b; c' > /etc/motd; \\",
        "    rm -rf /var/lib/apt/lists/*",
    ]


def test_a_command_of_several_lines_stays_one_instruction() -> None:
    assert broken("make \\\n all\ninstall") == "make  \\\n all \\\ninstall"


def test_a_short_command_stays_on_its_line() -> None:
    assert broken("make && make install") == "make && make install"


def test_an_endless_history_is_cut_and_says_so() -> None:
    history = [{"created_by": "ENV A=b", "empty_layer": True}] * (MOST + 3)  # and two layers without a line
    node = shown(parse_config(json.dumps({"history": history}).encode()))
    assert "5 lines more in the config" in node.text


def test_an_instruction_of_somebody_else_is_text() -> None:
    history = [{"created_by": "RUN echo <b>\u202e"}]
    node = shown(parse_config(json.dumps({"history": history}).encode()))
    assert node.all("b") == []
    assert "\\u202e" in node.text
