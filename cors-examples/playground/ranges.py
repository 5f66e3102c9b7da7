"""Blobs and parts of them: Range, ETag, HEAD."""

import re

from playground.answer import Answer, error
from playground.calls import Call
from playground.store import Blob

# RFC 9110 section 14.1.2, of which one range only: bytes=first-last, bytes=first-, bytes=-suffix.
RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")


def blob_answer(call: Call, blob: Blob) -> Answer:
    """200 with all, 206 with the part that was asked for, 304 or 416."""
    headers = {
        "Content-Type": "application/octet-stream",
        "Docker-Content-Digest": blob.digest,
        "ETag": f'"{blob.digest}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": "max-age=31536000",  # what a digest names never changes
    }
    if not_modified(call, blob.digest):
        return Answer(304, {name: headers[name] for name in ("ETag", "Cache-Control", "Docker-Content-Digest")})
    asked = RANGE.fullmatch(call.request.headers.get("Range", "").replace(" ", ""))
    if asked is None:
        # No Range, or several, or one that cannot be read: RFC 9110 section 14.2 lets a server ignore it.
        return Answer(200, headers, blob.data)
    size = len(blob.data)
    if asked[3] is not None:
        begin, end = max(0, size - int(asked[3])), size
    else:
        begin, end = int(asked[1]), min(size, int(asked[2]) + 1 if asked[2] else size)
    if begin >= end:
        return error("UNKNOWN", status=416, message="range not satisfiable", Content_Range=f"bytes */{size}")
    headers["Content-Range"] = f"bytes {begin}-{end - 1}/{size}"
    return Answer(206, headers, blob.data[begin:end])


def not_modified(call: Call, digest: str) -> bool:
    """If-None-Match with the digest, quoted or not: distribution takes both."""
    return call.request.headers.get("If-None-Match", "").strip('"') == digest
