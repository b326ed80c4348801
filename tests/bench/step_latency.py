#!/usr/bin/env python3
"""step_latency: how long from the press of a key to the kernel's new state on screen.

A real window under Xvfb with software rendering; Return is pressed by XTEST on each held segment of
the four-way close; the clock stops when the window has shown (its title tells) both ends' states
after the step, each confirmed by the kernel. Prints median, 99th percentile and worst of the steps.

    tests/bench/step_latency.py [build/tcpstep] [STEPS]
"""
import ctypes
import pathlib
import select
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "window"))
from virtual_display import VirtualDisplay  # noqa: E402

PROPERTY_CHANGE, STRUCTURE, SUBSTRUCTURE = 1 << 22, 1 << 17, 1 << 19
PATIENCE = 20.0
TICK = "\N{CHECK MARK}"


class Display:
    """As much of Xlib as is needed, without a process for each question."""

    def __init__(self, name):
        self.x = ctypes.CDLL("libX11.so.6")
        self.test = ctypes.CDLL("libXtst.so.6")
        for function in (self.x.XOpenDisplay, self.x.XDefaultRootWindow, self.x.XInternAtom):
            function.restype = ctypes.c_void_p
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(name.encode()))
        assert self.display.value, f"no display {name}"
        self.root = ctypes.c_ulong(self.x.XDefaultRootWindow(self.display))
        self.name = ctypes.c_ulong(self.x.XInternAtom(self.display, b"_NET_WM_NAME", 0))
        self.return_key = self.x.XKeysymToKeycode(self.display, ctypes.c_ulong(0xff0d))
        self.errors = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)
        self.x.XSetErrorHandler(self.errors)  # a window may be gone when it is asked

    def windows(self):
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        self.x.XQueryTree(self.display, self.root, ctypes.byref(root), ctypes.byref(parent),
                          ctypes.byref(children), ctypes.byref(count))
        return [children[i] for i in range(count.value)]

    def title(self, window):
        kind, form, items, left = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
        data = ctypes.c_char_p()
        self.x.XGetWindowProperty(
            self.display, ctypes.c_ulong(window), self.name, ctypes.c_long(0), ctypes.c_long(1024), 0,
            ctypes.c_ulong(0), ctypes.byref(kind), ctypes.byref(form), ctypes.byref(items),
            ctypes.byref(left), ctypes.byref(data))
        return (data.value or b"").decode()

    def watch(self, window):
        self.x.XSelectInput(self.display, ctypes.c_ulong(window), ctypes.c_long(PROPERTY_CHANGE))
        self.x.XSetInputFocus(self.display, ctypes.c_ulong(window), 1, ctypes.c_ulong(0))
        self.x.XSync(self.display, 0)

    def press_return(self):
        for down in (1, 0):
            self.test.XTestFakeKeyEvent(self.display, self.return_key, down, ctypes.c_ulong(0))
        self.x.XFlush(self.display)

    def wait_for_event(self, until):
        """Until something about the window has changed; fails when that does not come."""
        event = (ctypes.c_long * 24)()
        if self.x.XPending(self.display) == 0:
            readable, _, _ = select.select([self.x.XConnectionNumber(self.display)], [], [],
                                           max(0.0, until - time.monotonic()))
            if not readable:
                raise AssertionError("nothing happened on the display")
        while self.x.XPending(self.display) > 0:
            self.x.XNextEvent(self.display, ctypes.byref(event))


def states(title):
    """The part of the title that names both ends, if the kernel has confirmed both."""
    parts = [part for part in title.split(" - ") if part.startswith(("client ", "server "))]
    return parts if len(parts) == 2 and all(part.endswith(TICK) for part in parts) else None


def holds(title):
    return title.endswith(" held - tcpstep")


def wait_for_states(display, window, unlike):
    return wait_for_title(display, window, lambda title: states(title) not in (None, unlike))


def wait_for_title(display, window, condition):
    until = time.monotonic() + PATIENCE
    while True:
        title = display.title(window)
        if condition(title):
            return states(title)
        display.wait_for_event(until)


def find_window(display, process):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        for window in display.windows():
            if display.title(window).endswith("tcpstep"):
                return window
        time.sleep(0.02)  # between two looks
    raise AssertionError("the window did not open")


def one_run(program, display, environment, times, wanted):
    process = subprocess.Popen([program, "play", "four-way-close"], env=environment)
    try:
        window = find_window(display, process)
        display.watch(window)
        for _ in range(min(7, wanted - len(times))):
            # A receiver may delay its ACK by some milliseconds: then nothing is held meanwhile.
            before = wait_for_title(display, window, lambda title: states(title) and holds(title))
            time.sleep(0.25)  # a person looks first: no frame of the step before is left to paint
            pressed = time.monotonic()
            display.press_return()
            wait_for_states(display, window, before)
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
    times.sort()
    print(f"step_latency: {len(times)} steps, median {statistics.median(times):.1f} ms, "
          f"99th percentile {times[int(0.99 * (len(times) - 1))]:.1f} ms, worst {times[-1]:.1f} ms")


if __name__ == "__main__":
    main()
