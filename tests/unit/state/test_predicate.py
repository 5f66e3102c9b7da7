from app.state.predicate import packages_in, predicate_of
from app.trust.statement import parse_statement
from tests.unit.trust.test_statement import statement as stated


def test_a_predicate_may_be_a_list_of_packages() -> None:
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"name": "zlib"}]}
    found = packages_in(parse_statement(stated(bom, "https://cyclonedx.org/bom")))
    assert found is not None
    assert [one.name for one in found.packages] == ["zlib"]
    assert packages_in(parse_statement(stated({}))) is None
    assert packages_in(parse_statement(stated([]))) is None


def test_what_is_no_statement_has_no_predicate() -> None:
    assert predicate_of(b"[") is None
    assert predicate_of(b"[]") is None
