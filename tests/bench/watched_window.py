"""A real window under Xvfb, driven by XTEST and watched by its title, which tells what is on screen."""
import ctypes
import pathlib
import select
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "window"))
from virtual_display import VirtualDisplay  # noqa: E402, F401

PROPERTY_CHANGE = 1 << 22
PATIENCE = 20.0
RETURN, RIGHT, HOME = 0xff0d, 0xff53, 0xff50


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

    def press(self, keysym):
        key = self.x.XKeysymToKeycode(self.display, ctypes.c_ulong(keysym))
        for down in (1, 0):
            self.test.XTestFakeKeyEvent(self.display, key, down, ctypes.c_ulong(0))
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


def wait_for_title(display, window, condition):
    """The first title that satisfies the condition."""
    until = time.monotonic() + PATIENCE
    while True:
        title = display.title(window)
        if condition(title):
            return title
        display.wait_for_event(until)


def find_window(display, process):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        for window in display.windows():
            if display.title(window).endswith("tcpstep"):
                return window
        time.sleep(0.005)  # between two looks
    raise AssertionError("the window did not open")


def told(name, times):
    """One line about times in milliseconds."""
    times = sorted(times)
    return (f"{name}: {len(times)} times, median {times[len(times) // 2]:.1f} ms, "
            f"99th percentile {times[int(0.99 * (len(times) - 1))]:.1f} ms, worst {times[-1]:.1f} ms")
