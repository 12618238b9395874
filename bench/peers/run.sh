#!/bin/sh
# Start one peer, judge it, stop it: ./bench/peers/run.sh NAME [arguments of `ocpp-harness run`], NAME as in NAME.toml.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
name=$1
shift
bin=$root/build/peers/venv/bin/python
export NODE_PATH="$root/build/peers/node_modules"
user="CS001:correct-horse-battery@127.0.0.1"
case $name in
    ocpp-csms-16) set -- "$@" -- "$bin" "$here/ocpp_csms.py" 1.6 9601 9701 ;;
    ocpp-csms-201) set -- "$@" -- "$bin" "$here/ocpp_csms.py" 2.0.1 9602 9702 ;;
    rpc-csms-16) set -- "$@" -- node "$here/rpc_csms.js" 9603 9703 ;;
    ocpp-station-16) set -- "$@" -- "$bin" "$here/ocpp_station.py" 1.6 "ws://$user:9604/ocpp" 9704 ;;
    ocpp-station-201) set -- "$@" -- "$bin" "$here/ocpp_station.py" 2.0.1 "ws://$user:9605/ocpp" 9705 ;;
    rpc-station-16) set -- "$@" -- node "$here/rpc_station.js" ws://127.0.0.1:9606/ocpp correct-horse-battery 9706 ;;
    em-station-16) set -- "$@" -- sh "$here/em_station.sh" "ws://$user:9607/ocpp/CS001" 9707 ;;
    ws-cli-station-16) set -- "$@" -- node "$here/ws_cli_station.js" "ws://$user:9608/ocpp" ocpp1.6 9708 ;;
    ws-cli-station-201) set -- "$@" -- node "$here/ws_cli_station.js" "ws://$user:9609/ocpp" ocpp2.0.1 9709 ;;
    *) echo "no such peer: $name" >&2; exit 2 ;;
esac
exec "$root/.venv/bin/python" "$here/beside.py" "$here/$name.toml" "$@"
