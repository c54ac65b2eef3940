"""What each release stated, and what changed from one to the next."""

import bisect
import collections
import dataclasses
import datetime
import statistics

import compare
from raw import spans
from series import Series

# The series that headlines are about: only they can have a substantial revision.
WITH_HEADLINES = {"ukho-small-boats:arrivals:D", "ukho-small-boats:boats:D", "iom-missing-migrants:dead-and-missing:M:route=english-channel",
                  "ukho-small-boats:prevented-persons:W"}
# The bounds of the table revision-triangle.
LONG, PERIODS, STATEMENTS = 400, 40, 60


@dataclasses.dataclass
class Statement:
    """What a release states of a period. n is the place of the release among those of the series."""

    n: int
    value: int | None
    vintage: datetime.date
    lag: int | None = None


class History:
    """Everything that was ever stated of one series."""

    def __init__(self, name, all_releases):
        self.name = name
        self.releases = [r for r in ([o for o in release if o.series == name] for release in all_releases) if r]
        self.vintages = [r[0].vintage for r in self.releases]
        self.first_seen = [r[0].row["first_seen"] for r in self.releases]
        self.ids = [r[0].row["release"] for r in self.releases]
        self.periods = {}
        self.revisions = []
        self.known = {}
        for n, release in enumerate(self.releases):
            self.add(n, release)
        self.periods = dict(sorted(self.periods.items()))
        self.set_lags()

    def add(self, n, release):
        """Replays a release."""
        first, last = spans(release)[self.name]
        stated = {(o.start, o.end): o for o in release}
        days = {d for s, e in stated for d in range(s.toordinal(), e.toordinal() + 1)}
        found = []
        for p in list(self.periods):
            if p in stated or not (first <= p[0] and p[1] <= last):
                continue
            if days.isdisjoint(range(p[0].toordinal(), p[1].toordinal() + 1)):
                self.step(found, n, p, None, "withdrawn", False)
            else:
                del self.periods[p]  # another period states these days now
        before = dict(self.known)
        for p, o in stated.items():
            if p in self.periods:
                old = self.periods[p][-1].value
                kind = "not-available" if o.value is None else "available" if old is None else "changed"
                self.step(found, n, p, o.value, kind, o.row["revised"] == "true")
            else:
                self.periods[p] = [Statement(n, o.value, self.vintages[n])]
        self.known = {p: o for p, o in before.items() if not (first <= p[0] and p[1] <= last)} | stated
        if found and self.name in WITH_HEADLINES and headline(before.values(), before) != headline(self.known.values(), before):
            for r in found:
                r["substantial"] = True
        self.revisions += found

    def step(self, found, n, p, value, kind, marked):
        old = self.periods[p][-1]
        self.periods[p].append(Statement(n, value, self.vintages[n]))
        if old.value != value:
            found.append({
                "series": self.name, "period_start": p[0], "period_end": p[1], "old_value": old.value, "new_value": value,
                "change": None if old.value is None or value is None else value - old.value, "old_vintage": old.vintage,
                "new_vintage": self.vintages[n], "first_seen": self.first_seen[n], "marked": marked, "substantial": False,
                "new_release": self.ids[n], "kind": kind,
            })

    def set_lags(self):
        """The lag counts releases since the period could first be stated. A period that is older than
        the first release was stated before it: the periods after it tell how often."""
        added = collections.Counter(s[0].n for s in self.periods.values())
        counts = [c for n, c in added.items() if n != min(added)]
        if not counts:
            return
        pace = statistics.median_low(counts)
        ends = {n: sorted(q[1] for q, s in self.periods.items() if s[0].n <= n) for n in added}
        for p, statements in self.periods.items():
            first = statements[0].n
            newer = len(ends[first]) - bisect.bisect_right(ends[first], p[1])
            for s in statements:
                s.lag = newer // pace + s.n - first

    def as_of(self, n):
        """The values that were known after a release, as pairs of period and value."""
        for p, statements in self.periods.items():
            until = [s for s in statements if s.n <= n]
            if until and until[-1].value is not None:
                yield p, until[-1].value


def headline(observations, before):
    """The figures that a headline can state, to the last day that was known before a release."""
    known = [o for o in before.values() if o.value is not None]
    if not known:
        return None
    cutoff = max(o.end for o in known)
    upto = sorted((o for o in observations if o.end <= cutoff), key=lambda o: o.start)
    s = Series(upto[0].series, upto)
    out = [(r["rank"], r["period_start"], r["period_end"]) for r in compare.records(s) if r["rank"] <= 3]
    for y in list(compare.year_to_date(s, cutoff))[-1:]:
        out += [floor(y["value"]), floor(y["prior_value"]), floor(y["prior_year_value"])]
        change = y["change"] or 0
        out.append((change > 0) - (change < 0))
    return sorted(map(str, out[:-4])), out[-4:]


def floor(value):
    """A count rounded down to two leading figures."""
    if value is None:
        return None
    scale = 10 ** max(0, len(str(value)) - 2)
    return value // scale * scale


def histories(all_releases):
    names = sorted({o.series for release in all_releases for o in release})
    return {name: History(name, all_releases) for name in names}


def triangle(h):
    """What each release stated of each period, within the bounds of the table. A series has none if its
    releases are of one day or nothing ever moved."""
    if len(set(h.vintages)) < 2 or all(x.value == s[0].value for s in h.periods.values() for x in s):
        return
    periods = list(h.periods.items())
    if sum(len(s) for _, s in periods) > LONG:
        periods = [(p, s) for p, s in periods if len({x.value for x in s}) > 1][-PERIODS:]
    for p, statements in periods:
        for i, s in enumerate(statements):
            before = statements[i - 1] if i else None
            kept = i < STATEMENTS - 1 or i == len(statements) - 1 or s.value != before.value
            if len(statements) > STATEMENTS and not kept:
                continue
            change = s.value - before.value if before and None not in (s.value, before.value) else None
            yield {"series": h.name, "period_start": p[0], "period_end": p[1], "release": h.ids[s.n], "vintage": s.vintage,
                   "value": s.value, "age_days": (s.vintage - p[1]).days, "lag": s.lag, "change": change}


def summary(h, bias):
    """How often, how much and how late the figures of a series changed."""
    rows = h.revisions
    if not rows:
        return
    stated = [s[-1] for s in h.periods.values()]
    gone = {p for p, s in h.periods.items() if any(r["kind"] == "withdrawn" and (r["period_start"], r["period_end"]) == p for r in rows) and s[-1].value is None}
    sizes = [r["change"] or 0 for r in rows]
    revised = len({(r["period_start"], r["period_end"]) for r in rows})
    observations = len(stated) - len(gone)
    yield {
        "series": h.name, "revisions": len(rows), "observations": observations, "withdrawn": len(gone), "revised": revised,
        "revised_percent": 100 * revised / (observations + len(gone)), "silent": sum(not r["marked"] for r in rows),
        "substantial": sum(r["substantial"] for r in rows), "largest_fall": min(0, *sizes), "largest_rise": max(0, *sizes),
        "mean_absolute_change": sum(map(abs, sizes)) / len(sizes),
        "longest_lag": max(0, *((r["new_vintage"] - r["period_end"]).days for r in rows)), **bias,
    }
