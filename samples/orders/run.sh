#!/usr/bin/env bash
# A table of orders from the project's files becomes a report; lines that are wrong are sorted out and named in it.
source "$(dirname "$0")/../common.sh"

upload orders.csv
DESIGN=$(import < design.json)
RUN=$(start "$DESIGN")
echo "$RUN $(outcome "$RUN")" >&2
show report.md
