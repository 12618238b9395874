#!/bin/sh
# Install the peers into build/peers (not kept in the repository): ./bench/peers/install.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=$here/../../build/peers
mkdir -p "$to"
python3 -m venv "$to/venv"
"$to/venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt"
cp "$here/package.json" "$to/package.json"
npm install --prefix "$to" --no-fund --no-audit --ignore-scripts
