# shellcheck shell=bash
# What tcpstep is built from, runs with and is tested by: one table, and the installing of it.
# Sourced by app/demo.sh and tests/run.sh. Where nothing is missing it only asks the package
# database: no root, no prompt, no network.

# stop WORDS: ends with one line; 3 is tcpstep's exit status for "this machine does not allow it".
stop() {
    echo "tcpstep: $*" >&2
    exit 3
}

# purpose, then the package's name for apt (Debian, Ubuntu), dnf (Fedora) and pacman (Arch).
# "?name": that distribution has no package of it; pkg-config must know it by this name.
package_table() {
    cat <<'TABLE'
build  g++                     gcc-c++                   gcc
build  cmake                   cmake                     cmake
build  ninja-build             ninja-build               ninja
build  pkg-config              pkgconf-pkg-config        pkgconf
build  libimgui-dev            ?imgui                    ?imgui
build  libglfw3-dev            glfw-devel                glfw
build  libgl-dev               libglvnd-devel            libglvnd
build  libpcap-dev             libpcap-devel             libpcap
build  nlohmann-json3-dev      json-devel                nlohmann-json
build  libcli11-dev            cli11-devel               cli11
build  libfmt-dev              fmt-devel                 fmt
build  libexpected-dev         expected-devel            tl-expected
build  libnetfilter-queue-dev  libnetfilter_queue-devel  libnetfilter_queue
build  libmnl-dev              libmnl-devel              libmnl
build  libstb-dev              stb-devel                 stb
build  libfontconfig-dev       fontconfig-devel          fontconfig
build  librsvg2-dev            librsvg2-devel            librsvg
run    iptables                iptables-nft              iptables
run    libcap2-bin             libcap                    libcap
run    fontconfig              fontconfig                fontconfig
run    fonts-inter             rsms-inter-fonts          inter-font
run    fonts-dejavu-core       dejavu-sans-fonts         ttf-dejavu
run    fonts-noto-cjk          google-noto-sans-cjk-fonts noto-fonts-cjk
run    libgl1-mesa-dri         mesa-dri-drivers          mesa
test   libgtest-dev            gtest-devel               gtest
test   libbenchmark-dev        google-benchmark-devel    benchmark
test   python3                 python3                   python
test   python3-jsonschema      python3-jsonschema        python-jsonschema
test   tshark                  wireshark-cli             wireshark-cli
test   xvfb                    xorg-x11-server-Xvfb      xorg-server-xvfb
test   xauth                   xorg-x11-xauth            xorg-xauth
test   xdotool                 xdotool                   xdotool
test   chromium                chromium                  chromium
test   clang                   clang                     clang
test   libclang-rt-dev         compiler-rt               compiler-rt
TABLE
}

# The package manager of this system: apt, dnf or pacman; fails if it has none of them.
package_manager() {
    if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
        echo apt
    elif command -v dnf >/dev/null && command -v rpm >/dev/null; then
        echo dnf
    elif command -v pacman >/dev/null; then
        echo pacman
    else
        return 1
    fi
}

# packages_for MANAGER PURPOSE...: the names in the table, one a line.
packages_for() {
    local manager=$1
    shift
    package_table | awk -v manager="$manager" -v purposes=" $* " '
        BEGIN { column["apt"] = 2; column["dnf"] = 3; column["pacman"] = 4 }
        index(purposes, " " $1 " ") && !seen[$column[manager]]++ { print $column[manager] }'
}

# missing_packages MANAGER NAME...: those that are not installed, one a line. What an installed
# package provides counts as installed, for packages are split and renamed between releases.
missing_packages() {
    local manager=$1 name installed
    shift
    case $manager in
        apt)
            installed=$(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' | awk '
                $1 == "installed" {
                    gsub(/\([^)]*\)|,/, " ")
                    for (i = 2; i <= NF; i++) print $i
                }')
            for name in "$@"; do
                grep -qxF -- "$name" <<<"$installed" || echo "$name"
            done
            ;;
        dnf)
            for name in "$@"; do
                rpm -q --whatprovides "$name" >/dev/null 2>&1 || echo "$name"
            done
            ;;
        pacman)
            pacman -T "$@" || true # prints what is missing and then exits with 127
            ;;
    esac
}

# as_root COMMAND...: runs it as root, by way of sudo where we are not.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# install_command MANAGER: the command that installs, without the names.
install_command() {
    case $1 in
        apt) echo "apt-get install -y --no-install-recommends" ;;
        dnf) echo "dnf install -y" ;;
        pacman) echo "pacman -S --needed --noconfirm" ;;
    esac
}

# install_missing MANAGER NAME...: installs them or stops with the command to run as root.
install_missing() {
    local manager=$1 command
    shift
    command="$(install_command "$manager") $*"
    [ "$manager" != apt ] || command="apt-get update && $command"
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        stop "these packages are missing and there is no sudo - run as root: $command"
    fi
    echo "tcpstep: installing with $manager: $*"
    if [ "$manager" = apt ]; then
        # A list that cannot be fetched need not hinder: the packages may be known already.
        as_root apt-get update || true
        # A machine that has just started may be updating itself: wait for its lock.
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
            -o DPkg::Lock::Timeout=300 "$@"
    else
        # shellcheck disable=SC2046 # the command is words
        as_root $(install_command "$manager") "$@"
    fi || stop "packages could not be installed (see above) - run as root: $command"
}

# install_packages PURPOSE...: makes sure of everything that the table lists for these purposes.
install_packages() {
    local manager names missing name
    manager=$(package_manager) ||
        stop "neither apt, dnf nor pacman here - install what app/install_packages.sh lists"
    mapfile -t names < <(packages_for "$manager" "$@" | grep -v '^?')
    mapfile -t missing < <(missing_packages "$manager" "${names[@]}")
    [ ${#missing[@]} = 0 ] || install_missing "$manager" "${missing[@]}"
    for name in $(packages_for "$manager" "$@" | sed -n 's/^?//p'); do
        pkg-config --exists "$name" ||
            stop "this distribution has no package of $name - install it as a library that" \
                "pkg-config knows as $name (Arch: from the AUR), then run this again"
    done
}
