from app.client.needs import needed_for
from app.client.permits import NotPermitted, Part
from app.oci.origin import Origin, parse_origin

HUB = parse_origin("https://docker.io")
API = parse_origin("https://registry-1.docker.io")
OWN = parse_origin("https://r.example:5000")
AUTH = parse_origin("https://auth.example")


def stopped(registry: Origin, part: Part, origin: Origin | None) -> NotPermitted:
    return NotPermitted("GET", f"{registry}/v2/", registry, part, origin, "extension")


def test_a_registry_nobody_knows_is_asked_for_alone() -> None:
    assert needed_for(stopped(OWN, "registry", OWN), ()) == (str(OWN),)


def test_its_token_service_is_asked_for_when_it_comes_up() -> None:
    assert needed_for(stopped(OWN, "token", AUTH), (str(OWN),)) == (str(AUTH),)


def test_its_storage_cannot_be_asked_for_by_name() -> None:
    assert needed_for(stopped(OWN, "storage", None), (str(OWN),)) == ()


def test_a_registry_known_by_name_is_asked_for_with_its_token_service_and_storages() -> None:
    wanted = needed_for(stopped(HUB, "registry", API), ())
    assert wanted[:3] == (str(API), "https://auth.docker.io", "https://production.cloudflare.docker.com")


def test_what_is_granted_already_is_not_asked_for_again() -> None:
    wanted = needed_for(stopped(HUB, "storage", None), (str(API), "https://*.docker.com"))
    assert wanted == (
        "https://auth.docker.io",
        "https://docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com",
    )


def test_a_pattern_counts_as_granted_only_as_it_is_written() -> None:
    mcr = parse_origin("https://mcr.microsoft.com")
    assert needed_for(stopped(mcr, "registry", mcr), ("https://a.data.mcr.microsoft.com",)) == (
        str(mcr),
        "https://*.data.mcr.microsoft.com",
    )
    assert needed_for(stopped(mcr, "registry", mcr), ("https://*.data.mcr.microsoft.com",)) == (str(mcr),)
