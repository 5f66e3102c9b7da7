"""The members of one layer in columns, so that a million of them fit into a tab."""

from array import array
from collections.abc import Iterator

from app.layers.entry import KINDS, NO_XATTRS, Chunk, Entry, Extra, Owner, decode_name
from app.layers.member_path import clean_path, split_path

# How the path in the archive differs from the clean one; anything else is kept as it was.
_DOT = 1  # `./` before it
_SLASH = 2  # `/` behind it
_ROOT = 4  # `/` before it

WHITEOUT = b".wh."
"""How the name of what hides something of a lower layer begins (image-spec layer.md, "Whiteouts")."""

# What a folder costs beside its path, so that paths made of nothing but slashes count as well.
_FOLDER_COST = 120


class Entries:
    """Members in the archive's order; grows while the layer is read. `text`: bytes of memory that names cost;
    `whiteouts`: the indexes of those whose name is a whiteout's.

    Folders are numbered as they are first named, each after its parent; 0 is the root.
    """

    def __init__(self) -> None:
        self._kinds = bytearray()
        self._flags = bytearray()
        self._folders = array("I")
        self._owners = array("I")
        self._names = array("Q")
        self._lengths = array("I")
        self._sizes = array("Q")
        self._times = array("d")
        self._offsets = array("q")
        self._text = bytearray()
        self._odd: dict[int, bytes] = {}
        self._extras: dict[int, Extra] = {}
        self._owner_ids: dict[Owner, int] = {}
        self._owner_list: list[Owner] = []
        self._folder_ids: dict[bytes, int] = {b"": 0}
        self._folder_paths: list[bytes] = [b""]
        self._parents = array("I", [0])
        self._costs = 0
        self.whiteouts: list[int] = []

    def __len__(self) -> int:
        return len(self._kinds)

    def __iter__(self) -> Iterator[Entry]:
        return (self[index] for index in range(len(self)))

    @property
    def text(self) -> int:
        return len(self._text) + self._costs

    @property
    def folder_count(self) -> int:
        return len(self._folder_paths)

    def append(
        self,
        path: bytes,
        kind: int,
        owner: int,
        size: int = 0,
        mtime: float = 0.0,
        offset: int = -1,
        target: bytes = b"",
        extra: Extra | None = None,
    ) -> int:
        """Add a member; returns its index. `kind` is an index of KINDS, `owner` comes from `owner_id`."""
        index = len(self._kinds)
        clean = clean_path(path)
        folder, name = split_path(clean)
        number = self._folder_ids.get(folder)
        if number is None:
            number = self._add_folder(folder)
        flags = 0
        if clean != path:
            flags = _flags(path, clean)
            if flags < 0:
                flags = 0
                self._odd[index] = path
                self._costs += len(path) + _FOLDER_COST
        self._kinds.append(kind)
        self._flags.append(flags)
        self._folders.append(number)
        self._owners.append(owner)
        self._names.append(len(self._text))
        self._lengths.append(len(name))
        self._sizes.append(size)
        self._times.append(mtime)
        self._offsets.append(offset)
        self._text += name
        if name.startswith(WHITEOUT):
            self.whiteouts.append(index)
        if target:
            self._text += target
        if extra is not None:
            self._extras[index] = extra
            self._costs += extra.cost + _FOLDER_COST
        return index

    def owner_id(self, owner: Owner) -> int:
        """The number of that mode and owner."""
        number = self._owner_ids.get(owner)
        if number is None:
            number = self._owner_ids[owner] = len(self._owner_list)
            self._owner_list.append(owner)
            self._costs += _FOLDER_COST + len(owner.user) + len(owner.group)
        return number

    def _add_folder(self, path: bytes) -> int:
        known = self._folder_ids
        missing: list[bytes] = []
        while path not in known:
            missing.append(path)
            path = path[: max(path.rfind(b"/"), 0)]
        number = known[path]
        for each in reversed(missing):
            self._parents.append(number)
            number = known[each] = len(self._folder_paths)
            self._folder_paths.append(each)
            self._costs += len(each) + _FOLDER_COST
        return number

    def __getitem__(self, index: int) -> Entry:
        if not 0 <= index < len(self._kinds):
            raise IndexError(index)
        owner = self._owner_list[self._owners[index]]
        extra = self._extras.get(index)
        size = self._sizes[index]
        return Entry(
            decode_name(self._raw_path(index)),
            KINDS[self._kinds[index]],
            size,
            owner.mode,
            owner.uid,
            owner.gid,
            decode_name(owner.user),
            decode_name(owner.group),
            self._times[index],
            self.target(index),
            NO_XATTRS if extra is None else extra.xattrs,
            None if extra is None else extra.device,
            self._offsets[index],
            size if extra is None or extra.stored < 0 else extra.stored,
            None if extra is None else extra.sparse,
            "" if extra is None else extra.digest,
            () if extra is None else extra.chunks,
        )

    def _raw_path(self, index: int) -> bytes:
        odd = self._odd.get(index)
        if odd is not None:
            return odd
        clean, flags = self.clean(index), self._flags[index]
        before = b"./" if flags & _DOT else b"/" if flags & _ROOT else b""
        return before + clean + (b"/" if flags & _SLASH else b"")

    def clean(self, index: int) -> bytes:
        """The path below the root without `.`, `..` and doubled slashes; empty for the root."""
        folder, name = self._folder_paths[self._folders[index]], self._name(index)
        return folder + b"/" + name if folder else name

    def path(self, index: int) -> str:
        """The clean path as text."""
        return decode_name(self.clean(index))

    def _name(self, index: int) -> bytes:
        start = self._names[index]
        return bytes(self._text[start : start + self._lengths[index]])

    def name(self, index: int) -> str:
        """The last component of the clean path; empty for the root."""
        return decode_name(self._name(index))

    def target(self, index: int) -> str:
        """Where a link points, as written; empty for all else."""
        start = self._names[index] + self._lengths[index]
        end = self._names[index + 1] if index + 1 < len(self._names) else len(self._text)
        return decode_name(bytes(self._text[start:end]))

    def kind(self, index: int) -> int:
        """An index of KINDS."""
        return self._kinds[index]

    def size(self, index: int) -> int:
        return self._sizes[index]

    def folder(self, index: int) -> int:
        """The number of the folder that the member is in; for the root itself 0."""
        return self._folders[index]

    def folder_path(self, number: int) -> str:
        return decode_name(self._folder_paths[number])

    def parent(self, number: int) -> int:
        """The number of a folder's own folder; the root's is the root."""
        return self._parents[number]

    def owner(self, index: int) -> Owner:
        return self._owner_list[self._owners[index]]

    def find(self, path: str) -> int:
        """The last member of that clean path; -1 where there is none."""
        folder, name = split_path(path.encode("utf-8", "surrogateescape"))
        number = self._folder_ids.get(folder)
        found = at = -1
        while number is not None:
            try:
                at = self._folders.index(number, at + 1)
            except ValueError:
                break
            if self._lengths[at] == len(name) and self._name(at) == name:
                found = at
        return found

    def chunks(self, index: int) -> tuple[Chunk, ...]:
        extra = self._extras.get(index)
        return () if extra is None else extra.chunks


def _flags(path: bytes, clean: bytes) -> int:
    """How the path is made of the clean one; -1 where it cannot be."""
    for flags, before in ((_DOT, b"./"), (_ROOT, b"/"), (0, b"")):
        if path.startswith(before) or not before:
            rest = path[len(before) :]
            if rest == clean:
                return flags
            if rest == clean + b"/":
                return flags | _SLASH
    return -1
