#!/usr/bin/env bash
# Renders the README's pictures anew, from real runs: ./assets/pictures/make.sh (after ./app/demo.sh;
# needs Xvfb and xdotool, which tests/run.sh installs, and pngquant, so that each stays below 100 kB).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Each a live run, stepped by keys to the moment that it shows: the title tells that it is there.
python3 - "$root" "$folder" <<'PYTHON'
import pathlib, subprocess, sys, time
root, folder = map(pathlib.Path, sys.argv[1:])
sys.path.insert(0, str(root / "tests/window"))
from virtual_display import VirtualDisplay, wait_for

def take(name, arguments, steps, keys=()):
    display = VirtualDisplay()
    display.xdotool("mousemove", 1590, 890)
    program = subprocess.Popen([root / "build/tcpstep", "play", *arguments], env=display.environment())
    try:
        title = lambda: display.xdotool("search", "--onlyvisible", "--name", "tcpstep", "getwindowname")
        for number, expected in enumerate(steps):
            if number:
                time.sleep(0.3)  # a person looks first
                display.xdotool("key", "Return")
            wait_for(lambda: expected in title(), f"{expected} in the title {title()!r}")
        wait_for(lambda: title().endswith(" held - tcpstep"), "a held segment")
        if keys:
            display.xdotool("key", "--delay", "300", *keys)
        # The client has been blocked for a while: what counts the time shows it.
        time.sleep(3)
        display.picture().save(folder / name)
    finally:
        program.kill()
        program.wait()
        display.close()

take("handshake.png", ["handshake"],
     ["client SYN_SENT ✓ - server LISTEN ✓ - SYN held", "server SYN_RCVD ✓ - SYN, ACK held"])
take("claims.png", ["four-way-close", "--theme", "light"],
     ["SYN held", "SYN, ACK held", " - ACK held", "7 octets held", " - ACK held", "FIN, ACK held", " - ACK held"],
     ["c"])
take("inspector.png", ["data"], ["SYN held", "SYN, ACK held", " - ACK held", "7 octets held"], ["i"])
PYTHON
for picture in "$folder"/*.png; do
    pngquant --force --output "$root/assets/pictures/$(basename "$picture")" 128 "$picture"
done
"$root/build/tcpstep" run simultaneous-open --hold --auto --quiet --json "$folder/run.qlog"
"$root/build/tcpstep" export "$folder/run.qlog" -o "$root/assets/pictures/simultaneous-open.svg"
ls -l "$root"/assets/pictures/*.png "$root"/assets/pictures/*.svg
