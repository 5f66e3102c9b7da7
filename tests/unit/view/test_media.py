import pytest

from app.oci import media_type as types
from app.view.markup import group, render
from app.view.media import gloss, media_type_link
from tests.unit.view.reading import read


@pytest.mark.parametrize(
    ("media_type", "said"),
    [
        (types.OCI_MANIFEST, "OCI image manifest"),
        (types.OCI_LAYER_GZIP, "layer, tar + gzip"),
        (types.OCI_LAYER, "layer, tar"),
        (types.HELM_CHART, "Helm chart"),
        ("application/vnd.example", None),
    ],
)
def test_known_types_have_a_name_among_people(media_type: str, said: str | None) -> None:
    assert gloss(media_type) == said


def test_a_specified_type_leads_to_its_specification() -> None:
    node = read(render(group(media_type_link(types.OCI_INDEX))))
    assert node.one("a").text == types.OCI_INDEX


def test_another_type_is_text() -> None:
    node = read(render(group(media_type_link("<b>"))))
    assert node.text == "<b>"
    assert node.all("a") == []
