"""Challenges: realistic ones as registries send them, synthetic ones of the grammar, pathological ones."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.challenge import Challenge, parse_challenges

R = 'realm="https://a/t"'
REALM = {"realm": "https://a/t"}


def bearer(**parameters: str) -> Challenge:
    return Challenge("bearer", parameters, None)


def basic(**parameters: str) -> Challenge:
    return Challenge("basic", parameters, None)


REALISTIC = {
    "docker hub": (
        (
            'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",'
            'scope="repository:samalba/my-app:pull,push"'
        ),
        [
            bearer(
                realm="https://auth.docker.io/token",
                service="registry.docker.io",
                scope="repository:samalba/my-app:pull,push",
            )
        ],
    ),
    "gcr.io, unquoted service": (
        'Bearer realm="https://gcr.io/v2/token",service=gcr.io',
        [bearer(realm="https://gcr.io/v2/token", service="gcr.io")],
    ),
    "artifact registry, no service": (
        'Bearer realm="https://us-docker.pkg.dev/v2/token"',
        [bearer(realm="https://us-docker.pkg.dev/v2/token")],
    ),
    "ecr": (
        'Basic realm="https://1.dkr.ecr.us-east-1.amazonaws.com/",service="ecr.amazonaws.com"',
        [basic(realm="https://1.dkr.ecr.us-east-1.amazonaws.com/", service="ecr.amazonaws.com")],
    ),
    "nexus": ('BASIC realm="Sonatype Nexus Repository Manager"', [basic(realm="Sonatype Nexus Repository Manager")]),
    "gitea, two lines merged": (
        (
            'Bearer realm="https://h/v2/token",service="container_registry",scope="*", '
            'Basic realm="Gitea Container Registry"'
        ),
        [
            bearer(realm="https://h/v2/token", service="container_registry", scope="*"),
            basic(realm="Gitea Container Registry"),
        ],
    ),
    "zot, unquoted with a blank": (
        "basic realm=my zot, bearer realm=http://h:5000/t?x=1",
        [basic(realm="my"), bearer(realm="http://h:5000/t?x=1")],
    ),
    "distribution, an error beside": (
        f'Bearer {R},service="s",scope="repository:a:pull",error="insufficient_scope"',
        [bearer(**REALM, service="s", scope="repository:a:pull", error="insufficient_scope")],
    ),
    "mount, two scopes in one": (
        f'Bearer {R},scope="repository:a:pull repository:b:pull,push"',
        [bearer(**REALM, scope="repository:a:pull repository:b:pull,push")],
    ),
    "a name with host and port": (
        f'Bearer {R},scope="repository:reg.io:5000/a/b:pull"',
        [bearer(**REALM, scope="repository:reg.io:5000/a/b:pull")],
    ),
    "zot, empty scope": (f'Bearer {R},service="s",scope=""', [bearer(**REALM, service="s", scope="")]),
}
SYNTHETIC = {
    "scheme alone": ("BASIC", [basic()]),
    "scheme and blanks": ("Basic  ", [basic()]),
    "mixed case": ('BaSiC ReAlM="x"', [basic(realm="x")]),
    "charset": ('Basic realm="Dev", charset="UTF-8"', [basic(realm="Dev", charset="UTF-8")]),
    "blanks around = and ,": (
        'Bearer realm = "https://a/t"   ,service=s, scope  ="x"  ',
        [bearer(**REALM, service="s", scope="x")],
    ),
    "bearer then basic": (f'Bearer {R},service="s", Basic realm="b"', [bearer(**REALM, service="s"), basic(realm="b")]),
    "bearer then basic alone": (f"Bearer {R}, Basic", [bearer(**REALM), basic()]),
    "basic alone then bearer": (f"Basic, Bearer {R}", [basic(), bearer(**REALM)]),
    "unknown then basic": ('Negotiate, Basic realm="x"', [Challenge("negotiate", {}, None), basic(realm="x")]),
    "a comma inside quotes": (
        f'Bearer {R},error_description="expired, Basic realm=x",service="s"',
        [bearer(**REALM, error_description="expired, Basic realm=x", service="s")],
    ),
    "quoted backslash": (r'Bearer service="a\\b"', [bearer(service="a\\b")]),
    "quoted quote": (r'Bearer service="a\"b", Basic', [bearer(service='a"b'), basic()]),
    "quoted plain character": (r'Bearer service="a\bc"', [bearer(service="abc")]),
    "token68": ("foo bar", [Challenge("foo", {}, "bar")]),
    "token68 with =": (
        'Negotiate oRQwEqADCgEA+/==, Basic realm="x"',
        [Challenge("negotiate", {}, "oRQwEqADCgEA+/=="), basic(realm="x")],
    ),
    "empty list elements": (f' ,, Bearer ,{R},, ,service="s" ,,', [bearer(**REALM, service="s")]),
    "tabs": (f"Bearer\t{R}\t,\tBasic", [bearer(**REALM), basic()]),
    "empty": ("", []),
    "blanks": ("  \t", []),
    "bearer alone": ("Bearer", [bearer()]),
    "the same scheme twice": ('Basic realm="a", Basic realm="b"', [basic(realm="a"), basic(realm="b")]),
}
PATHOLOGICAL = {
    "no comma between parameters": ('Basic realm="Dev" charset="UTF-8"', [basic(realm="Dev", charset="UTF-8")]),
    "two realms": (
        f'Bearer {R},Realm="https://evil/t"',
        [Challenge("bearer", REALM, None, "realm is given twice")],
    ),
    "open quote": (
        'Bearer realm="https://a/t,service=s',
        [Challenge("bearer", {"realm": "https://a/t,service=s"}, None, "the quotes of realm are not closed")],
    ),
    "open quote after a backslash": (
        'Bearer realm="x\\',
        [Challenge("bearer", {"realm": "x"}, None, "the quotes of realm are not closed")],
    ),
    "parameters of nobody": (f"{R}, Basic", [basic()]),
    "a scheme that is no token": (f'Bearer {R}, Bäsic service="evil"', [bearer(**REALM)]),
    "a quoted string of nobody": (f'"x", Bearer {R}, "y", service="s"', [bearer(**REALM, service="s")]),
    "stray =": (f"= Bearer {R} = , = Basic", [bearer(**REALM), basic()]),
    "a scheme before =": (f"Bearer == {R}", []),
    "token68 and parameters": (
        'Foo bar, realm="x"',
        [Challenge("foo", {}, "bar", "a token68 and parameters")],
    ),
    "an empty value": (f"Bearer {R},service=", [bearer(**REALM, service="")]),
    "line ends": (f"Bearer {R},\r\n service=s", [bearer(**REALM, service="s")]),
}


@pytest.mark.parametrize(("header", "challenges"), REALISTIC.values(), ids=REALISTIC)
def test_a_realistic_challenge_is_read_a4_a5(header: str, challenges: list[Challenge]) -> None:
    assert parse_challenges(header) == tuple(challenges)


@pytest.mark.parametrize(("header", "challenges"), SYNTHETIC.values(), ids=SYNTHETIC)
def test_a_synthetic_challenge_is_read_a4_a5(header: str, challenges: list[Challenge]) -> None:
    assert parse_challenges(header) == tuple(challenges)


@pytest.mark.parametrize(("header", "challenges"), PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_a_pathological_challenge_is_survived_a5(header: str, challenges: list[Challenge]) -> None:
    assert parse_challenges(header) == tuple(challenges)


@given(st.text() | st.text(alphabet='aB=", \\\t;/~é'))
def test_no_text_makes_the_parser_fail_a5(header: str) -> None:
    for challenge in parse_challenges(header):
        assert challenge.scheme == challenge.scheme.lower()
        assert all(name == name.lower() for name in challenge.parameters)


TOKEN = st.text(alphabet="abcXYZ019-._", min_size=1, max_size=8)
PARAMETERS = st.dictionaries(TOKEN.map(str.lower), st.text(max_size=20), max_size=4)


@given(st.lists(st.tuples(TOKEN, PARAMETERS), max_size=5))
def test_what_the_grammar_writes_is_read_back(challenges: list[tuple[str, dict[str, str]]]) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    header = ", ".join(
        f"{scheme} " + ", ".join(f"{name}={quoted(text)}" for name, text in parameters.items())
        for scheme, parameters in challenges
    )
    assert parse_challenges(header) == tuple(
        Challenge(scheme.lower(), parameters, None) for scheme, parameters in challenges
    )


@pytest.mark.parametrize(
    "unit",
    [",", "=", " ", '"', '""', '"" ', "\\", "a", "a ", "a,", "a=", "a=,", "a=b,", "a b,", ' ="', '\\"', 'a="b" ', "é "],
)
@pytest.mark.parametrize("start", ["", "Bearer ", 'Bearer realm="'])
def test_a_header_of_a_megabyte_is_read_in_a_second(start: str, unit: str) -> None:
    header = start + unit * (1_000_000 // len(unit))
    begun = time.process_time()
    parse_challenges(header)
    assert time.process_time() - begun < 1


def test_distinct_parameters_without_end_break_the_challenge() -> None:
    header = "Bearer " + ",".join(f"p{number}=x" for number in range(1000))
    (challenge,) = parse_challenges(header)
    assert challenge.broken == "too many parameters"


def test_a_challenge_amid_endless_junk_is_broken() -> None:
    (challenge,) = parse_challenges(f"Bearer {R} " + "x " * 5000)
    assert challenge.broken == "too long"


def test_challenges_without_end_are_cut_off() -> None:
    assert len(parse_challenges("a," * 1000)) == 32


def test_parameters_cannot_be_changed() -> None:
    (challenge,) = parse_challenges(f"Bearer {R}")
    with pytest.raises(TypeError):
        challenge.parameters["realm"] = "https://evil/t"  # type: ignore[index]
