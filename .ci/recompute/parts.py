"""The table breakdowns: the parts of a total, with shares, ranks and changes."""

import csv
import dataclasses
import math
import re

from compare import change, low_base, newest, percent, same_date
from raw import DIMENSIONS, worst
from series import Series, whole_months, year_earlier, years_on

# In these dimensions a table lists only what occurs: a part that is not listed is 0.
DETAILED = {"ukho-asylum-awaiting", "ukho-illegal-entry", "ukho-returns", "ukho-small-boat-asylum"}
OCCURRING = {("iom-missing-migrants", "route")} | {(s, d) for s in DETAILED for d in ("age", "destination", "origin", "sex")}
# The dimensions of the rows of a table.
CELLS = {"ukho-illegal-entry": {"age", "category", "origin", "sex"}, "ukho-returns": {"category", "origin"}}
YEARS = 10


def group_of(code, codes):
    """The longest of some codes that a code is a type of: enforced of enforced.removals."""
    head = code
    while "." in head:
        head = head.rpartition(".")[0]
        if head in codes:
            return head
    return ""


def parts_of(total, dimension, known):
    """The series that are the parts of a total in one dimension, by their codes."""
    whole = total.row[dimension]
    found = {}
    for s in known.values():
        same = (s.source, s.measure, s.frequency) == (total.source, total.measure, total.frequency)
        if same and s.row[dimension] != "_T" and all(s.row[d] == total.row[d] for d in DIMENSIONS if d != dimension):
            found[s.row[dimension]] = s
    return {code: s for code, s in sorted(found.items()) if group_of(code, found) == ("" if whole == "_T" else whole) and code != whole}


def added_up(total, dimension, known):
    """The parts of a total as the sums of the rows of its table, if each row is a series."""
    cell = CELLS.get(total.source, set())
    if dimension not in cell or total.row[dimension] != "_T":
        return {}
    sums = {}
    for s in known.values():
        same = (s.source, s.measure, s.frequency) == (total.source, total.measure, total.frequency)
        if not same or any((s.row[d] != "_T") != (d in cell) or total.row[d] not in ("_T", s.row[d]) for d in DIMENSIONS):
            continue
        of_code = sums.setdefault(s.row[dimension], {})
        for o in s.observations:
            before = of_code.get((o.start, o.end))
            of_code[o.start, o.end] = joined(before, o) if before else o
    name = f"{total.name} by {dimension}"
    return {c: Series(name, [periods[p] for p in sorted(periods)]) for c, periods in sorted(sums.items())}


def joined(a, b):
    """The sum of two rows. It is missing if one of them is."""
    value = None if None in (a.value, b.value) else a.value + b.value
    status = worst(a.status, b.status)
    if value is None and status not in ("Q", "M", "O"):
        status = "O"
    return dataclasses.replace(a, value=value, lower=None, upper=None, status=status, vintage=max(a.vintage, b.vintage))


def spans_of(total, cutoff):
    """The whole periods in which a total is stated, each with the one a year earlier."""
    if total.stock:
        for o in total.observations:
            if o.end <= cutoff and o.value is not None:
                before = same_date(total, o.end)
                yield "point", (o.start, o.end), (before, before)
        return
    if total.frequency == "W":
        return
    last = min(total.last, cutoff)
    for basis, step, length in [("quarter", 3, 3), ("year", 12, 12), ("year-ending", 3, 12)]:
        for p in whole_months(total.first, last, step, length):
            if total.over(*p).value is not None:
                yield basis, p, year_earlier(*p)


def is_recent(basis, end, cutoff):
    yearly = basis == "year" or basis == "point" and (end.month, end.day) == (12, 31)
    return yearly and end > years_on(cutoff, -YEARS) or end > years_on(cutoff, -1)


def filled(parts, total):
    """The parts with 0 in the periods in which the table has rows and does not list them."""
    listed = {(o.start, o.end) for code, s in parts.items() if not code.startswith("_") for o in s.observations}
    listed |= {(o.start, o.end) for o in total.observations if o.value == 0}
    out = {}
    for code, s in parts.items():
        rows = list(s.observations)
        for o in total.observations:
            if o.value is not None and (o.start, o.end) in listed and not any(x.start <= o.end and o.start <= x.end for x in s.observations):
                rows.append(dataclasses.replace(o, series=s.name, value=0, lower=None, upper=None, status="A", row=s.row))
        out[code] = Series(s.name, sorted(rows, key=lambda o: o.start))
    return out


def rounded_to(parts):
    """What all parts are multiples of if the publisher rounds them, else 1."""
    figures = [o.value for s in parts.values() for o in s.observations if o.value]
    common = math.gcd(*figures)
    return common if len(figures) >= 20 and common % 5 == 0 else 1


def codes(name):
    with open(f"schemas/codelists/{name}.csv", encoding="utf-8", newline="") as file:
        return {r["code"] for r in csv.DictReader(line for line in file if not line.startswith("#"))}


def groups(dimension, parts):
    """The parts that count several countries together, such as regions."""
    if dimension not in ("origin", "destination"):
        return set()
    return {c for c in parts if not c.startswith("_")} & codes("region") - codes("area")


def overlapping(dimension, parts):
    """The ages that others count too: the tables that are recomputed have none."""
    spans = sorted((int(m[2] or m[3] or 0), int(m[4] or 200) if m[1] is None else int(m[1]) - 1) for m in
                   (re.fullmatch(r"Y(?:_LT(\d+)|_GE(\d+)|(\d+)(?:T(\d+))?)", c) for c in parts if dimension == "age") if m)
    return any(b[0] <= a[1] for a, b in zip(spans, spans[1:]))


def breakdowns(compared, known, cutoffs, aged):
    """The rows of every total that is compared and has parts. aged knows what a series was at the same age."""
    for total in compared.values():
        if cutoffs.get(total.name) is None or "." in total.row["category"]:
            continue
        for dimension in DIMENSIONS:
            parts = parts_of(total, dimension, known) or added_up(total, dimension, known)
            if not parts:
                continue
            if overlapping(dimension, parts):
                raise NotImplementedError(f"{total.name}: ages that overlap")
            together = groups(dimension, parts)
            with_zeros = filled(parts, total) if (total.source, dimension) in OCCURRING else parts
            for basis, p, before in spans_of(total, cutoffs[total.name]):
                if is_recent(basis, p[1], cutoffs[total.name]):
                    for row in rows_of(total, parts, with_zeros, together, p, before):
                        own = total.name if row["code"] == "_T" else parts[row["code"]].name if row["code"] in parts else None
                        yield {"series": total.name, "dimension": dimension, "basis": basis, "period_start": p[0], "period_end": p[1], **row,
                               **aged(own).columns(row["value"], p[1], before if before[1] else None)}


def row_of(code, now, prior, whole):
    return {
        "code": code, "value": now.value, "share_percent": share(now.value, whole.value), "rank": None, "prior_value": prior.value,
        **change(now, prior), "low base": low_base(prior), "obs_status": now.status, "vintage": newest(now, prior), "lower": now.lower, "upper": now.upper,
    }


def share(value, whole):
    return percent(value, whole) if whole is not None and whole > 0 else None


def rows_of(total, parts, with_zeros, together, period, before):
    """The total, its parts and the residual in one period."""
    whole = total.over(*period)
    top = row_of("_T", whole, total.over(*before), whole)
    rows, any_listed = [], False
    for code, s in parts.items():
        is_listed, was_listed = bool(s.within(*period)[2]), bool(s.within(*before)[2])
        if not is_listed and not was_listed:
            continue
        any_listed = any_listed or is_listed
        row = row_of(code, with_zeros[code].over(*period), with_zeros[code].over(*before), whole)
        row["vintage"] = max(v for v in [row["vintage"], top["vintage"]] if v)
        rows.append((row, is_listed))
    if not any_listed:
        return []
    single = any(listed for r, listed in rows if r["code"] not in together and not r["code"].startswith("_"))
    left = together if single else set()
    ranked = [r for r, _ in rows if not r["code"].startswith("_") and r["code"] not in left and r["value"] is not None]
    for r in ranked:
        r["rank"] = 1 + sum(x["value"] > r["value"] for x in ranked)
    return [top, *(r for r, _ in rows), residual(top, [x for x in rows if x[0]["code"] not in left], rounded_to(parts))]


def residual(top, rows, multiple):
    """What the parts leave over of the total. It is missing if a part is, or if it may be rounding."""
    counted = [r for r, listed in rows if listed or r["value"] is not None]
    left = None
    if all(r["value"] is not None for r in counted):
        left = top["value"] - sum(r["value"] for r in counted)
        if multiple > 1 and abs(left) <= multiple * (len(counted) + 1) // 2:
            left = None
    status = "O" if left is None else worst(top["obs_status"], *(r["obs_status"] for r in counted))
    return {"code": "_R", "value": left, "share_percent": share(left, top["value"]), "rank": None, "prior_value": None, "change": None,
            "change_percent": None, "low base": False, "obs_status": status, "vintage": max(r["vintage"] for r in [top, *counted]),
            "lower": None, "upper": None}
