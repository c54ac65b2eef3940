"""What the place and the cause of an incident imply: whether it lies in the waters of its route, whether
people died at sea, and which incidents may be one."""

import collections
import csv
import itertools
import math
import pathlib

EARTH, NEAR = 6371.0088, 25  # kilometres
ON_ROADS = {"english-channel"}


def waters():
    """The rings of each route."""
    lines = [x for x in pathlib.Path("schemas/waters/waters.csv").read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    out = collections.defaultdict(lambda: collections.defaultdict(list))
    for r in csv.DictReader(lines):
        out[r["route"]][r["ring"]].append((float(r["latitude"]), float(r["longitude"])))
    return {route: list(rings.values()) for route, rings in out.items()}


def is_inside(rings, place):
    """Whether a line from the place to the west crosses the rings an odd number of times."""
    y, x = place
    crossed = 0
    for ring in rings:
        for (y1, x1), (y2, x2) in zip(ring, ring[1:] + ring[:1]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossed += 1
    return crossed % 2 == 1


def check(seas, route, place):
    if route not in seas:
        return "not-checked"
    if place is None:
        return "no-place"
    return "in-waters" if is_inside(seas[route], place) else "outside-waters"


def setting(seas, route, cause, place):
    """At sea or elsewhere, by the cause if it tells, else by the place."""
    causes = cause.split("_and_")
    if "drowning" in causes:
        return "at-sea"
    if route in ON_ROADS and "vehicle-accident" in causes:
        return "elsewhere"
    return {"in-waters": "at-sea", "outside-waters": "elsewhere"}.get(check(seas, route, place), "_U")


def kilometres(a, b):
    """The distance along the surface of the earth."""
    (y1, x1), (y2, x2) = ([math.radians(v) for v in p] for p in (a, b))
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1, h)))


def duplicates(incidents):
    """The other incidents of the same day, within 25 km, with the same count; parts of one are none."""
    by_day, out = collections.defaultdict(list), collections.defaultdict(set)
    for x in incidents:
        if x["date_start"] == x["date_end"] and x["place"] and x["dead_and_missing"] is not None:
            by_day[x["date_start"], x["dead_and_missing"]].append(x)
    for same in by_day.values():
        for a, b in itertools.combinations(same, 2):
            if (not a["part_of"] or a["part_of"] != b["part_of"]) and kilometres(a["place"], b["place"]) <= NEAR:
                out[a["incident"]].add(b["incident"])
                out[b["incident"]].add(a["incident"])
    return {name: " ".join(sorted(others)) for name, others in out.items()}
