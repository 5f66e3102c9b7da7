import time
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.client.link import next_page
from app.oci.origin import origin_of

BASE = "https://r:5000/v2/a/tags/list?n=2"
NEXT = "https://r:5000/v2/a/tags/list?n=2&last=b"


@pytest.mark.parametrize(
    "header",
    [
        '</v2/a/tags/list?n=2&last=b>; rel="next"',
        '<?n=2&last=b>; rel="next"',
        '<list?n=2&last=b>; rel="next"',
        '<https://r:5000/v2/a/tags/list?n=2&last=b>; rel="next"',
        '<HTTPS://R:5000/v2/a/tags/list?n=2&last=b>; rel="next"',
        '<//r:5000/v2/a/tags/list?n=2&last=b>; rel="next"',
        "</v2/a/tags/list?n=2&last=b>; rel=next",
        '</v2/a/tags/list?n=2&last=b>; rel="next last"',
        '</v2/a/tags/list?n=2&last=b>; rel="last next"',
        '</v2/a/tags/list?n=2&last=b>; REL="Next"',
        '</v2/a/tags/list?n=2&last=b>;rel="next"',
        '  </v2/a/tags/list?n=2&last=b>  ;  rel  =  "next"  ',
        '</v2/a/tags/list?n=2&last=b>; title="a, b; c"; rel="next"',
        '</v2/a/tags/list?n=2&last=b>; title="say \\"hi\\""; rel="next"',
        '</v2/a/tags/list?n=2&last=b>; crossorigin; rel="next"',
        '</v2/a/tags/list?n=2&last=b>;; rel="next";',
        '</v2/a/tags/list?n=2&last=b#part>; rel="next"',
        '</v2/a/tags/list?n=2&last=b>; rel="n\\ext"',
    ],
)
def test_a_next_page_of_the_same_origin_is_followed(header: str) -> None:
    assert next_page(BASE, header) == NEXT


@pytest.mark.parametrize(
    "target",
    [
        "https://evil/v2/a/tags/list?n=2&last=b",
        "//evil/v2/a/tags/list",
        "https://r/v2/a/tags/list",
        "https://r:5001/v2/a/tags/list",
        "http://r:5000/v2/a/tags/list",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://user:word@r:5000/v2/",
        "https://evil\\@r:5000/v2/",
        "https://r:5000@evil/v2/",
        "https:\\\\evil/v2/",
        "/\\evil/v2/",
        "java\tscript:alert(1)",
        "/v2/a b",
        "https://r:99999/v2/",
        "https://[::1/v2/",
        "https://",
        "https:v2/a/tags/list?n=2&last=b",
        "",
        "#next",
    ],
)
def test_a_page_elsewhere_is_refused(target: str) -> None:
    assert next_page(BASE, f'<{target}>; rel="next"') is None


@pytest.mark.parametrize(
    "header",
    [
        "",
        "next",
        "</v2/a>",
        '</v2/a>; rel="last"',
        '</v2/a>; rel="nextish"',
        '</v2/a>; rel="last"; rel="next"',
        '</v2/a; rel="next"',
        '/v2/a; rel="next"',
        '</v2/a>; title="rel=next"',
        ">",
        "<>",
        '<>; rel="next"',
    ],
)
def test_a_header_without_a_next_page_gives_none(header: str) -> None:
    assert next_page(BASE, header) is None


def test_an_opaque_token_goes_back_to_the_letter() -> None:
    token = "gAAAA%3D%3d_~-é+/.../%2F=="
    assert next_page(BASE, f'</v2/_catalog?next_page={token}>; rel="next"') == (
        f"https://r:5000/v2/_catalog?next_page={token}"
    )


def test_a_name_that_zot_did_not_encode_is_followed() -> None:
    assert next_page(BASE, '</v2/_catalog?n=2&last=a/b>; rel="next"') == "https://r:5000/v2/_catalog?n=2&last=a/b"


@pytest.mark.parametrize(
    "header",
    [
        '</v2/x>; rel="prev", <?n=2&last=b>; rel="next"',
        '</v2/x,y>; rel="prev", <?n=2&last=b>; rel="next"',
        '<?n=2&last=b>; rel="next", </v2/x>; rel="next"',
        "</v2/x>, <?n=2&last=b>; rel=next, </v2/y>; rel=last",
        'rubbish, <?n=2&last=b>; rel="next"',
        ', ,<?n=2&last=b>; rel="next"',
        "</v2/x>; rel=prev,<?n=2&last=b>;rel=next",
    ],
)
def test_the_first_next_of_several_links_is_taken(header: str) -> None:
    assert next_page(BASE, header) == NEXT


def test_a_comma_inside_the_angle_brackets_belongs_to_the_target() -> None:
    assert next_page(BASE, '<?last=a,b&n=2>; rel="next"') == "https://r:5000/v2/a/tags/list?last=a,b&n=2"


def test_a_port_that_is_the_schemes_own_may_be_left_out() -> None:
    assert next_page("https://r:443/v2/_catalog", '<https://r/v2/_catalog?last=b>; rel="next"') == (
        "https://r/v2/_catalog?last=b"
    )


def test_a_target_longer_than_any_registrys_is_refused() -> None:
    assert next_page(BASE, f'<?last={"b" * 10_000}>; rel="next"') is None


@given(st.text())
def test_no_header_raises(header: str) -> None:
    next_page(BASE, header)


@given(st.text(alphabet='<>;,="\\ \tnextrlREL/?#@:[]%') | st.text(alphabet='<>;,="\\ '))
def test_no_header_of_its_own_characters_raises(header: str) -> None:
    next_page(BASE, header)


@given(st.text(min_size=1), st.sampled_from(["", "/", "//", "https:", "https://", "https://r:5000", "?"]))
def test_whatever_is_followed_stays_at_the_origin(text: str, start: str) -> None:
    found = next_page(BASE, f'<{start}{text}>; rel="next"')
    assert found is None or (origin_of(found) == origin_of(BASE) and found.startswith("https://r:5000/"))


@given(st.text(alphabet="abcXYZ019-._~%2F+=&,;:@!$'()*/?", min_size=1))
def test_the_query_of_a_followed_page_is_unchanged(query: str) -> None:
    found = next_page(BASE, f'</v2/_catalog?{query}>; rel="next"')
    assert found == f"https://r:5000/v2/_catalog?{query}"
    assert urlsplit(found).netloc == "r:5000"


@pytest.mark.parametrize(
    "piece",
    ["<", "<,", "<a,", '"', '\\"', ";", ",", "a=", '</a>;a="', "</a>;rel=", " ", "</a>;", '="\\" ', "<a>;x=\\", "<a>"],
)
def test_a_megabyte_of_anything_is_read_in_time(piece: str) -> None:
    started = time.perf_counter()
    next_page(BASE, piece * (1_000_000 // len(piece)))
    assert time.perf_counter() - started < 5
