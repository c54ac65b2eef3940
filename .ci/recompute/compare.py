"""The tables of one series at a time: years to date, years on year, days and records."""

import bisect
import datetime

from series import DAY, Window, in_year, twelve_months, whole_months, whole_weeks, year_earlier, year_of, years_on

LOW_BASE = 30
TOP = 10


def percent(value, base):
    return None if value is None or not base else 100 * value / base


def change(now, prior):
    """The change from one window to another, absolute and in per cent. Windows that differ by more
    than a leap day are not compared."""
    if now.value is None or prior.value is None or abs(now.days - prior.days) > 1:
        return {"change": None, "change_percent": None}
    difference = now.value - prior.value
    return {"change": difference, "change_percent": 100 * difference / prior.value if prior.value >= LOW_BASE else None}


def low_base(prior):
    """Whether a note must say that the base is low."""
    return prior.value is not None and prior.value < LOW_BASE


def newest(*windows):
    return max((w.vintage for w in windows if w.vintage), default=None)


def earlier(s, now, start, end):
    """What a window is compared with: the same span a year earlier, or as many weeks of it."""
    if s.frequency != "W":
        return s.sum(start, end)
    if not now.days:
        return Window()
    first = s.within(start, end)[0]
    return s.sum(first, first + (now.days - 1) * DAY)


def year_to_date(s, cutoff):
    """Every year to the month and day of the cut-off, with the same span of the year before."""
    if s.stock or s.frequency == "A":
        return
    final = min(s.last.year, cutoff.year)
    for year in range(s.first.year, final + 1):
        to = in_year(cutoff, year)
        now, whole = s.sum(datetime.date(year, 1, 1), to), s.sum(*year_of(year))
        prior = earlier(s, now, datetime.date(year - 1, 1, 1), in_year(cutoff, year - 1))
        before = s.sum(*year_of(year - 1)) if prior.value is not None else Window()
        over = year < cutoff.year and now.value is not None and now.value >= 0 and (whole.value or 0) > 0
        yield {
            "series": s.name, "year": year, "cutoff": to, "window_start": now.start, "window_end": now.end, "days": now.days,
            "value": now.value, "prior_value": prior.value, **change(now, prior), "prior_year_value": before.value,
            "obs_status": now.status, "vintage": newest(now, prior, before), "low base": low_base(prior), "before": prior,
            "lower": now.lower, "upper": now.upper, "prior_lower": prior.lower, "prior_upper": prior.upper,
            "share_percent": percent(now.value, whole.value) if over else None,
            "prior_passed_on": passed_on(s, now.value, year - 1) if year == final else None,
            "prior_start": prior.start, "prior_end": prior.end,
        }


def passed_on(s, target, year):
    """The day on which a year's running total first reached a value."""
    if not target or target <= 0:
        return None
    day, _, parts = s.within(*year_of(year))
    total = 0
    for o in parts:
        if o.start != day or o.value is None:
            return None
        total += o.value
        if total >= target:
            return o.end
        day = o.end + DAY
    return None


def year_on_year(s, cutoff):
    """Whole periods against the same periods a year earlier."""
    if s.stock:
        yield from points(s, cutoff)
        return
    last = min(s.last, cutoff)
    pairs = [(basis, p, year_earlier(*p)) for basis, step, length in
             [("month", 1, 1), ("quarter", 3, 3), ("year", 12, 12), ("year-ending", 1, 12)]
             for p in whole_months(s.first, last, step, length)]
    for year in range(s.first.year, cutoff.year + 1):
        p = twelve_months(cutoff, year)
        if p[0] >= s.first and p[1] <= last:
            pairs.append(("rolling-12-months", p, twelve_months(cutoff, year - 1)))
    for basis, p, before in pairs:
        now = s.sum(*p)
        if publishable(s, now, p):
            yield compared(s, basis, now, earlier(s, now, *before))


def publishable(s, w, period):
    """Days and weeks may be cut back inside a period. Of longer periods no part is published."""
    return w.days > 0 if s.frequency in "DW" else (w.start, w.end) == period


def compared(s, basis, now, prior):
    return {
        "series": s.name, "basis": basis, "period_start": now.start, "period_end": now.end,
        "value": now.value, "prior_value": prior.value, **change(now, prior), "low base": low_base(prior), "before": prior,
        "obs_status": now.status, "vintage": newest(now, prior),
        "lower": now.lower, "upper": now.upper, "prior_lower": prior.lower, "prior_upper": prior.upper,
    }


def same_date(s, day):
    """The date a year earlier: the last day of the month, if a month ends and the same date has no value."""
    before = years_on(day, -1)
    if s.ending(before) is None and (day + DAY).day == 1:
        return year_earlier(day, day)[1]
    return before


def points(s, cutoff):
    for o in s.observations:
        if o.end <= cutoff:
            now, before = s.over(o.start, o.end), same_date(s, o.end)
            row = compared(s, "point", now, s.over(before, before))
            yield {**row, "period_start": o.start, "period_end": o.end}


def daily(s):
    """Every day of coverage, with its trailing mean and the running total of its year."""
    if s.frequency != "D":
        return
    values, cumulative, total = {}, {}, None
    for i in range((s.last - s.first).days + 1):
        day = s.first + i * DAY
        o = s.by_days.get((day, day))
        values[day] = o.value if o else None
        if (day.month, day.day) == (1, 1):
            total = 0
        total = None if total is None or values[day] is None else total + values[day]
        cumulative[day] = None if s.stock else total
        week = [values.get(day - n * DAY) for n in range(7)]
        yield {
            "series": s.name, "date": day, "value": values[day], "cumulative": cumulative[day],
            "rolling_7_day_mean": None if s.stock or None in week else sum(week) / 7,
            "prior_cumulative": cumulative.get(years_on(day, -1)), "obs_status": o.status if o else "O",
        }


OWN = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "A": "year"}


def records(s):
    """The highest values of each scope. Equal values share a rank; zero is no record."""
    scopes = {}
    for o in s.observations:
        if s.stock or o.precision == OWN[s.frequency]:
            item = (o.value, o.start, o.end, o.status)
            scopes.setdefault(OWN[s.frequency], []).append(item)
            if s.frequency == "D":
                scopes.setdefault(f"day-in-{o.start.year}", []).append(item)
    if s.frequency == "D" and not s.stock:
        longer = {"week": whole_weeks(s.first, s.last)}
        longer.update((name, whole_months(s.first, s.last, n, n)) for name, n in [("month", 1), ("quarter", 3), ("year", 12)])
        for scope, periods in longer.items():
            sums = [s.sum(*p) for p in periods]
            scopes[scope] = [(w.value, w.start, w.end, w.status) for w in sums if w.complete]
    for scope, items in scopes.items():
        values = sorted(item[0] for item in items if item[0] is not None)
        for value, start, end, status in items:
            rank = 1 + len(values) - bisect.bisect_right(values, value or 0)
            if value and value > 0 and rank <= TOP:
                yield {"series": s.name, "scope": scope, "rank": rank, "period_start": start, "period_end": end,
                       "value": value, "obs_status": status}
