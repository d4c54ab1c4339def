#!/usr/bin/env bash
# A document is cut into parts, each is summarized, a person looks at the result, and it becomes a file when they agree.
source "$(dirname "$0")/../common.sh"

upload document.md
DESIGN=$(import < design.json)
RUN=$(start "$DESIGN")
echo "$RUN $(outcome "$RUN")" >&2

# What the run asks; it would wait for days, without being in memory
WAIT=$(curl -sf "$BASE/runs/$RUN/waits" -H "$AUTH")
WAIT_ID=$(field id <<< "$WAIT")
echo -e "$(field question <<< "$WAIT")" >&2
read -r -p 'Approve? [y/n] ' ANSWER
[ "$ANSWER" = y ] && APPROVED=true || APPROVED=false
curl -sf "$BASE/runs/$RUN/answers/$WAIT_ID" -H "$AUTH" -H "$JSON" -d "{\"approved\":$APPROVED}"

echo "$RUN $(outcome "$RUN" waiting)" >&2
[ $APPROVED = false ] || show briefing.md
