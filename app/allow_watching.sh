# shellcheck shell=bash
# `tcpstep watch` captures what other programs say, for which Linux demands CAP_NET_RAW. A file
# capability gives it to this one program; it drops it once its capture is open. Sourced by
# app/demo.sh.

# allow_watching PROGRAM: offers to grant it; asks only a person at a terminal, and goes on without
# it otherwise, silently: only `watch` needs it, and says so.
allow_watching() {
    local program=$1 answer
    # Where setcap lives, which is not on everybody's path.
    local PATH=$PATH:${TCPSTEP_SBIN-/usr/sbin:/sbin}
    [ "$(id -u)" != 0 ] && [ -t 0 ] || return 0
    command -v sudo >/dev/null && command -v setcap >/dev/null && command -v getcap >/dev/null || return 0
    [[ $(getcap "$program" 2>/dev/null) != *cap_net_raw* ]] || return 0
    # Once is enough; a new build loses the capability, not the answer.
    local asked=${XDG_STATE_HOME:-$HOME/.local/state}/tcpstep/watching-declined
    [ ! -e "$asked" ] || return 0
    echo "\"tcpstep watch\" shows other programs' connections, for which it needs to capture (CAP_NET_RAW)."
    echo "This allows it to whoever may run $program; lessons do not need it."
    read -r -p "Run \"sudo setcap cap_net_raw+ep $program\" now? [y/N] " answer
    if [[ $answer == [yY]* ]]; then
        sudo setcap cap_net_raw+ep "$program" ||
            echo "tcpstep: the capability could not be granted (see above)" >&2
    else
        mkdir -p "$(dirname "$asked")" 2>/dev/null && : >"$asked" 2>/dev/null || true
    fi
}
