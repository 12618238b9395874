#!/bin/sh
# em-ocpp-chargepoint-simulator as it is: its batch mode takes the script on stdin. em_station.sh URL CONTROL_PORT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
{ printf 'const CSMS = "%s";\nconst CONTROL = %s;\n' "$1" "$2"; cat "$here/em_station.js"; } |
    node "$here/../../build/peers/node_modules/em-ocpp-chargepoint-simulator/build/src/main.js" --stdin
