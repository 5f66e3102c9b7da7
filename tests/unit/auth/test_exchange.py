"""One request to a token service; what its answers mean for the whole is in test_flow.py."""

import pytest

from app.auth.credential import Password
from app.auth.errors import ApprovalRequired, TokenServiceFailed
from app.auth.exchange import ask_token
from app.auth.identity import Bearer, RegistryAuth, Wanted
from app.auth.bearer_token import Token
from app.oci.origin import parse_origin
from tests.unit.auth.script import REGISTRY, answer, manifest, token

REALM = "https://auth.example/token?tenant=7"
WANTED = Wanted(Bearer(REALM, parse_origin("https://auth.example"), "reg"), ("repository:a:pull",))


def test_a_token_is_kept_under_its_key_with_the_time_of_its_receipt_a17() -> None:
    auth = RegistryAuth(REGISTRY)
    asking = ask_token(WANTED, auth, manifest(), lambda: 50.0)
    step = next(asking)
    assert step.request.url == "https://auth.example/token?tenant=7&service=reg&scope=repository:a:pull"
    with pytest.raises(StopIteration) as end:
        asking.send(token("t1", expires_in=300))
    assert step.key == auth.key(WANTED)
    got: Token = end.value.value.token
    assert auth.tokens.get(auth.key(WANTED), 50.0) is got
    assert got.expires_at == 350.0


def test_approval_is_asked_for_before_anything_is_sent_a7() -> None:
    auth = RegistryAuth(REGISTRY)
    auth.sign_in(Password("ann", "secret"))
    with pytest.raises(ApprovalRequired):
        next(ask_token(WANTED, auth, manifest(), lambda: 0.0))


def test_an_error_names_the_token_service_without_its_query() -> None:
    asking = ask_token(WANTED, RegistryAuth(REGISTRY), manifest(), lambda: 0.0)
    next(asking)
    with pytest.raises(TokenServiceFailed) as caught:
        asking.send(answer(502))
    assert caught.value.url == "https://auth.example/token"
