"""The figures of the quality reports, from our own rows of the other tables."""

import collections
import datetime
import statistics

# The figures that come from what is not recomputed: the findings of a release, and the rules of a source and
# when it is expected.
NOT_RECOMPUTED = {"findings", "quarantined", "rules"}

def is_figure(r):
    """Whether a published row is a figure that is recomputed."""
    return r["value"] != "" and r["item"] not in NOT_RECOMPUTED and r["concept"] not in ("S.8.1", "S.14.2.1")


def source_of(series):
    return series.split(":")[0]


def figures(source, observations, ours, compared):
    """The figures of one source, as concept, item and value."""
    rows = {t: [r for k, r in ours.items() if k[0] == t and source_of(r.get("series", source)) == source and r.get("source", source) == source]
            for t in ("releases", "revision-summary", "bridges", "residuals")}
    known = [o for o in observations if o.value is not None]
    if observations:
        yield "S.12.3.1", "values-known", 100 * len(known) / len(observations)
    if known:
        for item, status in (("values-provisional", "P"), ("values-estimated", "E")):
            yield "S.13.1", item, 100 * sum(o.status == status for o in known) / len(known)
        yield "S.15.2.1", "years", ((max(o.end for o in known) - min(o.start for o in known)).days + 1) / 365.25
        yield "S.15.2.1", "breaks", sum(o.status == "B" for o in known)
    yield from of_releases(sorted(rows["releases"], key=lambda r: (r["vintage"], r["first_seen"])))
    for concept, table, column in (("S.15.3", "bridges", "difference"), ("S.15.4", "residuals", "residual")):
        apart = [r[column] for r in rows[table] if r[column] is not None]
        if apart:
            yield concept, "compared", len(apart)
            yield concept, "different", sum(d != 0 for d in apart)
            yield concept, "largest-difference", max(abs(d) for d in apart)
    summaries = rows["revision-summary"]
    if sum(r["compared"] for r in summaries):
        yield "S.17.2", "raised", sum(r["raised"] for r in summaries)
        yield "S.17.2", "lowered", sum(r["lowered"] for r in summaries)
    for r in summaries:
        if r["series"] in compared and r["mean_revision"] is not None:
            yield "S.17.2.1", r["series"], r["mean_revision"]


def of_releases(releases):
    """How often releases came, and how soon."""
    if not releases:
        return
    yield "S.9", "releases", len(releases)
    days = [r["vintage"] for r in releases]
    gaps = [(b - a).days for a, b in zip(days, days[1:]) if b > a]
    if gaps:
        yield "S.9", "days-between-releases", statistics.median(gaps)
    yield "S.14.1", "days-to-this-site", statistics.median((datetime.date.fromisoformat(r["first_seen"][:10]) - r["vintage"]).days for r in releases)
    lags = [(r["vintage"] - r["coverage_end"]).days for r in releases]
    yield "S.14.1.1", "days-median", statistics.median(lags)
    yield "S.14.1.1", "days-longest", max(lags)
    yield "S.14.1.1", "days-newest", lags[-1]
    if len(releases) > 1:
        yield "S.17.2", "changes", sum(r["revisions"] for r in releases)
        yield "S.17.2", "silent", sum(r["silent"] for r in releases)


def rows(history, known, ours, compared):
    """The rows with figures of the table quality."""
    by_source = collections.defaultdict(list)
    for s in known.values():
        by_source[s.source] += s.observations
    for source in history:
        for concept, item, value in figures(source, by_source[source], ours, compared):
            yield {"source": source, "concept": concept, "item": item, "value": float(value)}
