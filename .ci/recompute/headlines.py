"""The numbers in the published sentences, looked up in our own rows."""

import datetime
import decimal
import re

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\b(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{4}})?|\b(?:[Ii]n|of|since|year|to) (?:19|20)\d\d\b|\b(?:19|20)\d\d (?:has|had)\b")
NUMBER = re.compile(r"([+\u2212]?)(\d[\d,]*(?:\.\d+)?)( %)?")


def rounded(value, places):
    """A number rounded with halves away from zero."""
    step = decimal.Decimal(1).scaleb(-places)
    return decimal.Decimal(repr(value)).quantize(step, decimal.ROUND_HALF_UP)


def allowed(rows):
    """The numbers that some rows have, as a sentence may write them: plain, and per cent."""
    plain, percent = set(), set()
    for row in rows:
        for column, value in row.items():
            if isinstance(value, bool) or value is None or isinstance(value, (str, datetime.date)):
                continue
            if "percent" in column:
                percent.add(rounded(value, 1))
            else:
                plain.add(abs(value) if isinstance(value, int) else rounded(value, 1))
    return plain, percent


def unexplained(text, rows, years):
    """The numbers of a sentence that its rows do not have. years is how many years have a value."""
    plain, percent = allowed(rows)
    if " whole weeks of " in text:  # of both spans, which are as long
        plain |= {r["days"] // 7 for r in rows if r.get("days", 1) % 7 == 0}
    seen = 0
    wrong = []
    for sign, digits, unit in NUMBER.findall(DATE.sub("", text)):
        seen += 1
        n = decimal.Decimal(digits.replace(",", ""))
        if sign == "\u2212":
            n = -n
        if not (n in percent if unit else n in plain or f" {digits} years " in text and n == years):
            wrong.append(sign + digits + unit)
    return seen, wrong


ORDINALS = ["", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ", "ninth ", "tenth ", "eleventh ", "twelfth "]
RANK = re.compile(r"the (\w+ |)highest count by")


def rank(text, row, years):
    """Whether a sentence says the right rank of a year among the years to date of its series."""
    said = RANK.search(text)
    return not said or said[1] == ORDINALS[sum(y["value"] > row["value"] for y in years)]


def check(site):
    """Compares the sentences of a site with our rows, and returns how many numbers and what is wrong."""
    seen, found = 0, []
    for h in site.rows("headlines"):
        rows = [site.ours.get(tuple(ref.split("/"))) for ref in h["rows"].split()]
        if None in rows:
            found.append(f"{h['id']}: names a row that we do not have: {h['rows']}")
            continue
        years = [r for k, r in site.ours.items() if k[:2] == ("year-to-date", h["series"]) and r["value"] is not None]
        n, wrong = unexplained(h["text"], rows, len(years))
        if not rank(h["text"], rows[0], years):
            found.append(f"{h['id']}: the rank is another")
        seen += n + 1
        found += [f"{h['id']}: {w} is in none of its rows" for w in wrong]
        if h["vintage"] != max(str(r["vintage"]) for r in rows if "vintage" in r):
            found.append(f"{h['id']}: vintage is {h['vintage']}")
    return seen, found
