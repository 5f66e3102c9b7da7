"""Which language a text is in, by its name or its first line, and its words for cheap colouring."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Language = Literal[
    "c", "css", "dockerfile", "go", "html", "ini", "javascript", "json", "lua", "makefile", "perl", "php", "python",
    "ruby", "rust", "shell", "sql", "toml", "xml", "yaml",
]  # fmt: skip

TokenKind = Literal["comment", "string", "number", "keyword", "plain"]


def _turned(words: dict[Language, str]) -> dict[str, Language]:
    return {word: of for of, listed in words.items() for word in listed.split()}


_ENDINGS: dict[str, Language] = _turned(
    {
        "c": "c h cc cpp hpp java cs",
        "css": "css",
        "dockerfile": "dockerfile",
        "go": "go",
        "html": "html htm",
        "ini": "ini cfg conf service",
        "javascript": "js mjs cjs ts tsx jsx",
        "json": "json",
        "lua": "lua",
        "makefile": "mk",
        "perl": "pl pm",
        "php": "php",
        "python": "py pyi",
        "ruby": "rb",
        "rust": "rs",
        "shell": "sh bash",
        "sql": "sql",
        "toml": "toml",
        "xml": "xml svg",
        "yaml": "yaml yml",
    }
)
_NAMES: dict[str, Language] = _turned(
    {
        "dockerfile": "dockerfile containerfile",
        "makefile": "makefile gnumakefile",
        "shell": ".bashrc .profile profile",
        "toml": "cargo.lock",
        "ruby": "gemfile rakefile",
    }
)
_PROGRAMS: dict[str, Language] = _turned(
    {
        "shell": "sh bash dash ash zsh",
        "python": "python",
        "perl": "perl",
        "ruby": "ruby",
        "javascript": "node",
        "php": "php",
        "lua": "lua",
        "makefile": "make",
    }
)

_SHEBANG = re.compile(r"#![ \t]*\S*?([a-z]+)[0-9.]*(?:[ \t]+(?:-S[ \t]+)?([a-z]+)[0-9.]*)?(?=\s|\Z)")

_KEYWORDS: dict[Language, str] = {
    "c": (
        "break case char class const continue default do double else enum extern float for if int long "
        "namespace new public private protected return short signed sizeof static struct switch template this "
        "throw try typedef union unsigned using void volatile while"
    ),
    "go": (
        "break case chan const continue default defer else fallthrough for func go goto if import interface "
        "map package range return select struct switch type var"
    ),
    "javascript": (
        "async await break case catch class const continue default delete do else export extends finally for "
        "from function if import in instanceof let new return static super switch this throw try typeof var "
        "void while yield true false null undefined"
    ),
    "python": (
        "and as assert async await break class continue def del elif else except finally for from global if "
        "import in is lambda nonlocal not or pass raise return try while with yield True False None"
    ),
    "rust": (
        "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod "
        "move mut pub ref return self static struct super trait type unsafe use where while true false"
    ),
    "shell": (
        "case do done elif else esac exit export fi for function if in local return select set shift then "
        "trap unset until while"
    ),
    "ruby": (
        "begin break case class def do else elsif end ensure false for if in module next nil not or redo "
        "rescue retry return self super then true undef unless until when while yield"
    ),
    "perl": "else elsif for foreach if last local my next our package return sub undef unless until use while",
    "php": (
        "as break case class const continue default echo else elseif extends for foreach function if "
        "implements interface namespace new null private protected public return static switch throw true try "
        "use var while"
    ),
    "lua": (
        "and break do else elseif end false for function goto if in local nil not or repeat return then true "
        "until while"
    ),
    "sql": (
        "and as by create delete drop from group having index insert into join left not null on or order "
        "primary select set table union update values where"
    ),
    "dockerfile": (
        "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL "
        "STOPSIGNAL USER VOLUME WORKDIR"
    ),
    "json": "true false null",
    "yaml": "true false null yes no",
    "toml": "true false",
}

_HASH_COMMENTS = frozenset({"dockerfile", "makefile", "perl", "python", "ruby", "shell", "toml", "yaml", "php"})
_SLASH_COMMENTS = frozenset({"c", "css", "go", "javascript", "rust", "php"})
_DASH_COMMENTS = frozenset({"lua", "sql"})

LONGEST_LINE = 2000
"""Characters of a line that are coloured; a longer one is left as it is."""


class Token(NamedTuple):
    """A piece of a line; the pieces together are the line."""

    kind: TokenKind
    text: str


def language(path: str, head: str = "") -> Language | None:
    """By the name, or the `#!` of the first line; None where neither tells."""
    name = path.rpartition("/")[2].lower()
    known = _NAMES.get(name) or _ENDINGS.get(name.rpartition(".")[2] if "." in name else "")
    if known is not None:
        return known
    found = _SHEBANG.match(head[:200])
    if found is None:
        return None
    return _PROGRAMS.get(found[2] if found[1] == "env" and found[2] else found[1])


def _pattern(of: Language) -> re.Pattern[str]:
    comments = []
    if of in _HASH_COMMENTS:
        comments.append(r"(?<![^\s;])\#.*+")
    if of in _SLASH_COMMENTS:
        comments.append(r"//.*+|/\*(?:(?!\*/).)*+(?:\*/)?")
    if of in _DASH_COMMENTS:
        comments.append(r"--.*+")
    if of == "ini":
        comments.append(r"(?:^\s*+)[\#;].*+")
    if of in ("html", "xml"):
        comments.append(r"(?:<!--)(?:(?!-->).)*+(?:-->)?")
    words = _KEYWORDS.get(of, "").split()
    parts = [f"(?P<comment>{'|'.join(comments)})"] if comments else []
    parts.append(r"""(?P<string>"(?:[^"\\]|\\.)*+"?|'(?:[^'\\]|\\.)*+'?|`[^`]*+`?)""")
    if words:
        parts.append(rf"(?P<keyword>\b(?:{'|'.join(words)})\b)")
    parts.append(r"(?P<number>\b[0-9][0-9a-fA-Fx_.]*+\b)")
    parts.append(r"(?:[A-Za-z_][A-Za-z0-9_]*+)")
    return re.compile("|".join(parts), re.IGNORECASE if of == "sql" else 0)


_PATTERNS: dict[Language, re.Pattern[str]] = {}
_KINDS: dict[str, TokenKind] = {"comment": "comment", "string": "string", "number": "number", "keyword": "keyword"}


def tokens(line: str, of: Language) -> Iterator[Token]:
    """The pieces of one line, each line for itself: what goes over several lines is not followed."""
    if len(line) > LONGEST_LINE:
        yield Token("plain", line)
        return
    pattern = _PATTERNS.get(of)
    if pattern is None:
        pattern = _PATTERNS[of] = _pattern(of)
    at = 0
    for found in pattern.finditer(line):
        kind = _KINDS.get(found.lastgroup or "")
        if kind is None:
            continue
        if found.start() > at:
            yield Token("plain", line[at : found.start()])
        yield Token(kind, found[0])
        at = found.end()
    if at < len(line):
        yield Token("plain", line[at:])
