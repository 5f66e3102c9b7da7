from app.oci.digest import digest_of
from app.state.files_model import begin
from app.state.route import parse_route
from app.view import files_links
from tests.unit.state.fake_files import FILES, ref

DIGEST = digest_of(b"layer")
LAYER = f"#/r.example/lab/app/-/layer/{DIGEST}"


def test_another_path_keeps_platform_layer_and_order_and_nothing_else() -> None:
    route = parse_route(f"{FILES}/etc?platform=linux%2Farm64&layer=2&sort=size&search=x&as=hex&at=3&diff=1&show=wasted")
    assert files_links.at(route, "usr/bin") == f"{FILES}/usr/bin?platform=linux%2Farm64&layer=2&sort=size"
    assert files_links.at(route, "", layer=None) == f"{FILES}?platform=linux%2Farm64&sort=size"


def test_in_one_layer_paths_stay_in_it_with_its_hints() -> None:
    route = parse_route(f"{LAYER}/etc?type=application%2Fx&size=12")
    assert files_links.at(route, "etc/motd") == f"{LAYER}/etc/motd?type=application%2Fx&size=12"
    assert files_links.at(route, "") == f"{LAYER}?type=application%2Fx&size=12"


def test_another_form_of_a_file_begins_where_it_is_told() -> None:
    route = parse_route(f"{FILES}/etc/motd?as=text&at=5")
    assert files_links.form(route, "etc/motd", "hex", 0) == f"{FILES}/etc/motd?as=hex"
    assert files_links.form(route, "etc/motd", "hex", 4096) == f"{FILES}/etc/motd?as=hex&at=4096"


def test_a_layer_of_an_image_has_its_own_page_under_that_image() -> None:
    found = files_links.layer(
        parse_route(FILES), ref(2, digest=DIGEST, media_type="application/x", size=None), "linux/amd64"
    )
    assert found == f"#/r.example/lab/app:1/-/layer/{DIGEST}?platform=linux%2Famd64&type=application%2Fx"


def test_paths_of_any_bytes_survive_the_address() -> None:
    route = parse_route(FILES)
    for path in ("a b/c#d?e", "latin-\udce6", "port 港", "%2e%2e"):
        assert begin(parse_route(files_links.at(route, path))).path == path
