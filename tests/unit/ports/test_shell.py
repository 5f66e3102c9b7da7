from app.ports.shell import Commit, MainData, Patch, Shell


class Recorded:
    def __init__(self) -> None:
        self.kept: dict[str, str | None] = {}
        self.commits: list[Commit] = []

    def commit(self, commit: Commit) -> None:
        self.commits.append(commit)

    def download(self, name: str, content: bytes, media_type: str) -> None: ...

    def keep(self, key: str, text: str | None) -> None:
        self.kept[key] = text


def test_a_commit_carries_all_that_changes_at_once() -> None:
    shell = Recorded()
    port: Shell = shell
    main = MainData("landing", "idle", "", "", "")
    port.commit(Commit(3, (Patch("main", "<p>"),), main, "Portolan", "#/", False, "heading", "Ready", "shown"))
    assert shell.commits[0].patches[0].region == "main"


def test_none_forgets_what_was_kept() -> None:
    shell = Recorded()
    port: Shell = shell
    port.keep("theme", "dark")
    port.keep("theme", None)
    assert shell.kept == {"theme": None}
