"""Pages of a sorted list, with the Link header that leads to the next one."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from playground.answer import Answer, Json, error, json_answer

CATALOG_PAGE = 100
MOST = 1000  # distribution's default limit; more is an error, not a shorter page


def page_answer(
    path: str, query: Mapping[str, str], document: dict[str, Json], key: str, names: Sequence[str]
) -> Answer:
    """The page that ?n=&last= asks for, as document[key]; names are sorted.

    Distribution-spec, "Listing Tags": names after `last`, at most n of them, and a Link while there are more. Without
    n a catalog has pages of 100, while a list of tags has no pages at all: so does distribution.
    """
    size = CATALOG_PAGE if key == "repositories" else len(names)
    if text := query.get("n", ""):
        if not (text.isascii() and text.isdigit()) or int(text) > MOST:
            return error("PAGINATION_NUMBER_INVALID", detail={"n": text})
        size = int(text)
    begin = bisect_right(names, query["last"]) if query.get("last") else 0
    page = list(names[begin : begin + size])
    answer = json_answer({**document, key: list[Json](page)})
    if page and begin + size < len(names):
        # Relative, as the specification allows and distribution does: behind a proxy an absolute one goes wrong.
        answer.headers["Link"] = f'<{path}?{urlencode({"last": page[-1], "n": size})}>; rel="next"'
    return answer
