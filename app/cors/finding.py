"""One step of an examination: what was asked, what the page saw of the answer, what that means."""

from typing import NamedTuple

from app.cors.verdict import Target
from app.oci.value import value
from app.ports.probing import Probe, Sight

# Keys; the words for people are the view's.
QUESTIONS = (
    "address",  # is there anything in the addresses alone that forbids the request?
    "network",  # does the browser know of a network?
    "read",  # a simple GET: can it be read?
    "reach",  # the same without CORS: does anything answer?
    "redirect",  # the same without following: is the answer a redirect?
    "read-with-credentials",  # the same, signed in
    "other-scheme",  # does https answer in place of http, or the other way round?
    "challenge",  # can WWW-Authenticate be read on the 401?
    "preflight-authorization",  # may Authorization be sent?
    "preflight-accept",  # may a long Accept be sent?
    "preflight-options-authorization",  # OPTIONS with Authorization: is it the preflight or the refusal behind it?
    "preflight-options",  # OPTIONS itself
    "preflight-forced",  # a preflight that asks for no header
    "realm",  # may the realm that the challenge names be asked?
    "catalog",  # which repositories are there? (a page of one)
    "tags",  # which tags? (a page of one)
    "digest",  # can Docker-Content-Digest be read?
    "manifest",  # which blobs are there?
    "blob",  # can a blob be read?
    "blob-redirect",  # is it sent from elsewhere?
    "blob-reach",  # does that place answer?
    "link-one",  # a page of one entry
    "link-two",  # a page of two: is there a next page that the first did not name?
)

MEANINGS = (
    "asking",  # not answered yet (`sight` is None)
    "fine",
    "readable",
    "hidden",  # something answered, the page may not read it
    "silent",  # nothing came
    "timed-out",
    "redirected",
    "not-redirected",
    "refused",  # 401 or 403: not to be read without signing in
    "absent",  # 404, or an empty list
    "forbidden-by-policy",  # the page's own Content-Security-Policy
    "forbidden-by-address",  # see the verdict
    "offline",
    "permission-denied",
    "permission-pending",
    "header-readable",
    "header-hidden",
    "preflight-passed",
    "preflight-failed",
    "inconclusive",
    "realm-not-asked",  # on the person's own network: only after they said so
    "realm-refused",  # an address that is never asked
    "requests-spent",  # twelve to that origin
)


@value
class Finding(NamedTuple):
    """`sight` None: just asked; the same number comes again with what was seen. `probe` None: nothing was sent.

    The probe is as shown to people: without the person's own credentials.
    """

    number: int
    target: Target
    question: str
    probe: Probe | None
    sight: Sight | None
    meaning: str
