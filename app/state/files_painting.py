"""What a page of files shows of the trees: the folder, matches, biggest or wasted that its route asks for."""

from __future__ import annotations

from app.state.files_model import FilesPage, What
from app.state.files_tree import BIGGEST, Item, Picture
from app.state.model import PATCH_ROWS

ASIDE = 6
"""Of the biggest files, beside a folder."""


async def fill(page: FilesPage, picture: Picture, only: int | None) -> tuple[FilesPage, list[Item]]:
    """The page with its lists, and all the items of which it shows the first. `only`: the one layer that is seen."""
    page = page._replace(mistake=None, waste=None, summary=None, biggest=(), via=None, details=None)
    items: list[Item] = []
    order = page.order
    if page.search:
        page, items = await _found(page, picture, only)
    elif page.show == "biggest":
        items = picture.biggest(BIGGEST, only)
        page = page._replace(what="folder")
        order = "size" if order == "name" else order
    elif page.show == "wasted":
        page = page._replace(what="folder", waste=picture.waste(BIGGEST))
    else:
        page, items = await _opened(page, picture, only)
    items = await picture.sorted(items, order)
    shown = max(page.shown, PATCH_ROWS)
    return page._replace(lines=tuple(picture.lines(items[:shown])), total=len(items), shown=shown), items


async def _found(page: FilesPage, picture: Picture, only: int | None) -> tuple[FilesPage, list[Item]]:
    try:
        items, complete = await picture.found(page.search, only)
    except ValueError:
        return page._replace(mistake="long", what="folder"), []
    return page._replace(mistake=None if complete else "more", what="folder"), items


async def _opened(page: FilesPage, picture: Picture, only: int | None) -> tuple[FilesPage, list[Item]]:
    """What is at the path of the page: a folder or a file, maybe by way of symbolic links."""
    path = page.path
    place = picture.place(path, only)
    if place is None and only is None and not picture.is_folder(path, only):
        resolved = picture.overlay.resolve(path)
        if resolved.problem is None and resolved.path != path:
            page, path, place = page._replace(via=resolved.path), resolved.path, resolved.place
    if place is not None:
        page = page._replace(details=picture.details(path, place, only))
    if not picture.is_folder(path, only):
        what: What = "file" if place is not None else "missing" if page.settled and not page.running else "unread"
        return page._replace(what=what), []
    items = await picture.folder(path, only, deleted=page.deleted)
    page = page._replace(what="folder", totals=picture.tree(only).total(path))
    if picture.whole:
        page = page._replace(biggest=tuple(picture.lines(picture.biggest(ASIDE, only))))
        if page.chosen is not None:
            page = page._replace(summary=picture.summary(page.chosen))
    return page, items
