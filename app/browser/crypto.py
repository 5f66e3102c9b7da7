"""Signatures by WebCrypto, which a browser has in a secure context alone."""

import js
from pyodide.ffi import JsException, JsProxy, to_js

from app.ports.crypto import Algorithm, KeyFormat


class BrowserCrypto:
    """Implements app.ports.crypto.Crypto."""

    async def verify(
        self, algorithm: Algorithm, key_format: KeyFormat, key: bytes, signature: bytes, signed: bytes
    ) -> bool | None:
        # On plain http there is a crypto without subtle.
        subtle = getattr(js.crypto, "subtle", None)
        if not subtle:
            return None
        material = js.JSON.parse(key.decode()) if key_format == "jwk" else to_js(key)
        try:
            imported = await subtle.importKey(key_format, material, _importing(algorithm), False, to_js(["verify"]))
        except JsException as error:
            # WebCrypto, "SubtleCrypto.importKey": what it does not know is NotSupportedError, a bad key DataError.
            if str(error.name) == "NotSupportedError":
                return None
            raise ValueError("not a key of this algorithm") from None
        try:
            return bool(await subtle.verify(_verifying(algorithm), imported, to_js(signature), to_js(signed)))
        except JsException:
            return None


def _importing(algorithm: Algorithm) -> JsProxy:
    fields: dict[str, str] = {"name": algorithm.name}
    if algorithm.curve is not None:
        fields["namedCurve"] = algorithm.curve
    elif algorithm.hash is not None:
        fields["hash"] = algorithm.hash
    return to_js(fields, dict_converter=js.Object.fromEntries)


def _verifying(algorithm: Algorithm) -> JsProxy:
    fields: dict[str, str | int] = {"name": algorithm.name}
    if algorithm.curve is not None and algorithm.hash is not None:
        fields["hash"] = algorithm.hash
    if algorithm.salt is not None:
        fields["saltLength"] = algorithm.salt
    return to_js(fields, dict_converter=js.Object.fromEntries)
