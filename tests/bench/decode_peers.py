#!/usr/bin/env python3
"""decode_peers: what `tcpstep decode` costs as a whole process, beside others, in one run.

CPU time (user and system) and peak memory of each process as the kernel counted them (wait4), on
captures that make_capture makes: 1,000,000 segments in 10,000 interleaved connections, the same
number in 100,000, and 10,000,000 in 10,000. The rounds of all programs are interleaved, and the
best of each counts: other load on the machine only ever adds. tshark sees a tenth of the segments.

    tests/bench/decode_peers.py [--rounds N] [--folder FOLDER] [--small] [BUILD_FOLDER]

Installs nothing: a peer that is absent is left out. The files (1.2 GB) go into a folder that is
removed afterwards, or stay in FOLDER for the next time. --small does without the large file.
"""
import argparse
import collections
import os
import pathlib
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MILLION = 1_000_000

Cost = collections.namedtuple("Cost", "cpu_ns rss")  # nanoseconds, octets


def run(command):
    """The Cost of one process, whose output goes nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, nowhere, descriptor) for descriptor in (0, 1, 2)]
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    os.close(nowhere)
    _, status, used = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"decode_peers: {' '.join(command)} ended with status {status}")
    return Cost((used.ru_utime + used.ru_stime) * 1e9, used.ru_maxrss * 1024)


def best(costs):
    return Cost(min(cost.cpu_ns for cost in costs), min(cost.rss for cost in costs))


class Captures:
    """Files by (segments, connections), made when they are first asked for."""

    def __init__(self, make_capture, folder):
        self.make_capture, self.folder = make_capture, folder

    def path(self, segments, connections):
        path = self.folder / f"{segments}-{connections}.pcap"
        if not path.exists():
            print(f"making {path.name} ...", file=sys.stderr)
            run([self.make_capture, str(path) + ".part", str(segments), str(connections)])
            os.rename(str(path) + ".part", path)
        return str(path)


class Bars:
    """What the figures are held against; each is told as met or not."""

    def __init__(self):
        self.all_met = True

    def tell(self, what, value, bar, met):
        self.all_met &= met
        print(f"  {what:<52} {value:>12}   bar {bar:<10} {'met' if met else 'NOT MET'}")

    def at_most(self, what, value, bar, unit):
        self.tell(what, f"{value:.1f} {unit}", f"<= {bar} {unit}", value <= bar)

    def at_least(self, what, value, bar):
        self.tell(what, f"{value:.1f} x", f">= {bar} x", value >= bar)


def programs(build, file):
    """Name and command of each program that reads the file of a million segments."""
    found = {"pcap_loop": [str(build / "tests/bench/pcap_loop"), file],
             "tcpstep decode": [str(build / "tcpstep"), "decode", file]}
    for name, command in (("tcptrace", ["tcptrace", "-n", file]), ("tcpdump -nr", ["tcpdump", "-nr", file])):
        if shutil.which(command[0]):
            found[name] = command
        else:
            print(f"{command[0]} is absent: left out")
    return found


def side_by_side(build, captures, rounds):
    """The best ns a segment of each program."""
    commands = programs(build, captures.path(MILLION, 10_000))
    costs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(run(command))
    figures = {name: (best(those), MILLION) for name, those in costs.items()}
    if shutil.which("tshark"):
        command = ["tshark", "-q", "-n", "-z", "conv,tcp", "-r", captures.path(MILLION // 10, 1_000)]
        figures["tshark -z conv,tcp"] = (run(command), MILLION // 10)
    else:
        print("tshark is absent: left out")
    for name, (cost, segments) in figures.items():
        print(f"  {name:<20} {cost.cpu_ns / segments:9.1f} ns a segment {cost.rss / 2**20:9.1f} MiB "
              f"({segments:,} segments)")
    return {name: cost.cpu_ns / segments for name, (cost, segments) in figures.items()}


def compare(figures, bars):
    ours = figures["tcpstep decode"]
    bars.at_most("tcpstep decode", ours, 300, "ns")
    bars.at_most("against an empty pcap_loop", ours / figures["pcap_loop"], 3, "x")
    for name, times in (("tcptrace", 2), ("tshark -z conv,tcp", 25)):
        if name in figures:
            bars.at_least(f"faster than {name}", figures[name] / ours, times)


def growth(build, captures, rounds, bars, small):
    """Memory a segment and a connection, by files that differ in one of the two; and the same cost
    however long the file is."""
    many = (2 if small else 10) * MILLION
    files = {"base": (MILLION, 10_000), "connections": (MILLION, 100_000), "segments": (many, 10_000)}
    costs = {name: [] for name in files}
    for _ in range(rounds):
        for name, numbers in files.items():
            costs[name].append(run([str(build / "tcpstep"), "decode", captures.path(*numbers)]))
    base, connections, segments = (best(costs[name]) for name in files)
    bars.at_most("memory a segment", (segments.rss - base.rss) / (many - MILLION), 64, "octets")
    bars.at_most("memory a connection", (connections.rss - base.rss) / 90_000, 1024, "octets")
    slower = (segments.cpu_ns / many) / (base.cpu_ns / MILLION) - 1
    bars.at_most(f"a segment of {many:,} costs more by", 100 * slower, 15, "%")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", nargs="?", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tcpstep-bench-") as temporary:
        folder = options.folder or pathlib.Path(temporary)
        folder.mkdir(exist_ok=True)
        captures = Captures(str(options.build / "tests/bench/make_capture"), folder)
        bars = Bars()
        figures = side_by_side(options.build, captures, options.rounds)
        compare(figures, bars)
        growth(options.build, captures, min(options.rounds, 3), bars, options.small)
    sys.exit(0 if bars.all_met else 1)


if __name__ == "__main__":
    main()
