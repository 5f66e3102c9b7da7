"""The kinds of pages, and that naming them costs nothing at the start."""

import subprocess
import sys


def test_naming_the_kinds_imports_no_page() -> None:
    code = "import sys, app.state.page; print([name for name in sys.modules if name.startswith('app.state.')])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "['app.state.page']"
