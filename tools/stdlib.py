"""Which modules of Pyodide's standard library go into the page: what is imported there, and what these need in turn."""

import ast
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

# Never written as an import in our sources, but asked for by the interpreter or the library when they need it.
ASKED_FOR_BY_THE_INTERPRETER = (
    "_pylong",  # int(text) and str(int) of thousands of digits
    "_strptime",  # datetime.strptime, time.strptime
    "encodings.ascii",
    "encodings.cp437",  # names in a zip without the UTF-8 flag
    "encodings.idna",  # host names outside ASCII
    "encodings.latin_1",
    "encodings.punycode",
    "encodings.raw_unicode_escape",
    "encodings.unicode_escape",
    "encodings.utf_16",  # json.loads of bytes guesses among all of these; an unknown one would be a LookupError
    "encodings.utf_16_be",
    "encodings.utf_16_le",
    "encodings.utf_32",
    "encodings.utf_32_be",
    "encodings.utf_32_le",
    "encodings.utf_8_sig",
    "pyodide.http",
)

# What rooms still to be written are sure to reach for: layers (tar, gzip, zstd), trust (dates, base64, hashes), the
# configuration (TOML). Kept so that a new import there needs no new set-up; all together 5 % of the zip.
KEPT_FOR_LATER = (
    "base64",
    "binascii",
    "calendar",
    "compression.zstd",
    "csv",
    "datetime",
    "difflib",
    "gzip",
    "hashlib",
    "hmac",
    "html",
    "html.parser",
    "ipaddress",
    "secrets",
    "string",
    "tarfile",
    "textwrap",
    "tomllib",
    "unicodedata",
    "urllib.parse",
    "uuid",
    "zipfile",
)

# Imported under `try`, or for other systems, by modules that do without them.
LEFT_OUT = (
    "_pydatetime",  # written in C here, like the next ones
    "_pydecimal",
    "_py_abc",
    "_pyio",
    "asyncio.proactor_events",
    "asyncio.windows_events",
    "asyncio.windows_utils",
    "encodings._win_cp_codecs",
)


class Unreadable(Exception):
    """A source that does not parse: `file` and the parser's `reason`."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


def roots(app: Path, wheel: Path) -> list[str]:
    """Names of all that app/ and the wheel import, also inside functions, and the two lists above; sorted."""
    found = {*ASKED_FOR_BY_THE_INTERPRETER, *KEPT_FOR_LATER}
    for file in sorted(app.rglob("*.py")):
        found.update(imports(file.read_bytes(), str(file)))
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".py"):
                found.update(imports(archive.read(name), name))
    return sorted(name for name in found if name.split(".")[0] in LIBRARY)


def imports(source: bytes, file: str) -> Iterator[str]:
    """Absolute names imported anywhere in a source; `from a import b` gives `a` and `a.b`."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise Unreadable(file, f"line {error.lineno}: {error.msg}") from error
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def top_level(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.split(".")[0] for name in names)


# The names this Python knows, and those that are newer than it or Pyodide's own.
LIBRARY = top_level(sys.stdlib_module_names) | {"annotationlib", "compression", "pyodide", "_pyodide"}
