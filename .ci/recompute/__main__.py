"""Computes the published tables anew from the publishers' figures, and compares them with a site.

usage: python .ci/recompute SITE [STARTER]

SITE is the folder data of a site, STARTER the folder of the starter files that the site is made of.
Nothing here shares code with the project, and no published table is read except to be compared. The
exit status is 1 if a value differs.
"""

import sys

import ageing
import check
import compare
import ledger
import parts
import raw
import relations
from series import Series, cutoff

# The types of returns that are no longer used are published and not compared.
NOT_COMPARED = {"enforced.removals", "refused-at-port.uk-ports", "refused-at-port.juxtaposed", "refused-at-port.not-available", "refused-at-port.pre-2007"}


def is_compared(s):
    return not (s.source == "ukho-returns" and s.row["category"] in NOT_COMPARED)


def cutoff_of(s, everything):
    """The last day known in all series of a source with the same frequency, kind and newest release."""
    group = [q for q in everything if q.known() and (q.source, q.frequency, q.stock, q.vintage) == (s.source, s.frequency, s.stock, s.vintage)]
    if not s.known():
        return None
    return s.known()[-1].end if s.stock else cutoff(*group)


COLUMNS = ("source series flow measure unit kind ref_area route origin destination category sex age period_start period_end precision value lower upper "
           "obs_status revised publisher_mark vintage first_seen release locator").split()


def observations(known):
    """The newest vintage of each observation."""
    for s in known.values():
        for o in s.observations:
            yield {column: o.row.get(column, "") for column in COLUMNS}


def from_starter(site, folder):
    """Compares all tables that the starter files give."""
    files = raw.starter(folder)
    history = {source: raw.releases(rows) for source, rows in files.items()}
    compare_all(site, history)


def compare_all(site, history):
    """Compares the tables with what the releases of each source give."""
    known = {name: Series(name, obs) for all_releases in history.values() for name, obs in raw.newest(all_releases).items()}
    newest = max(r[0].vintage for all_releases in history.values() for r in all_releases)
    compared = {name: s for name, s in known.items() if is_compared(s)}
    cutoffs = {name: cutoff_of(s, compared.values()) for name, s in compared.items()}
    stated = {name: h for all_releases in history.values() for name, h in ledger.histories(all_releases).items()}
    ages = {name: ageing.maturity(h) for name, h in stated.items()}

    def dated(rows):
        """Rows without a figure have the date of the newest release, which shows that there is none."""
        return [{**r, "vintage": r["vintage"] or newest} for r in rows]

    def each(table):
        return [r for name, s in compared.items() if cutoffs[name]
                for r in ageing.Ages(stated[name], ages[name]).added(table(s, cutoffs[name]))]

    site.compare("observations", observations(known))
    site.compare("year-to-date", dated(each(compare.year_to_date)))
    site.compare("year-on-year", dated(each(compare.year_on_year)))
    site.compare("daily", [r for s in compared.values() for r in compare.daily(s)])
    site.compare("records", [r for s in compared.values() for r in compare.records(s)])
    site.compare("breakdowns", dated(parts.breakdowns(compared, cutoffs)))
    site.compare("rates", dated(relations.rates(compared)))
    site.compare("policy-periods", dated(relations.policy_periods(compared)))
    site.compare("balances", dated(relations.balances(compared)))
    site.compare("revisions", [r for h in stated.values() for r in h.revisions])
    site.compare("revision-summary", [r for n, h in stated.items() for r in ledger.summary(h, ageing.summary_columns(h, ages[n]))])
    site.compare("revision-lags", [r for n in compared for r in ageing.lags(stated[n], ages[n])])
    site.compare("revision-triangle", [r for n in compared for r in ledger.triangle(stated[n])])
    site.compare("residuals", relations.residuals(compared))
    site.compare("bridges", relations.bridges(compared))


def main(arguments):
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__)
    site = check.Site(arguments[0])
    from_starter(site, arguments[1] if len(arguments) > 1 else "data/raw/starter")
    left = [t for t in site.tables() if t not in site.checked]
    print(f"not recomputed: {', '.join(left)}")
    print(f"{site.values:,} values compared, {site.differences:,} differences")
    sys.exit(1 if site.differences else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
