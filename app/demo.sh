#!/usr/bin/env bash
# From a fresh clone to the running program: installs what is missing, builds build/tcpstep, and
# shows a real connection - in the window, or in the terminal where there is no display.
# Arguments are the program's: ./app/demo.sh run handshake-free
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=app/install_packages.sh
source "$root/app/install_packages.sh"
# shellcheck source=app/allow_user_namespaces.sh
source "$root/app/allow_user_namespaces.sh"
# shellcheck source=app/allow_watching.sh
source "$root/app/allow_watching.sh"

install_packages build run
[ ! -e "$root/build" ] || [ -w "$root/build" ] ||
    stop "$root/build belongs to $(stat -c %U "$root/build") - remove it, or build as that user"

# Without the tests: they need packages of their own, which tests/run.sh installs.
(cd "$root" && cmake --preset release -DTCPSTEP_TESTS=OFF && cmake --build --preset release --target tcpstep)
allow_user_namespaces "$root/build"
allow_watching "$root/build/tcpstep"

if [ $# -gt 0 ]; then
    exec "$root/build/tcpstep" "$@"
elif [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ]; then
    exec "$root/build/tcpstep"
else
    echo "No display: the lesson is stepped in the terminal."
    exec "$root/build/tcpstep" run handshake --hold
fi
