"""Any kind of page. One that a visit seldom begins with keeps its model in a module of its own, imported when shown."""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # only the names are needed: start-up need not pay for the models behind them
    from app.state.compare_model import ComparePage
    from app.state.doctor_model import DoctorPage
    from app.state.files_model import FilesPage
    from app.state.model import (
        Blob,
        Catalog,
        IdentitiesPage,
        Landing,
        ManifestPage,
        Missing,
        Raw,
        SettingsPage,
        Tags,
        TokenPage,
        TranscriptPage,
        UseCasesPage,
    )
    from app.state.playground_model import PlaygroundPage
    from app.state.referrers_model import ReferrersPage

    Page: TypeAlias = (
        Landing
        | Catalog
        | Tags
        | ManifestPage
        | Raw
        | Blob
        | SettingsPage
        | TranscriptPage
        | TokenPage
        | IdentitiesPage
        | UseCasesPage
        | DoctorPage
        | PlaygroundPage
        | FilesPage
        | ReferrersPage
        | ComparePage
        | Missing
    )
