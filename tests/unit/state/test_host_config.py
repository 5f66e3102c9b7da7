import pytest

from app.oci.origin import parse_origin
from app.state.host_config import DEFAULT, HostConfig, HostRegistry, offered_origins, parse_build, parse_host_config


def test_without_a_table_there_is_the_default() -> None:
    assert parse_host_config("name = 'x'") == DEFAULT == HostConfig("Portolan", (), ())


def test_the_title_and_the_registries_are_read() -> None:
    text = """
    [portolan]
    title = " Our charts "
    registries = [{url = "http://127.0.0.1:5001", name = "Sample"}, {url = "https://ghcr.io/"}]
    """
    assert parse_host_config(text) == HostConfig(
        "Our charts",
        (
            HostRegistry(parse_origin("http://127.0.0.1:5001"), "Sample"),
            HostRegistry(parse_origin("https://ghcr.io"), "ghcr.io"),
        ),
        (),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[portolan", "cannot be read"),
        ("portolan = 1", "not a table"),
        ("[portolan]\ncolour = 1", "“colour”"),
        ("[portolan]\ntitle = 1", "title"),
        ("[portolan]\ntitle = ' '", "title"),
        ("[portolan]\nregistries = 1", "entry 1"),
        ("[portolan]\nregistries = [1]", "entry 1"),
        ("[portolan]\nregistries = [{name = 'x'}]", "entry 1"),
        ("[portolan]\nregistries = [{url = 'ftp://x'}]", "entry 1"),
        ("[portolan]\nregistries = [{url = 'https://a.example', color = 1}]", "“color”"),
        ("[portolan]\nregistries = [{url = 'https://a.example', name = 1}]", "name"),
        ("[portolan]\nregistries = [{url = 'https://a.example', name = ''}]", "name"),
        ("[portolan]\nregistries = [{url = 'https://a.example', realms = [1]}]", "realms"),
        ("[portolan]\nregistries = [{url = 'https://a.example', storage = ['a.example']}]", "storage"),
        ("[portolan]\nonly = 1", "only"),
        ("[portolan]\nplayground = 'ftp://x'", "playground"),
        ("[portolan]\nplayground = 1.5", "playground"),
    ],
)
def test_what_is_not_understood_is_one_warning(text: str, said: str) -> None:
    config = parse_host_config(text)
    assert len(config.warnings) == 1
    assert said in config.warnings[0]
    assert config.title == "Portolan"


def test_where_the_playground_is_played_is_read() -> None:
    text = "[portolan]\nplayground = 'http://127.0.0.1:5006'"
    assert parse_host_config(text) == DEFAULT._replace(playground=parse_origin("http://127.0.0.1:5006"))


def test_token_services_and_storages_are_read_with_their_registry() -> None:
    text = """[portolan]
    registries = [{url = "https://a.example", realms = ["https://t.example/token?x=1"], storage = "https://s.example"}]
    """
    registry = parse_host_config(text).registries[0]
    assert [str(origin) for origin in (*registry.realms, *registry.storage)] == [
        "https://t.example",
        "https://s.example",
    ]


def test_a_copy_for_certain_registries_reads_what_was_named_with_them() -> None:
    text = """[portolan]
    only = true
    registries = [
      {url = "https://docker.io", realms = ["https://auth.docker.io/token"]},
      {url = "https://a.example", storage = ["https://auth.docker.io"]},
    ]
    """
    config = parse_host_config(text)
    assert config.only
    assert offered_origins(config) == (
        "https://registry-1.docker.io",
        "https://auth.docker.io",
        "https://a.example",
    )


def test_a_choice_that_is_not_understood_closes_the_copy() -> None:
    assert parse_host_config('[portolan]\nonly = "no"').only
    assert not parse_host_config("[portolan]\nonly = false").only


def test_a_registry_with_a_bad_name_goes_by_its_address() -> None:
    config = parse_host_config("[portolan]\nregistries = [{url = 'https://a.example', name = ''}]")
    assert config.registries == (HostRegistry(parse_origin("https://a.example"), "a.example"),)


def test_one_bad_registry_does_not_take_the_others_along() -> None:
    config = parse_host_config("[portolan]\nregistries = [{url = 'x y'}, {url = 'https://a.example'}]")
    assert [registry.name for registry in config.registries] == ["a.example"]
    assert "entry 1" in config.warnings[0]


def test_a_build_goes_by_its_version_and_its_hash() -> None:
    assert parse_build('{"version": "0.1.0", "build": "0123456789abcdef"}') == "0.1.0 · 0123456789ab"


@pytest.mark.parametrize("text", ["", "[]", "{}", "1", '{"version": "1"}', '{"version": "1", "build": 2}'])
def test_a_build_that_says_nothing_has_no_name(text: str) -> None:
    assert parse_build(text) == ""
