"""The comparisons of the conformance tests."""

import sys

done = 0  # comparisons that passed


def check(what, got, want):
    """Count a comparison and stop at the first that fails."""
    global done
    if got != want:
        sys.exit(f"{what}:\n got {str(got)[:2000]}\nwant {str(want)[:2000]}")
    done += 1
