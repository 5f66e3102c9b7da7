from app.oci.digest import digest_of
from app.state.base_model import BaseCheck


def test_an_answer_is_told_from_another_by_its_digest() -> None:
    known = BaseCheck("debian:12", "known", digest_of(b"a"))
    assert known != known._replace(digest=digest_of(b"b"))
    assert known == BaseCheck("debian:12", "known", digest_of(b"a"), "")
