"""Computes the published tables anew from the publishers' figures, and compares them with a site.

usage: python .ci/recompute BIN [REAL]
       python .ci/recompute starter|publishers SITE FILES

The first form makes a site of the starter data with the programs in BIN and compares it. With REAL, a
folder with the files of each source as their publishers made them, it then does the same with them. The
second form compares a site that is there: SITE is its folder data, and FILES the folder of the files.

Nothing here shares code with the project, and a published table is read only to be compared. The exit
status is 1 if a value differs.
"""

import datetime
import functools
import pathlib
import sys
import time

import ageing
import build
import check
import compare
import headlines
import iom
import ledger
import parts
import publishers
import quality
import raw
import relations
from series import Series, cutoff

# The types of returns that are no longer used are published and not compared.
NOT_COMPARED = {"enforced.removals", "refused-at-port.uk-ports", "refused-at-port.juxtaposed", "refused-at-port.not-available", "refused-at-port.pre-2007"}


def is_compared(s):
    """Whether a series is compared over time: of detailed tables only the totals and categories are."""
    if s.source not in parts.DETAILED:
        return True
    return all(s.row[d] == "_T" for d in raw.DIMENSIONS if d != "category") and s.row["category"] not in NOT_COMPARED


def kin(s):
    """What the series of a source have in common that are compared up to one day."""
    return s.source, s.frequency, s.stock, s.vintage


def cutoffs_of(compared):
    """The cut-off of each series: the last day known in all series of a source with the same frequency, kind and newest release."""
    groups, days = {}, {}
    for s in compared.values():
        if s.known():
            groups.setdefault(kin(s), []).append(s)
    for key, group in groups.items():
        days[key] = None if group[0].stock else cutoff(*group)
    return {name: None if not s.known() else s.known()[-1].end if s.stock else days[kin(s)] for name, s in compared.items()}


COLUMNS = ("source series flow measure unit kind ref_area route origin destination category sex age period_start period_end precision value lower upper "
           "obs_status revised publisher_mark vintage first_seen release locator").split()


def observations(known):
    """The newest vintage of each observation."""
    for s in known.values():
        for o in s.observations:
            yield {column: o.row.get(column, "") for column in COLUMNS}


def releases(source, all_releases, stated):
    """What each release of a source states, and how much it changed."""
    for release in all_releases:
        name = release[0].row["release"]
        changed = [r for s in {o.series for o in release} for r in stated[s].revisions if r["new_release"] == name]
        yield {
            "source": source, "release": name, "vintage": release[0].vintage, "first_seen": release[0].row["first_seen"], "rows": len(release),
            "coverage_start": min(o.start for o in release), "coverage_end": max(o.end for o in release), "revisions": len(changed),
            "silent": sum(not r["marked"] for r in changed),
        }


def sources(source, all_releases):
    every = [o for release in all_releases for o in release]
    return {"source": source, "last_release": all_releases[-1][0].vintage, "coverage_start": min(o.start for o in every),
            "coverage_end": max(o.end for o in every)}


def from_starter(site, folder):
    """Compares all tables that the starter files give."""
    history = {source: raw.releases(rows) for source, rows in raw.starter(folder).items()}
    records = iom.List(folder / "records" / f"{iom.SOURCE}.csv")
    history[iom.SOURCE].append(list(records.observations()))
    compare_all(site, history)
    site.compare("incidents", records.rows())


def from_publishers(site, folder):
    """Compares all tables that the files of some publishers give."""
    files = build.files(folder)
    incidents = iom.List(files[iom.SOURCE][0], datetime.date(2024, 11, 27))
    compare_all(site, {
        "ukho-small-boats": publishers.small_boats(files["ukho-small-boats"]),
        "it-interior-landings": publishers.italy(files["it-interior-landings"][0]),
        "ukho-france-exchange": publishers.exchange(files["ukho-france-exchange"][0]),
        "ukho-asylum": publishers.asylum(files["ukho-asylum"][0]),
        iom.SOURCE: [list(incidents.observations())],
    })
    site.compare("incidents", incidents.rows())


def compare_all(site, history):
    """Compares the tables with what the releases of each source give."""
    known = {name: Series(name, obs) for all_releases in history.values() for name, obs in raw.newest(all_releases).items()}
    newest = max(r[0].vintage for all_releases in history.values() for r in all_releases)
    compared = {name: s for name, s in known.items() if is_compared(s)}
    cutoffs = cutoffs_of(compared)
    stated = {name: h for all_releases in history.values() for name, h in ledger.histories(all_releases).items()}
    ages = {name: ageing.maturity(h) for name, h in stated.items()}

    def dated(rows):
        """Rows without a figure have the date of the newest release, which shows that there is none."""
        return [{**r, "vintage": r["vintage"] or newest} for r in rows]

    @functools.cache
    def aged(name):
        return ageing.Ages(stated.get(name), ages.get(name))

    def each(table):
        return [r for name, s in compared.items() if cutoffs[name] for r in aged(name).added(table(s, cutoffs[name]))]

    site.compare("observations", observations(known))
    site.compare("year-to-date", dated(each(compare.year_to_date)))
    site.compare("year-on-year", dated(each(compare.year_on_year)))
    site.compare("daily", [r for s in compared.values() for r in compare.daily(s)])
    site.compare("records", [r for s in compared.values() for r in compare.records(s)])
    site.compare("breakdowns", dated(parts.breakdowns(compared, known, cutoffs, aged)))
    site.compare("rates", dated(relations.rates(compared)))
    site.compare("context", relations.contexts(compared))
    site.compare("policy-periods", dated(aged(relations.SMALL_BOATS).added(relations.policy_periods(compared))))
    site.compare("balances", dated(relations.balances(compared)))
    site.compare("revisions", [r for h in stated.values() for r in h.revisions])
    site.compare("revision-summary", [r for n, h in stated.items() for r in ledger.summary(h, ageing.summary_columns(h, ages[n]))])
    site.compare("revision-lags", [r for n in compared for r in ageing.lags(stated[n], ages[n])])
    site.compare("revision-triangle", [r for n in compared for r in ledger.triangle(stated[n])])
    site.compare("residuals", relations.residuals(compared))
    site.compare("bridges", relations.bridges(compared))
    site.compare("releases", [r for source, all_releases in history.items() for r in releases(source, all_releases, stated)])
    site.compare("sources", [sources(source, all_releases) for source, all_releases in history.items()], lambda r: r["source"] in history)
    site.compare("quality", quality.rows(history, known, site.ours, compared), quality.is_figure)
    site.compare("taken-back", [])  # nothing was
    site.report("headlines", *headlines.check(site), [])


def report(site):
    """Prints what was not compared and the outcome, and returns the number of differences."""
    print(f"not recomputed: {', '.join(t for t in site.tables() if t not in site.checked)}")
    print(f"{site.values:,} values compared, {site.differences:,} differences, {time.process_time() - began:.0f} s of processor time so far")
    return site.differences


# Processor time is that of the recomputation alone: the programs that make the sites have processes of their own.
began = time.process_time()

FORMS = {"starter": (from_starter, "the starter data"), "publishers": (from_publishers, "the publishers' files")}


def main(arguments):
    if len(arguments) == 3 and arguments[0] in FORMS:
        site = check.Site(arguments[1])
        FORMS[arguments[0]][0](site, pathlib.Path(arguments[2]))
        sys.exit(1 if report(site) else 0)
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__)
    folders = [("starter", build.STARTER)] + [("publishers", pathlib.Path(a)) for a in arguments[1:]]
    differences = 0
    for form, folder in folders:
        compare_with, words = FORMS[form]
        print(f"tables made of {words}, and recomputed from them:", flush=True)
        with build.made(pathlib.Path(arguments[0]), build.starter(folder) if form == "starter" else build.files(folder)) as tables:
            site = check.Site(tables)
            compare_with(site, folder)
            differences += report(site)
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
