#!/usr/bin/env bash
# A parcel is booked over HTTP for every line of a table: at most 20 a second, and again when the service is too busy.
source "$(dirname "$0")/../common.sh"
SHIPPING=${SHIPPING:-http://127.0.0.1:5090}

# The service, for as long as this script runs
dotnet run --project ShippingService -- --urls "$SHIPPING" > /dev/null &
SERVICE=$!
trap 'kill $SERVICE' EXIT
until curl -sf -o /dev/null "$SHIPPING/parcels"; do kill -0 $SERVICE; sleep 0.2; done

upload parcels.csv
DESIGN=$(sed "s|http://127.0.0.1:5090|$SHIPPING|" design.json | import)
RUN=$(start "$DESIGN")
echo "$RUN $(outcome "$RUN")" >&2
show booked.csv
# Each parcel is booked once, however often the service was asked: repeated requests carry the same Idempotency-Key
curl -sf "$SHIPPING/parcels"; echo
