import zipfile
from pathlib import Path

import pytest

from tools.stdlib import Unreadable, imports, roots


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    file = tmp_path / "jwt.whl"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("jwt/api.py", "import shelve\nfrom cryptography import x509\n")
        archive.writestr("jwt/py.typed", "")
    return file


def test_imports_inside_functions_count(tmp_path: Path, wheel: Path) -> None:
    app = tmp_path / "app"
    app.mkdir()
    (app / "page.py").write_text("def later():\n    from wsgiref import util\n")
    found = roots(app, wheel)
    assert {"wsgiref", "wsgiref.util", "shelve"} <= set(found)


def test_what_is_not_of_the_library_is_no_root(tmp_path: Path, wheel: Path) -> None:
    app = tmp_path / "app"
    app.mkdir()
    (app / "page.py").write_text("from app.oci import digest\nimport js, polyscript\n")
    assert {name.split(".")[0] for name in roots(app, wheel)}.isdisjoint({"app", "js", "polyscript", "cryptography"})


def test_a_source_that_does_not_parse_is_named_with_its_line() -> None:
    with pytest.raises(Unreadable, match=r"app/page\.py: line 2"):
        list(imports(b"x = 1\ny = (\n", "app/page.py"))
