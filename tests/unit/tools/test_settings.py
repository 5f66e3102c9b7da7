import tomllib

from hypothesis import given
from hypothesis import strategies as st

from tools.settings import table_lines, with_registries

KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
SCALARS = st.one_of(st.booleans(), st.integers(-(2**60), 2**60), st.text(st.characters(exclude_categories=["Cs"])))
VALUES = st.recursive(
    st.one_of(SCALARS, st.lists(SCALARS, max_size=3)),
    lambda inner: st.one_of(
        st.dictionaries(KEYS, inner, max_size=3), st.lists(st.dictionaries(KEYS, inner, max_size=3), max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_what_is_written_reads_back_the_same(settings: dict[str, object]) -> None:
    assert tomllib.loads("\n".join(table_lines((), settings))) == settings  # type: ignore[arg-type]


def test_the_registries_are_set_and_the_rest_stays() -> None:
    source = (
        '[files]\n"./static/vendor/app.zip" = "./*"\n[portolan]\ntitle = "Ours"\nregistries = [{url = "https://old"}]\n'
    )
    found = tomllib.loads(with_registries(source, [{"url": "http://127.0.0.1:5001", "name": "Sample, plain"}]))
    assert found == {
        "files": {"./static/vendor/app.zip": "./*"},
        "portolan": {"title": "Ours", "registries": [{"url": "http://127.0.0.1:5001", "name": "Sample, plain"}]},
    }


def test_the_playground_is_named_where_there_is_one() -> None:
    found = tomllib.loads(with_registries("", [], "http://127.0.0.1:5006"))
    assert found["portolan"]["playground"] == "http://127.0.0.1:5006"


def test_a_file_without_a_table_of_ours_gets_one() -> None:
    assert tomllib.loads(with_registries("", [{"url": "http://a"}])) == {
        "portolan": {"registries": [{"url": "http://a"}]}
    }


def test_registries_are_tables_of_their_own_since_pyscript_cannot_read_inline_ones() -> None:
    assert "[[portolan.registries]]" in with_registries("", [{"url": "http://a"}])
