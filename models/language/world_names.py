"""Writes names of people and places of the whole world, for ``prepare.py`` to put into sentences: ``names.json``.

    python models/language/world_names.py --work DIR [--force]

Needs faker (MIT; common first and last names of many countries) and Babel (BSD; CLDR's Swedish names of countries and
cities); neither is needed for anything else, so they are installed beside the teacher.
"""

from __future__ import annotations

import importlib
import json
import random
from collections.abc import Iterable
from zoneinfo import available_timezones

from babel import Locale
from options import SEED, read_options, skip

HOME, ABROAD = "sv_SE", (
    "fi_FI", "da_DK", "no_NO", "en_US", "en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pl_PL", "pt_BR", "cs_CZ",
    "et_EE", "lv_LV", "tr_TR", "ro_RO", "hu_HU", "hr_HR", "en_IN", "id_ID", "vi_VN", "is_IS", "en_NG",
)  # fmt: skip
"""Where people come from; half of them from home."""
PEOPLE = 12_000
SHAPES = {"{first} {last}": 45, "{last}": 33, "{first}": 10, "{initial}. {last}": 8, "{first} {other} {last}": 4}
"""How people are named, and how often."""
UNKNOWN = frozenset({"okänd stad", "okänd region", "Unknown"})


def latin(names: Iterable[str]) -> list[str]:
    """Those of the names that are capitalised words in Latin letters."""
    return sorted({name for name in names if name[:1].isupper() and name.isprintable() and max(map(ord, name)) < 0x250})


def people(rng: random.Random) -> list[str]:
    """Names of people, first and last name of one country."""
    countries = {}
    for place in (HOME, *ABROAD):
        provider = importlib.import_module(f"faker.providers.person.{place}").Provider
        first = getattr(provider, "first_names", ()) or (*provider.first_names_female, *provider.first_names_male)
        last = getattr(provider, "last_names", ()) or (*provider.last_names_female, *provider.last_names_male)
        countries[place] = latin(first), latin(last)
    found = []
    for _ in range(PEOPLE):
        firsts, lasts = countries[HOME if rng.random() < 0.5 else rng.choice(ABROAD)]
        first, other, last = rng.choice(firsts), rng.choice(firsts), rng.choice(lasts)
        shape = rng.choices(list(SHAPES), list(SHAPES.values()))[0]
        found.append(shape.format(first=first, other=other, last=last, initial=first[0]))
    return found


def places() -> list[str]:
    """Countries, parts of the world and cities."""
    swedish = Locale("sv")
    countries = [name for name in swedish.territories.values() if name[:1].isupper()]
    zones = {
        zone.rpartition("/")[2].replace("_", " ") for zone in available_timezones() if "/" in zone and "Etc" not in zone
    }
    cities = {zone["city"] for zone in swedish.time_zones.values() if "city" in zone} | zones
    # Countries and capitals are what is written about.
    return latin(countries) * 3 + latin(city for city in cities if "," not in city and city not in UNKNOWN)


def main() -> None:
    """Read the options, gather, write."""
    args = read_options(__doc__)
    out = args.work / "names.json"
    if skip(args, out):
        return
    names = {"PER": people(random.Random(SEED)), "LOC": places()}
    args.work.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    print(f"{out.name}:", ", ".join(f"{kind} {len(found)}" for kind, found in names.items()))


if __name__ == "__main__":
    main()
