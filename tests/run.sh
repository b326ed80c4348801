#!/usr/bin/env bash
# Every test, from a fresh clone: installs what is missing, builds, and runs ctest, whose summary
# comes last and whose status this has. Arguments are ctest's: ./tests/run.sh -R handshake
# With CI=true warnings are errors, and a skipped test is a failed one.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=app/install_packages.sh
source "$root/app/install_packages.sh"
# shellcheck source=app/allow_user_namespaces.sh
source "$root/app/allow_user_namespaces.sh"

install_packages build run test
werror=OFF
[ "${CI-}" != true ] || werror=ON

cd "$root"
cmake --preset release -DTCPSTEP_TESTS=ON -DTCPSTEP_WERROR=$werror
cmake --build --preset release
allow_user_namespaces "$root/build"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
ctest --preset release --parallel 2 "$@" | tee "$log" || status=$?
if [ "${CI-}" = true ] && grep -q '\*\*\*Skipped' "$log"; then
    echo "tests/run.sh: in CI no test may be skipped, and these were:" >&2
    grep '\*\*\*Skipped' "$log" >&2
    [ $status != 0 ] || status=1
fi
exit $status
