#!/usr/bin/env python3
"""window_cost: what the whole window costs, rasterization included.

A real window of 1600 x 900 under Xvfb with software rendering, on the trace of a lesson:

- first frame: from the start of the program to the first picture;
- frame: from a key (a step through the trace) to the picture of it, drawn and shown;
- idle: the share of one core that the window takes while nobody touches it.

    tests/bench/window_cost.py [build/tcpstep] [STEPS]
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from watched_window import HOME, RIGHT, ROOT, Display, VirtualDisplay, find_window, told, wait_for_title

IDLE_SECONDS = 10.0
STARTS = 10


def cpu_seconds(pid):
    """User and system time of a process and its threads, as /proc/PID/stat tells it."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Window:
    def __init__(self, program, trace, display, environment):
        began = time.monotonic()
        self.display = display
        self.process = subprocess.Popen([program, "play", trace], env=environment)
        self.window = find_window(display, self.process)
        self.display.watch(self.window)
        self.title = wait_for_title(display, self.window, lambda title: " - " in title)
        self.first_frame = 1000 * (time.monotonic() - began)

    def press(self, key):
        """Milliseconds until another picture is shown."""
        before = self.title
        pressed = time.monotonic()
        self.display.press(key)
        self.title = wait_for_title(self.display, self.window, lambda title: title != before)
        return 1000 * (time.monotonic() - pressed)

    def position(self):
        """(events looked at, all events): "... - 16/33 - ..."."""
        for part in self.title.split(" - "):
            numbers = part.split("/")
            if len(numbers) == 2 and all(number.isdigit() for number in numbers):
                return int(numbers[0]), int(numbers[1])
        raise AssertionError(self.title)

    def close(self):
        self.process.kill()
        self.process.wait()


def steps(window, wanted):
    times = []
    while len(times) < wanted:
        at, count = window.position()
        if at == count:
            window.press(HOME)
            continue
        time.sleep(0.1)  # the frames after the step before are painted
        times.append(window.press(RIGHT))
    return times


def idle(window):
    time.sleep(2.0)  # what moves by itself has ended
    cpu, began = cpu_seconds(window.process.pid), time.monotonic()
    time.sleep(IDLE_SECONDS)
    return 100 * (cpu_seconds(window.process.pid) - cpu) / (time.monotonic() - began)


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build" / "tcpstep")
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    server = VirtualDisplay()
    try:
        display = Display(server.name)
        with tempfile.TemporaryDirectory() as folder:
            trace = f"{folder}/four-way-close.qlog"
            subprocess.run([program, "run", "four-way-close", "--hold", "--auto", "--quiet", "--json", trace],
                           check=True, stdout=subprocess.DEVNULL)
            starts = []
            for _ in range(STARTS):
                window = Window(program, trace, display, server.environment())
                starts.append(window.first_frame)
                window.close()
            window = Window(program, trace, display, server.environment())
            try:
                print(told("first frame", starts))
                print(told("frame", steps(window, wanted)))
                print(f"idle: {idle(window):.2f} % of one core")
            finally:
                window.close()
    finally:
        server.close()


if __name__ == "__main__":
    main()
