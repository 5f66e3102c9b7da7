"""Lines pasted from a terminal, a Dockerfile or a Compose file: which word of them is the reference."""

import re
from typing import NamedTuple

from app.oci.value import value

_WORD = re.compile(r"""(?:[^\s"']++|"[^"]*+"|'[^']*+')++""")
_PROMPTS = frozenset(("$", "#", ">", "%", "-", "sudo", "time"))
_ENDS = frozenset(("&&", "||", "|", ";", "&"))
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*+=")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CLIENTS = _listed(
    "docker podman nerdctl finch buildah skopeo crane gcrane oras regctl helm cosign notation ctr crictl dive syft"
    " grype trivy container curl wget http"
)
# Lines whose first word is followed by the image itself: a Dockerfile's, and a Compose or Kubernetes file's.
_KEYS = frozenset(("from", "image:"))

# Words between a client's name and the reference: groups of commands, then commands.
_GROUPS = _listed("artifact blob buildx chart container image imagetools index manifest registry repo scout")
_COMMANDS = _listed(
    "attach backup blobs catalog config copy cp create cves delete digest discover download export fetch fetch-config"
    " get get-file get-manifest head history images inspect install list list-tags load login logout ls mod mutate"
    " pull push quickview referrers resolve rm rmi run save sbom show tag tags template tree triangulate upgrade"
    " validate verify verify-attestation"
)
_OF_A_REGISTRY = frozenset(("login", "logout", "catalog"))

# Flags followed by a value of their own. A flag that is not here stands alone or holds its value after "=".
_WITH_VALUE = _listed(
    "--add-host --annotation --arch --authfile --artifact-type --attach --auth-file --ca-file --cap-add --cap-drop"
    " --cert --cert-dir --cert-file --certificate-identity --certificate-oidc-issuer --cidfile --config --context"
    " --cpus --creds --dest-creds --destination --device --dns --entrypoint --env --env-file --expose --features"
    " --filter --format --from --gpus --group-add --health-cmd --host --hostname --identity-token --ip --ipc --key"
    " --key-file --keyring --label --level --link --log-driver --log-level --log-opt --memory --mount --name"
    " --namespace --net --network --network-alias --os --output --override-arch --override-os --override-variant"
    " --password --pid --platform --port --publish --pull-policy --registry-config --registry-token --repo"
    " --request --restart --runtime --secret --security-opt --set --shm-size --src-creds --stop-signal --sysctl"
    " --tag --tmpfs --token --type --ulimit --untardir --user --username --userns --values --variant --verbosity"
    " --version --volume --volumes-from --workdir -H -X -c -e -f -h -l -m -n -o -p -u -v -w"
)
_ALSO_WITH_VALUE = {"helm": frozenset(("-d",)), "wget": frozenset(("-O",))}


@value
class Target(NamedTuple):
    """Where in the text the reference stands, whether it is a registry's name, and where its version stands (helm)."""

    start: int
    end: int
    is_registry: bool
    version: tuple[int, int] | None


def is_command(text: str, start: int, end: int) -> bool:
    """Whether several words are a line to look for a reference in."""
    words = _words(text, start, end)
    return bool(words) and (_is_known(words[0][0]) or any("://" in word for word, _, _ in words))


def _is_known(word: str) -> bool:
    return _client(word) in _CLIENTS or word.lower() in _KEYS


def _client(word: str) -> str:
    return word.rpartition("/")[2].removesuffix(".exe")


def target_of(text: str, start: int, end: int) -> Target | None:
    """The reference in a line, None where it has none."""
    words = _words(text, start, end)
    client = _client(words[0][0]) if words else ""
    if words and _is_known(words[0][0]):
        words = words[1:]
    candidates, version = _without_flags(words, client)
    for word, word_start, word_end in candidates:
        if "://" in word:
            return Target(word_start, word_end, False, version)
    candidates, dropped = _without_commands(candidates)
    if not candidates:
        return None
    lists = not _OF_A_REGISTRY.isdisjoint(dropped) or dropped == ["repo", "ls"]
    _, word_start, word_end = candidates[0]
    return Target(word_start, word_end, lists, version)


def _words(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    words: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(text, start, end):
        if match[0] in _ENDS:
            break
        ignored = match[0] == "\\" or (not words and (match[0] in _PROMPTS or _ASSIGNMENT.match(match[0])))
        if not ignored:
            words.append((match[0].strip("\"'"), match.start(), match.end()))
    return words


def _without_flags(
    words: list[tuple[str, int, int]], client: str
) -> tuple[list[tuple[str, int, int]], tuple[int, int] | None]:
    kept: list[tuple[str, int, int]] = []
    version: tuple[int, int] | None = None
    with_value = _WITH_VALUE | _ALSO_WITH_VALUE.get(client, frozenset())
    flag = ""
    for word, start, end in words:
        name, equals, _ = word.partition("=")
        if flag:
            version = (start, end) if flag == "--version" else version
            flag = ""
        elif not word.startswith("-"):
            kept.append((word, start, end))
        elif equals:
            version = (start + len(name) + 1, end) if name == "--version" else version
        elif word in with_value:
            flag = word
    return kept, version


def _without_commands(words: list[tuple[str, int, int]]) -> tuple[list[tuple[str, int, int]], list[str]]:
    # A command is dropped once, so that `docker pull pull` still pulls the repository of that name.
    dropped: list[str] = []
    index = 0
    while index < len(words):
        word = words[index][0]
        commands = sum(each in _COMMANDS for each in dropped)
        last = index == len(words) - 1
        if word not in _GROUPS and (word not in _COMMANDS or (last and commands)):
            break
        if word in _GROUPS and last and dropped:
            break
        dropped.append(word)
        index += 1
    return words[index:], dropped
