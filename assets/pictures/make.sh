#!/usr/bin/env bash
# Renders the README's picture anew, from a real run: ./assets/pictures/make.sh (after ./app/demo.sh;
# needs Xvfb, which tests/run.sh installs, and pngquant, so that the picture stays below 100 kB).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
program=$root/build/tcpstep

"$program" run four-way-close --quiet --json "$folder/run.qlog"
# The step at which the kernel has confirmed FIN_WAIT_2 and CLOSE_WAIT: the last event of the pause.
step=$(python3 - "$folder/run.qlog" <<'PYTHON'
import json, sys
events = json.load(open(sys.argv[1]))["traces"][0]["events"]
facts = [event for event in events if event["name"] != "tcp:state_updated"]
sampled = [i for i, event in enumerate(facts) if event["name"] == "kernel:socket_sampled"
           and event["data"]["state"] in ("FIN_WAIT_2", "CLOSE_WAIT")]
print(sampled[-1] + 1)
PYTHON
)
xvfb-run -a "$program" play "$folder/run.qlog" --step "$step" --screenshot "$folder/picture.png"
pngquant --force --output "$root/assets/pictures/four-way-close.png" 256 "$folder/picture.png"
ls -l "$root/assets/pictures/four-way-close.png"
