import time

import pytest

from app.oci.document import InvalidDocument
from app.oci.history import History, instruction, read_history


@pytest.mark.parametrize(
    ("created_by", "keyword", "rest"),
    [
        # docker's builder
        ('/bin/sh -c #(nop)  CMD ["sh"]', "CMD", '["sh"]'),
        ("/bin/sh -c #(nop) ADD file:0123abc in / ", "ADD", "file:0123abc in /"),
        ("/bin/sh -c #(nop)  EXPOSE 80", "EXPOSE", "80"),
        ("/bin/sh -c #(nop)  ENV A=b", "ENV", "A=b"),
        ("/bin/sh -c apt-get update && apt-get install -y curl", "RUN", "apt-get update && apt-get install -y curl"),
        ("/bin/sh -c set -eux; \tmake", "RUN", "set -eux; \tmake"),
        ("|2 A=1 B=two /bin/sh -c make $A", "RUN", "make $A"),
        ("|0 /bin/sh -c make", "RUN", "make"),
        ('cmd /S /C #(nop)  CMD ["cmd"]', "CMD", '["cmd"]'),
        ("cmd /S /C echo hi", "RUN", "echo hi"),
        ("powershell -Command $x = 1; $x", "RUN", "$x = 1; $x"),
        # buildkit
        ("RUN /bin/sh -c apk add curl # buildkit", "RUN", "apk add curl"),
        ("RUN |1 VERSION=1 /bin/sh -c make # buildkit", "RUN", "make"),
        ("RUN /bin/bash -o pipefail -c make | tee log # buildkit", "RUN", "make | tee log"),
        ("COPY --chown=1:1 a /b # buildkit", "COPY", "--chown=1:1 a /b"),
        ('ENTRYPOINT ["/entry"]', "ENTRYPOINT", '["/entry"]'),
        ("EXPOSE map[80/tcp:{} 443/tcp:{}]", "EXPOSE", "80/tcp 443/tcp"),
        ("EXPOSE map[8080:{}]", "EXPOSE", "8080"),
        ("EXPOSE [443/tcp 80/tcp]", "EXPOSE", "443/tcp 80/tcp"),
        ("WORKDIR /srv", "WORKDIR", "/srv"),
        ('CMD ["serve" "--port" "80"]', "CMD", '["serve", "--port", "80"]'),
        ("VOLUME [/data]", "VOLUME", "/data"),
        ("""HEALTHCHECK &{["CMD-SHELL" "up"] "9s" "0s" "0s" "0s" '\\x00'}""", "HEALTHCHECK", "--interval=9s CMD up"),
        ("RUN echo a # buildkit", "RUN", "echo a"),
        ("CMD", "CMD", ""),
        # other builders write no instruction
        ("bazel build //image", "", "bazel build //image"),
        ("ko build ko://example.com/app", "", "ko build ko://example.com/app"),
        ("copy that", "", "copy that"),
        ("COPYRIGHT", "", "COPYRIGHT"),
        ("", "", ""),
    ],
)
def test_a_line_of_history_reads_as_its_dockerfile_instruction(created_by: str, keyword: str, rest: str) -> None:
    assert instruction(created_by) == (keyword, rest)


@pytest.mark.parametrize(
    "part", ["/a", "sh -s", "sh -sh ", "|1 /sh -c", "RUN |1 -sh -", "RUN |1 /a", "map[", "1-", " "]
)
def test_long_lines_take_linear_time(part: str) -> None:
    start = time.perf_counter()
    for prefix in ("", "RUN |1 ", "EXPOSE map["):
        assert len("".join(instruction(prefix + part * (200_000 // len(part))))) < 200_050
    assert time.perf_counter() - start < 1


def test_a_line_of_history_keeps_its_members() -> None:
    line = read_history({"created": "c", "created_by": "b", "author": "a", "comment": "d", "empty_layer": True}, "x")
    assert line == History("c", "b", "a", "d", True)


def test_a_mistake_is_named_by_its_path() -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_history({"created": 1}, "history[3]")
    assert caught.value.path == "history[3].created"
