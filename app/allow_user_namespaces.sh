# shellcheck shell=bash
# Ubuntu 23.10 and later let an ordinary program enter a user namespace but take every capability
# from it there (kernel.apparmor_restrict_unprivileged_userns), unless an AppArmor profile allows
# it "userns". Sourced by app/demo.sh and tests/run.sh; does nothing on any other machine.

# render_profile BUILD: the AppArmor profile for the programs of that build folder.
render_profile() {
    sed "s|@BUILD@|$1|" "$(dirname "${BASH_SOURCE[0]}")/../assets/apparmor/tcpstep"
}

# allow_user_namespaces BUILD: offers to install the profile; asks only a person at a terminal,
# and goes on without it otherwise: the program then says what does not work, and why.
allow_user_namespaces() {
    local build=$1 answer
    local restriction=${TCPSTEP_USERNS_RESTRICTION:-/proc/sys/kernel/apparmor_restrict_unprivileged_userns}
    local profile=${TCPSTEP_APPARMOR_FOLDER:-/etc/apparmor.d}/tcpstep
    # Root is not restricted.
    [ "$(id -u)" != 0 ] && [ "$(cat "$restriction" 2>/dev/null)" = 1 ] || return 0
    if [[ $build =~ [^A-Za-z0-9/._+@-] ]]; then
        echo "tcpstep: this Ubuntu restricts user namespaces, and an AppArmor profile cannot be" \
            "written for a path with such characters: $build - move the folder" >&2
        return 0
    fi
    render_profile "$build" | cmp -s - "$profile" && return 0
    if [ -t 0 ] && command -v sudo >/dev/null; then
        echo "This Ubuntu restricts user namespaces, which tcpstep runs its lessons in."
        echo "An AppArmor profile for $build/tcpstep allows them: $profile"
        read -r -p "Install it now with sudo? [y/N] " answer
        if [[ $answer == [yY]* ]]; then
            render_profile "$build" | sudo tee "$profile" >/dev/null &&
                sudo apparmor_parser --replace "$profile" && return 0
            echo "tcpstep: the profile could not be installed (see above)" >&2
        fi
    fi
    echo "tcpstep: this Ubuntu restricts user namespaces, so lessons cannot run live - as root:" \
        "sed 's|@BUILD@|$build|' $(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/assets/apparmor/tcpstep >$profile" \
        "&& apparmor_parser --replace $profile" >&2
}
