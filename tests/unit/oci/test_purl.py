import pytest

from app.oci.purl import Purl, PurlError, image_of, page_of, parse_purl


def test_the_parts_of_a_package_url_are_told_apart_and_decoded() -> None:
    found = parse_purl("pkg:deb/debian/g%2B%2B@12.2.0-14?arch=amd64&distro=debian-12#usr/bin")
    assert found == Purl("deb", "debian", "g++", "12.2.0-14", {"arch": "amd64", "distro": "debian-12"}, "usr/bin")


def test_the_scope_of_an_npm_package_is_no_version() -> None:
    assert parse_purl("pkg:npm/@angular/core@16.0.0")[:4] == ("npm", "@angular", "core", "16.0.0")
    assert parse_purl("pkg:npm/%40angular/core")[:4] == ("npm", "@angular", "core", "")


@pytest.mark.parametrize("text", ["npm/a@1", "pkg:", "pkg:npm/", "pkg:1/a", "pkg:npm/" + "a" * 5000])
def test_what_is_no_package_url_is_refused(text: str) -> None:
    with pytest.raises(PurlError):
        parse_purl(text)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("pkg:npm/%40angular/core@16.0.0", "https://www.npmjs.com/package/@angular/core/v/16.0.0"),
        ("pkg:pypi/django@4.2", "https://pypi.org/project/django/4.2"),
        ("pkg:golang/golang.org/x/net@v0.1.0", "https://pkg.go.dev/golang.org/x/net@v0.1.0"),
        ("pkg:golang/golang.org/x/net@v0.1.0#html", "https://pkg.go.dev/golang.org/x/net@v0.1.0/html"),
        ("pkg:maven/org.apache/commons@1", "https://central.sonatype.com/artifact/org.apache/commons/1"),
        ("pkg:deb/debian/curl@7", "https://tracker.debian.org/pkg/curl"),
        ("pkg:deb/ubuntu/curl@7", "https://launchpad.net/ubuntu/+source/curl"),
        ("pkg:apk/alpine/musl@1", "https://pkgs.alpinelinux.org/packages?name=musl"),
        ("pkg:cargo/serde@1.0", "https://crates.io/crates/serde/1.0"),
        ("pkg:github/a/b@c", "https://github.com/a/b/tree/c"),
        ("pkg:apk/harbour/tide@1", None),
        ("pkg:generic/a@1", None),
    ],
)
def test_a_package_leads_to_where_it_is_published(text: str, page: str | None) -> None:
    assert page_of(parse_purl(text)) == page


def test_no_part_of_a_purl_can_change_the_host_it_leads_to() -> None:
    page = page_of(parse_purl("pkg:pypi/..%2F..%2Fevil.example%2F@1"))
    assert page is not None
    assert page.startswith("https://pypi.org/project/")
    assert "?" not in page


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("pkg:docker/library/redis@7", "library/redis"),
        ("pkg:docker/a/b@sha256:1?repository_url=ghcr.io", "ghcr.io/a/b"),
        ("pkg:oci/b@sha256:1?repository_url=ghcr.io/a/b", "ghcr.io/a/b"),
        ("pkg:oci/b@sha256:1", None),
        ("pkg:npm/a", None),
    ],
)
def test_an_image_is_named_as_clients_name_it(text: str, name: str | None) -> None:
    assert image_of(parse_purl(text)) == name
