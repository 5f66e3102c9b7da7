"""Revisions of source code: the page of a commit, where its host is known."""

import re
from collections.abc import Mapping

from app.view.components import is_web

# Annotations (image-spec annotations.md) and older labels that name a revision, with those that name its source.
SOURCES: Mapping[str, str] = {
    "org.opencontainers.image.revision": "org.opencontainers.image.source",
    "org.label-schema.vcs-ref": "org.label-schema.vcs-url",
    "vcs-ref": "vcs-url",
}
# How the page of a commit follows the address of a repository.
_HOSTS: Mapping[str, str] = {
    "github.com": "/commit/",
    "gitlab.com": "/-/commit/",
    "codeberg.org": "/commit/",
    "gitea.com": "/commit/",
    "bitbucket.org": "/commits/",
    "git.sr.ht": "/commit/",
    "opendev.org": "/commit/",
    "invent.kde.org": "/-/commit/",
    "gitlab.freedesktop.org": "/-/commit/",
    "gitlab.gnome.org": "/-/commit/",
    "salsa.debian.org": "/-/commit/",
}
_REVISION = re.compile(r"[0-9a-f]{7,64}")
# https://host/owner/repository, deeper for groups of GitLab; a branch or folder may follow behind a #.
_SOURCE = re.compile(r"https?://([a-z0-9.-]++)(/[A-Za-z0-9._~/-]++)")


def commit_page(source: str, revision: str) -> str | None:
    """The address of a commit. `source`: of its repository."""
    source = source.removeprefix("git+").partition("#")[0]
    # Flux writes the branch and the algorithm before it: main@sha1:5f1c…
    revision = revision.rpartition("@")[2].removeprefix("sha1:").removeprefix("sha256:")
    found = _SOURCE.fullmatch(source) if len(source) < 1000 else None
    if found is None or not is_web(source) or not _REVISION.fullmatch(revision):
        return None
    between = _HOSTS.get(found[1])
    path = found[2].rstrip("/").removesuffix(".git")
    if between is None or path.count("/") < 2:
        return None
    return f"https://{found[1]}{path}{between}{revision}"
