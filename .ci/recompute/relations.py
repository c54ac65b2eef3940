"""The tables that compare one series with another: rates, balances, policy periods, residuals, bridges."""

import datetime
import math

from compare import change, low_base, newest, publishable
from series import DAY, Window, cutoff, in_year, twelve_months, whole_months, whole_weeks, year_earlier, year_of, years_on
from raw import worst

SMALL_BOATS = "ukho-small-boats:arrivals:D"
IN_FORCE = datetime.date(2025, 8, 6)

# Name, unit, series above and below the line, and whether it is per 1,000.
RATES = [
    ("persons-per-boat", "people per boat", SMALL_BOATS, "ukho-small-boats:boats:D", False),
    ("exchange-returns-per-arrival", "returns per arrival", "ukho-france-exchange:exchange-out:M", SMALL_BOATS, False),
]
TOTALS = [("ukho-asylum:initial-decisions:Q",
           ["ukho-asylum:initial-grants:Q", "ukho-asylum:initial-refusals:Q", "ukho-asylum:initial-withdrawals:Q"])]
for _route, _arrivals in [("english-channel", SMALL_BOATS), ("central-mediterranean", "it-interior-landings:arrivals:D")]:
    for _measure, _unit in [("dead", "people found dead"), ("dead-and-missing", "people dead or missing")]:
        _name, _unit = f"{_measure}-per-1000-arrivals-{_route}", f"{_unit} per 1,000 arrivals"
        _series = [f"iom-missing-migrants:{_measure}:M:{x}route={_route}" for x in ("", "category=at-sea:", "category=elsewhere:")]
        RATES.append((_name, _unit, _series[0], _arrivals, True))
        RATES.append((f"{_name}-at-sea", _unit, _series[1], _arrivals, True))
        TOTALS.append((_series[0], _series[1:]))
BRIDGES = [
    ("ukho-illegal-entry:detections:Q:category=small-boat", SMALL_BOATS),
    ("ukho-small-boat-asylum:arrivals:Q", "ukho-illegal-entry:detections:Q:category=small-boat"),
    ("ukho-small-boat-asylum:claim-outcomes:Q", "ukho-small-boat-asylum:arrivals:Q:category=claim"),
    ("ukho-asylum-awaiting:awaiting-initial-decision:Q", "ukho-asylum:awaiting-initial-decision:Q"),
]


def gamma_p(a, x):
    """The regularised lower incomplete gamma function, by its power series."""
    if x <= 0:
        return 0.0
    term = total = 1.0 / a
    n = a
    while term > total * 1e-17:
        n += 1
        term *= x / n
        total += term
    return min(1.0, total * math.exp(a * math.log(x) - x - math.lgamma(a)))


def solve(function, goal, low, high):
    """The point at which an increasing function reaches a goal."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < goal else (low, middle)
    return (low + high) / 2


def poisson_limits(n):
    """The exact 95 % limits of the mean of a Poisson count, by Garwood: P(X >= n) is gamma_p(n, mean)."""
    high = 3 * n + 30
    lower = solve(lambda mean: gamma_p(n, mean), 0.025, 0, high) if n else 0.0
    return lower, solve(lambda mean: gamma_p(n + 1, mean), 0.975, 0, high)


def same_days(above, below, start, end):
    """Both sums over the same days, cut back until no period of either straddles an edge."""
    while True:
        n = above.sum(start, end)
        if not n.days:
            return Window(), Window()
        d = below.sum(n.start, n.end)
        if not d.days:
            return Window(), Window()
        if (d.start, d.end) == (n.start, n.end):
            return n, d
        start, end = d.start, d.end


def ends(prefix, count, base, per_thousand):
    """A number above the line, its rate and the limits of the rate."""
    out = {f"{prefix}numerator_value": count, f"{prefix}value": None, f"{prefix}lower": None, f"{prefix}upper": None}
    if count is None or not base or base <= 0:
        return out
    if not per_thousand:
        out[f"{prefix}value"] = count / base
    elif count >= 5 and base >= 1000:
        lower, upper = poisson_limits(count)
        out.update({f"{prefix}value": 1000 * count / base, f"{prefix}lower": 1000 * lower / base, f"{prefix}upper": 1000 * upper / base})
    return out


def spans_of(above, below, last, per_thousand):
    """The spans over which a rate is published, each with its basis."""
    first, end = max(above.first, below.first), min(above.last, below.last, last)
    for p in whole_months(first, end, 1, 1):
        yield "month", p
    for p in whole_months(first, end, 12, 12):
        yield "year", p
    for year in range(first.year, end.year + 1):
        spans = [("rolling-12-months", twelve_months(last, year))]
        if not per_thousand:
            spans.append(("year-to-date", (datetime.date(year, 1, 1), in_year(last, year))))
        yield from ((basis, p) for basis, p in spans if first <= p[0] and p[1] <= end)
    if not per_thousand and above.frequency in "DW" and below.frequency in "DW":
        for p in whole_weeks(first, end):
            yield "week", p


def rates(known):
    for name, unit, numerator, denominator, per_thousand in RATES:
        if numerator not in known or denominator not in known:
            continue
        above, below = known[numerator], known[denominator]
        for basis, p in spans_of(above, below, cutoff(above, below), per_thousand):
            n, d = same_days(above, below, *p)
            if not n.days or basis in ("month", "year", "week") and not (publishable(above, n, p) and publishable(below, d, p)):
                continue
            row = rate(n, d, per_thousand)
            if basis != "month" or not per_thousand or row["value"] is not None:
                yield {"rate": name, "numerator": numerator, "denominator": denominator, "basis": basis, "unit": unit, **row}


def rate(n, d, per_thousand):
    low = per_thousand and n.value is not None and (d.value or 0) > 0 and n.value >= 0 and (n.value < 5 or d.value < 1000)
    status = worst("O" if n.value is None or d.value is None else n.status, d.status)
    ranged = d.lower is None
    return {
        "period_start": n.start, "period_end": n.end, "denominator_value": d.value,
        **ends("", n.value, d.value, per_thousand),
        **ends("low_", n.lower if ranged else None, d.value, per_thousand),
        **ends("high_", n.upper if ranged else None, d.value, per_thousand),
        "method": "exact-poisson" if per_thousand else "none", "level_percent": 95.0 if per_thousand else None,
        "obs_status": "Q" if low else status, "vintage": newest(n, d), "low base": low,
    } if per_thousand else {
        "period_start": n.start, "period_end": n.end, "denominator_value": d.value,
        **ends("", n.value, d.value, False),
        **ends("low_", n.lower if ranged else None, d.value, False),
        **ends("high_", n.upper if ranged else None, d.value, False),
        "method": "none", "level_percent": None, "obs_status": status, "vintage": newest(n, d),
    }


def balances(known):
    names = ["ukho-france-exchange:exchange-out:M", "ukho-france-exchange:exchange-in:M", SMALL_BOATS]
    if not all(n in known for n in names):
        return
    out, into, base = (known[n] for n in names)
    since = max(IN_FORCE, out.known()[0].start)
    for o in out.observations:
        for basis, start, counted in [("month", o.start, o.start), ("cumulative", IN_FORCE, since)]:
            x, i, b = out.over(counted, o.end), into.over(start, o.end), base.over(start, o.end)
            days = (o.end - start).days + 1
            yield {
                "balance": "uk-france-exchange", "basis": basis, "period_start": start, "period_end": o.end,
                "out": x.value, "in": i.value, "difference": None if x.value is None or i.value is None else x.value - i.value,
                "base": b.value, "out_percent": 100 * x.value / b.value if x.value is not None and b.value else None,
                "days": days, "out_per_day": None if x.value is None else x.value / days,
                "obs_status": x.status, "vintage": newest(x, i, b),
            }


def policy_periods(known):
    """The days since the agreement began, against the time before; no day is on both sides."""
    if not all(n in known for n in ["ukho-france-exchange:exchange-out:M", "ukho-france-exchange:exchange-in:M", SMALL_BOATS]):
        return
    s, start = known[SMALL_BOATS], IN_FORCE
    last = cutoff(s)
    if last < start:
        return
    before = years_on(start, -1), start - DAY
    if years_on(last, -1) < start:
        pairs = [("policy-period", (start, last), (before[0], years_on(last, -1)))]
    else:
        pairs = [("first-twelve-months", (start, years_on(start, 1) - DAY), before),
                 ("newest-twelve-months", twelve_months(last, last.year), before)]
    for basis, span, earlier in pairs:
        now, prior = s.sum(*span), s.sum(*earlier)
        if now.days:
            yield {
                "policy": "uk-france-exchange", "series": s.name, "basis": basis, "period_start": now.start, "period_end": now.end,
                "days": now.days, "value": now.value, "prior_value": prior.value, **change(now, prior), "low base": low_base(prior),
                "obs_status": now.status, "vintage": newest(now, prior), "prior_start": prior.start, "prior_end": prior.end, "before": prior,
            }


CONTEXTS = [("days-assessed-as-likely", "ukho-crossing-conditions:red-days:M"), ("days-with-arrivals", None), ("boats", "ukho-small-boats:boats:D")]


def contexts(known):
    """What may explain a part of a change in arrivals: another figure in the same two windows."""
    if SMALL_BOATS not in known:
        return
    s = known[SMALL_BOATS]
    for name, series in CONTEXTS:
        of = known.get(series)
        if series and not of:
            continue
        if of and of.frequency != s.frequency:
            pairs = [((o.start, o.end), year_earlier(o.start, o.end)) for o in of.observations]
        else:
            last = cutoff(s, of) if of else cutoff(s)
            pairs = [tuple((datetime.date(y, 1, 1), in_year(last, y)) for y in (last.year, last.year - 1))]
        for spans in pairs:
            now, prior = (s.over(*p) for p in spans)
            x, before = (of.over(*p) if of else with_arrivals(s, *p) for p in spans)
            if None not in (now.value, prior.value, x.value, before.value):
                yield context(s, name, series, spans, now, prior, x, before)


def with_arrivals(s, start, end):
    """The days of a window with a value above zero."""
    w = s.over(start, end)
    if w.value is not None:
        w.value = sum(o.value > 0 for o in s.within(start, end)[2])
    return w


def context(s, name, series, spans, now, prior, x, before):
    per, prior_per = (a.value / b.value if b.value else None for a, b in [(now, x), (prior, before)])
    changed = change(now, prior)["change_percent"]
    comparable = None not in (per, prior_per, changed) and prior_per > 0
    return {
        "series": s.name, "context": name, "context_series": series, "period_start": spans[0][0], "period_end": spans[0][1],
        "prior_start": spans[1][0], "prior_end": spans[1][1], "value": now.value, "prior_value": prior.value, "change_percent": changed,
        "context_value": x.value, "prior_context_value": before.value, "value_per_context": per, "prior_value_per_context": prior_per,
        "per_context_change_percent": 100 * (per - prior_per) / prior_per if comparable else None,
        "obs_status": worst(now.status, x.status), "vintage": newest(now, prior, x, before),
    }


def periods_and_years(s):
    out = [(o.start, o.end) for o in s.observations]
    if not s.stock and s.frequency != "A":
        out += [p for p in map(year_of, range(s.first.year, s.last.year + 1)) if s.sum(*p).complete]
    return out


def residuals(known):
    for total, parts in TOTALS:
        if not all(n in known for n in [total, *parts]):
            continue
        s = known[total]
        for p in periods_and_years(s):
            whole = s.sum(*p)
            sums = [known[n].sum(whole.start, whole.end) for n in parts]
            added = sum(w.value for w in sums) if all(w.complete for w in sums) else None
            yield {
                "series": total, "parts": " ".join(parts), "period_start": whole.start, "period_end": whole.end, "value": whole.value,
                "parts_value": added, "residual": None if added is None or whole.value is None else whole.value - added,
                "obs_status": worst(whole.status, *(w.status for w in sums)),
            }


def bridges(known):
    for series, reference in BRIDGES:
        if series not in known or reference not in known:
            continue
        for p in periods_and_years(known[series]):
            yield bridge(known[series], known[reference], p)


def bridge(s, reference, period):
    a, b = s.over(*period), reference.over(*period)
    return {
        "series": s.name, "reference_series": reference.name, "period_start": period[0], "period_end": period[1],
        "value": a.value, "reference_value": b.value, "difference": None if a.value is None or b.value is None else a.value - b.value,
        "vintage": a.vintage, "reference_vintage": b.vintage,
    }
