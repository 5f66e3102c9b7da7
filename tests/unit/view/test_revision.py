import pytest

from app.view.revision import commit_page


@pytest.mark.parametrize(
    ("source", "revision", "page"),
    [
        ("https://github.com/a/b", "4b7a1f0", "https://github.com/a/b/commit/4b7a1f0"),
        ("https://github.com/a/b.git", "4b7a1f0", "https://github.com/a/b/commit/4b7a1f0"),
        ("git+https://github.com/a/b#main", "4b7a1f0", "https://github.com/a/b/commit/4b7a1f0"),
        ("https://gitlab.com/g/s/p/", "4b7a1f0", "https://gitlab.com/g/s/p/-/commit/4b7a1f0"),
        ("https://bitbucket.org/a/b", "4b7a1f0", "https://bitbucket.org/a/b/commits/4b7a1f0"),
        ("https://github.com/a/b", "main@sha1:4b7a1f0", "https://github.com/a/b/commit/4b7a1f0"),
        ("https://git.example/a/b", "4b7a1f0", None),
        ("https://github.com/a", "4b7a1f0", None),
        ("https://github.com/a/b", "v1.0", None),
        ("https://github.com/a/b?x=1", "4b7a1f0", None),
        ("https://u:p@github.com/a/b", "4b7a1f0", None),
        ("ssh://git@github.com/a/b", "4b7a1f0", None),
        ("javascript:alert(1)", "4b7a1f0", None),
        ("", "4b7a1f0", None),
    ],
)
def test_a_commit_has_a_page_where_the_host_is_known(source: str, revision: str, page: str | None) -> None:
    assert commit_page(source, revision) == page
