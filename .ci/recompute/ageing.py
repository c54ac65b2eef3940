"""When the periods of a series stop moving, in which direction they move, and what earlier ones were
at the same age."""

import dataclasses
import math
import statistics

from series import Series

QUIET = 4
LEAST_MOVED, LEAST_SHARE = 2, 0.1
LEAST_FOR_T = 10
LOW_BASE = 30


@dataclasses.dataclass
class Maturity:
    """After how many releases, and days, periods stop moving. releases is None if that is unknown."""

    releases: int | None = None
    days: int = 0
    settled: bool | None = None
    compared: int | None = None
    revised: int | None = None
    late: int | None = None
    wholesale: int = 0


def quiet(n):
    return max(n, QUIET)


def steps(h):
    """Every restatement of a known value: lag, age, whether it moved, release and period."""
    for p, statements in h.periods.items():
        for was, now in zip(statements, statements[1:]):
            if was.value is not None:
                yield now.lag, (now.vintage - p[1]).days, was.value != now.value, now.n, p


def wholesale(all_steps):
    """The releases that change half of the older half of their periods, and at least four."""
    out = set()
    for n in {s[3] for s in all_steps}:
        moved = [s[2] for s in all_steps if s[3] == n]
        older = moved[:len(moved) // 2]
        if sum(older) >= 4 and 2 * sum(older) >= len(older):
            out.add(n)
    return out


def maturity(h):
    all_steps = list(steps(h))
    left = wholesale(all_steps)
    m = Maturity(wholesale=len(left))
    counted = [s for s in all_steps if s[3] not in left and s[0] is not None]
    if not counted:
        return m
    last = 0
    for i, lag in enumerate(sorted(s[0] for s in counted if s[2])):
        if i and lag > last + quiet(last):
            break
        last = lag
    oldest = max(s[0].lag + len(h.releases) - 1 - s[0].n for s in h.periods.values())
    young = [s for s in counted if s[0] <= last]
    moved = {s[4] for s in young if s[2]}
    m.releases, m.settled = last, oldest >= last + quiet(last)
    m.compared, m.revised = len({s[4] for s in young}), len(moved)
    m.days = max((s[1] for s in young if s[2]), default=0)
    m.late = sum(s[2] for s in counted if s[0] > last)
    if m.revised < LEAST_MOVED or m.revised < LEAST_SHARE * m.compared:
        m = Maturity(0, 0, True, 0, 0, sum(s[2] for s in counted), m.wholesale)
    return m


def biases(h, m):
    """The changes of values by scope, as pairs of the value before and after."""
    least = m.releases or 0
    scopes = {("all", None): [], ("young", None): []} | {("lag", n): [] for n in range(1, least + 1)} | {("older", None): []}
    for statements in h.periods.values():
        for was, now in zip(statements, statements[1:]):
            scope = ("lag", now.lag) if now.lag is not None and 0 < now.lag <= least else ("older", None)
            scopes[scope].append((was.value, now.value))
        known = [s for s in statements if s.value is not None]
        if known and known[0] is not statements[-1]:
            pair = known[0].value, statements[-1].value
            scopes["all", None].append(pair)
            if known[0].lag is not None and known[0].lag < least:
                scopes["young", None].append(pair)
    for (scope, lag), pairs in scopes.items():
        pairs = [p for p in pairs if None not in p]
        if pairs:
            yield scope, lag, pairs


def bias(pairs):
    """The columns that say in which direction values were revised."""
    changes = [b - a for a, b in pairs]
    revised = [c for c in changes if c]
    mean = lambda xs: sum(xs) / len(xs) if xs else None
    return {
        "compared": len(pairs), "raised": sum(c > 0 for c in changes), "lowered": sum(c < 0 for c in changes),
        "mean_revision": mean(changes), "mean_absolute_revision": mean([abs(c) for c in changes]),
        "mean_revision_of_revised": mean(revised), "mean_absolute_revision_of_revised": mean([abs(c) for c in revised]),
        **test(changes, revised),
    }


def test(changes, revised):
    """The two-sided test of no bias."""
    if not revised:
        return {"test": None, "tested": None, "statistic": None, "p_value": None}
    if len(changes) >= LEAST_FOR_T and len(set(changes)) > 1:
        t = newey_west(changes)
        v = len(changes) - 1
        return {"test": "newey-west", "tested": len(changes), "statistic": t, "p_value": beta(v / 2, 0.5, v / (v + t * t))}
    up = sum(c > 0 for c in revised)
    tail = sum(math.comb(len(revised), k) for k in range(min(up, len(revised) - up) + 1)) / 2 ** len(revised)
    return {"test": "sign", "tested": len(revised), "statistic": float(up), "p_value": min(1.0, 2 * tail)}


def newey_west(x):
    """The t of the mean with Newey-West standard errors and Bartlett weights."""
    n, mean = len(x), statistics.fmean(x)
    width = int(4 * (n / 100) ** (2 / 9))
    d = [v - mean for v in x]
    variance = math.fsum(v * v for v in d) / n
    for lag in range(1, width + 1):
        variance += 2 * (1 - lag / (width + 1)) * math.fsum(a * b for a, b in zip(d[lag:], d)) / n
    return mean / math.sqrt(variance / (n - 1))


def beta(a, b, x):
    """The regularised incomplete beta function, by its continued fraction."""
    if x > (a + 1) / (a + b + 2):
        return 1 - beta(b, a, 1 - x)
    if x <= 0:
        return 0.0
    front = math.exp(a * math.log(x) + b * math.log1p(-x) - math.lgamma(a) - math.lgamma(b) + math.lgamma(a + b)) / a
    value = 1.0
    for k in range(400, 0, -1):
        m = k // 2
        d = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)) if k % 2 == 0 else -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        value = 1 + d / value
    return front / value


def lags(h, m):
    """The rows of table revision-lags."""
    for scope, lag, pairs in biases(h, m):
        changes, before = [b - a for a, b in pairs], sum(a for a, _ in pairs)
        yield {"series": h.name, "scope": scope, "lag": lag, **bias(pairs), "largest_fall": min(0, *changes), "largest_rise": max(0, *changes),
               "revision_percent": 100 * sum(changes) / abs(before) if before else None}


def summary_columns(h, m):
    """The columns of table revision-summary about the direction and the maturity."""
    every = [pairs for scope, _, pairs in biases(h, m) if scope == "all"]
    columns = bias(every[0]) if every else {}
    moves = bool(m.releases)
    return {**columns, "mature_after_releases": m.releases, "mature_after_days": m.days if moves else None, "young_compared": m.compared if moves else None,
            "young_revised": m.revised if moves else None, "later_changes": m.late, "wholesale_releases": m.wholesale, "settled": m.settled}


class Ages:
    """What was known of earlier periods of a series at the age that the newest ones have now."""

    def __init__(self, h, m):
        self.h, self.first = h, None
        if h is None:  # no release states the series by itself
            return
        newest = len(h.releases) - 1
        for p, statements in h.periods.items():
            s = statements[0]
            if s.lag is not None and m.releases and s.lag + newest - s.n < m.releases and (h.vintages[-1] - p[1]).days < m.days:
                self.first = p
                break

    def added(self, rows):
        """Comparisons of two spans, with the columns of the same age."""
        for row in rows:
            end, before = row.get("window_end", row.get("period_end")), row.pop("before")
            yield {**row, **self.columns(row["value"], end, (before.start, before.end) if before.days else None)}

    def columns(self, value, end, before):
        """The two columns of the same age of a value up to a day, against another span, if there is one."""
        same = None
        if self.first and value is not None and end >= self.first[1] and before:
            same = self.same_age(end, *before)
        percent = 100 * (value - same) / same if same is not None and same >= LOW_BASE else None
        return {"prior_value_same_age": same, "change_percent_same_age": percent}

    def same_age(self, end, prior_start, prior_end):
        h = self.h
        want = prior_end + (h.vintages[-1] - end)
        off, n = min((abs((v - want).days), -i) for i, v in enumerate(h.vintages))
        gaps = [(b - a).days for a, b in zip(h.vintages, h.vintages[1:]) if b > a]
        if 2 * off > (statistics.median_low(gaps) if gaps else 0):
            return None
        by_period = {p: o for release in h.releases[:1 - n] for o in release for p in [(o.start, o.end)]}
        known = [dataclasses.replace(by_period[p], value=value) for p, value in h.as_of(-n)]
        return Series(h.name, sorted(known, key=lambda o: o.start)).over(prior_start, prior_end).value if known else None
