#!/usr/bin/env python3
"""step_latency: how long from the press of a key to the kernel's new state on screen.

A real window under Xvfb with software rendering; Return is pressed by XTEST on each held segment of
the four-way close that moves a state; the clock stops when the window has shown (its title tells) both
ends' states after the step, each confirmed by the kernel. Prints median, 99th percentile and worst of
the steps.

    tests/bench/step_latency.py [build/tcpstep] [STEPS]
"""
import subprocess
import sys
import time

from watched_window import RETURN, ROOT, Display, VirtualDisplay, find_window, told, wait_for_title

TICK = "\N{CHECK MARK}"


def states(title):
    """The part of the title that names both ends, if the kernel has confirmed both."""
    parts = [part for part in title.split(" - ") if part.startswith(("client ", "server "))]
    return parts if len(parts) == 2 and all(part.endswith(TICK) for part in parts) else None


def holds(title):
    return title.endswith(" held - tcpstep")


SEGMENTS = 9
OF_DATA = (3, 4)  # the octets and their ACK move no state


def one_run(program, display, environment, times, wanted):
    process = subprocess.Popen([program, "play", "four-way-close"], env=environment)
    try:
        window = find_window(display, process)
        display.watch(window)
        for segment in range(SEGMENTS):
            if len(times) == wanted:
                break
            # A receiver may delay its ACK by some milliseconds: then nothing is held meanwhile.
            title = wait_for_title(display, window, lambda title: states(title) and holds(title))
            before = states(title)
            if segment in OF_DATA:
                display.press(RETURN)
                wait_for_title(display, window, lambda now: holds(now) and now != title)
                continue
            time.sleep(0.25)  # a person looks first: no frame of the step before is left to paint
            pressed = time.monotonic()
            display.press(RETURN)
            wait_for_title(display, window, lambda title: states(title) not in (None, before))
            times.append(1000 * (time.monotonic() - pressed))
    finally:
        process.kill()
        process.wait()


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build" / "tcpstep")
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    server = VirtualDisplay()
    times = []
    try:
        display = Display(server.name)
        while len(times) < wanted:
            one_run(program, display, server.environment(), times, wanted)
    finally:
        server.close()
    print(told("step_latency", times))


if __name__ == "__main__":
    main()
