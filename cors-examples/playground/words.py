"""Words of the sea: names and plausible texts, the same every time."""

import random
from functools import cache
from itertools import islice


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


SEAS = words(
    "adriatic aegean andaman arabian arafura arctic atlantic azov baltic banda barents beaufort bering biscay black "
    "caribbean caspian celebes coral greenland indian ionian irish kara labrador ligurian marmara mediterranean north "
    "norwegian pacific red ross sargasso solomon tasman timor tyrrhenian wadden weddell white yellow"
)
VESSELS = words(
    "barque brigantine caravel carrack catamaran clipper cog corvette cutter dhow dinghy ferry frigate galleon "
    "gig junk ketch lugger packet pinnace schooner skiff sloop tender trawler tug xebec yawl"
)
PARTS = words(
    "anchor ballast bilge binnacle bowsprit capstan chart-room compass crows_nest deck engine.room figurehead galley "
    "halyard helm hold jib keel lantern log-book mainsail mast quarterdeck rudder sextant signal.flags winch"
)
PLAIN = words(
    "the a of to and in at by from with under over along before after is was lies turns keeps marks shows leads runs "
    "harbour coast light tide wind rock shoal channel bearing depth fathom league pilot mole buoy current sand bay "
    "northerly southerly safe narrow steep low old clear white green"
)


def prose(seed: str, sentences: int) -> str:
    """So many sentences, about 60 characters each."""
    choose = random.Random(seed)  # noqa: S311 - words, not keys
    lines = []
    for _ in range(sentences):
        chosen = [choose.choice(PLAIN) for _ in range(choose.randint(7, 14))]
        lines.append(" ".join(chosen).capitalize() + ".\n")
    return "".join(lines)


@cache
def noise(seed: str, size: int) -> bytes:
    """Bytes that hardly compress."""
    return random.Random(seed).randbytes(size)  # noqa: S311 - filling, not keys


def fleet_names(count: int) -> list[str]:
    """So many repository names of two to four components, with every separator that the grammar knows."""
    names = (
        "/".join(filter(None, ("fleet", sea, vessel, part)))
        for step, part in enumerate(("", *PARTS))
        for at, sea in enumerate(SEAS)
        for vessel in VESSELS[(at + step) % 3 :: 3]
    )
    return list(islice(names, count))
