"""`python -m bench [--quick] [build] [handler] [local] [vending]`"""

from __future__ import annotations

import argparse
import sys

from bench import build, handler, local, vending
from bench.measure import pin_to_one_cpu
from bench.table import text

SUITES = {"build": build.run, "handler": handler.run, "local": local.run, "vending": vending.run}


def main() -> None:
    """Run the suites that were asked for, all by default, and print the table."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and no 2,400 entities")
    parser.add_argument("suite", nargs="*", help=f"any of: {', '.join(SUITES)}")
    options = parser.parse_args()
    unknown = set(options.suite) - set(SUITES)
    if unknown:
        parser.error(f"unknown suite: {', '.join(sorted(unknown))}")
    pin_to_one_cpu()
    rows = []
    for name in options.suite or SUITES:
        for row in SUITES[name](options.quick):
            print(f"{row.figure}: {row.value:.2f}{row.unit}", file=sys.stderr, flush=True)
            rows.append(row)
    print(text(rows), end="")


if __name__ == "__main__":
    main()
