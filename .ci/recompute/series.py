"""Sums of a series over days, by the rules of docs/methodology.md."""

import bisect
import dataclasses
import datetime

from raw import worst

DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(days=7)


def in_year(day, year):
    """The same month and day of another year; 29 February becomes 28 February in common years."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def years_on(day, years):
    return in_year(day, day.year + years)


def month_end(day):
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def months_on(day, months):
    """The first day of the month that comes some months after that of a day."""
    n = day.year * 12 + day.month - 1 + months
    return datetime.date(n // 12, n % 12 + 1, 1)


def year_of(year):
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


@dataclasses.dataclass
class Window:
    """The sum over a span of days after it is cut back to whole periods. Without a whole period
    there are no days."""

    start: datetime.date | None = None
    end: datetime.date | None = None
    value: int | None = None
    lower: int | None = None
    upper: int | None = None
    status: str = "M"
    vintage: datetime.date | None = None
    complete: bool = False

    @property
    def days(self):
        return (self.end - self.start).days + 1 if self.start else 0


class Series:
    """One series as it is known, its observations in order of time."""

    def __init__(self, name, observations):
        self.name = name
        self.observations = observations
        self.source, self.measure, self.frequency = name.split(":")[:3]
        self.row = observations[0].row
        self.stock = self.row["kind"] == "stock"
        self.first, self.last = observations[0].start, max(o.end for o in observations)
        self.starts = [o.start for o in observations]
        self.ends = [o.end for o in observations]
        self.vintage = max(o.vintage for o in observations)
        self.by_days = {(o.start, o.end): o for o in observations}

    def within(self, start, end):
        """The edges of a span after it is cut back to whole periods, and the periods in it. Where no
        period is stated, the edge stays: what is outside is not known."""
        low, high = bisect.bisect_left(self.ends, start), bisect.bisect_right(self.starts, end)
        if low < len(self.ends) and self.starts[low] < start:
            start = self.ends[low] + DAY
            low += 1
        if high > low and self.ends[high - 1] > end:
            end = self.starts[high - 1] - DAY
            high -= 1
        return start, end, self.observations[low:max(low, high)]

    def sum(self, start, end):
        """The sum of a flow over whole periods. It is missing if a day has no value."""
        first, last, parts = self.within(start, end)
        if last < first:
            return Window()
        w = Window(first, last, status=worst(*(o.status for o in parts)), vintage=max((o.vintage for o in parts), default=None))
        if sum(o.days() for o in parts) < w.days:
            w.status = worst(w.status, "O")
        elif all(o.value is not None for o in parts):
            w.value = sum(o.value for o in parts)
            w.complete = (first, last) == (start, end)
            if any(o.lower is not None or o.upper is not None for o in parts):
                w.lower = sum(o.value if o.lower is None else o.lower for o in parts)
                w.upper = sum(o.value if o.upper is None else o.upper for o in parts)
        return w

    def ending(self, day):
        """The observation whose period ends on a day, or None."""
        i = bisect.bisect_left(self.ends, day)
        return self.observations[i] if i < len(self.ends) and self.ends[i] == day else None

    def over(self, start, end):
        """The value for exactly these days: a sum of a flow, the level of a stock on the last day."""
        if self.stock:
            o = self.ending(end)
            if o is None:
                return Window(end, end, status="O")
            return Window(end, end, o.value, o.lower, o.upper, o.status, o.vintage, o.value is not None)
        w = self.sum(start, end)
        if (w.start, w.end) != (start, end):
            w.value = w.lower = w.upper = None
        return w

    def known_days(self):
        """The days that have a value, as numbers: of a stock only its own dates."""
        out = set()
        for o in self.observations:
            if o.value is not None:
                out.update(range(o.start.toordinal(), o.end.toordinal() + 1))
        return out

    def known(self):
        return [o for o in self.observations if o.value is not None]


def cutoff(*series):
    """The last day on which every series has a value, or None."""
    days = set.intersection(*(s.known_days() for s in series))
    return datetime.date.fromordinal(max(days)) if days else None


def whole_months(first, last, step, length):
    """The periods of some months inside a span that end with every step-th month of a year."""
    out, month = [], first.replace(day=1)
    while month_end(month) <= last:
        start = months_on(month, 1 - length)
        if month.month % step == 0 and start >= first:
            out.append((start, month_end(month)))
        month = months_on(month, 1)
    return out


def whole_weeks(first, last):
    """The weeks, Monday to Sunday, inside a span."""
    out, monday = [], first + DAY * (-first.weekday() % 7)
    while monday + 6 * DAY <= last:
        out.append((monday, monday + 6 * DAY))
        monday += WEEK
    return out


def year_earlier(start, end):
    """Whole months a year earlier: they still end with a month."""
    return years_on(start, -1), month_end(years_on(end, -1))


def twelve_months(day, year):
    """The twelve months that end in a year on the month and day of a cut-off."""
    if day == month_end(day):
        end = month_end(datetime.date(year, day.month, 1))
        return months_on(end, -11), end
    return in_year(day, year - 1) + DAY, in_year(day, year)
