"""A real window, with real keys and a real mouse, as the tests beside this file open it. Each is run as

    NAME_test.py PROGRAM FOLDER_FOR_PICTURES [CLASS[.test]]...
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from virtual_display import VirtualDisplay, wait_for

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
PICTURES = pathlib.Path(sys.argv[2])
SOURCE = pathlib.Path(__file__).resolve().parents[2]

# Colours of the dark theme (app/view/palette.cpp).
CLIENT, SERVER, GREEN, ALARM = (0x56, 0xb4, 0xe9), (0xe6, 0x9f, 0x00), (0x35, 0xc9, 0xa0), (0x5b, 0x23, 0x0c)
ATTENTION = (0xf0, 0xe4, 0x42)
HELD_BACK, PAST = (0x3a, 0x36, 0x13), (0x17, 0x39, 0x5a)
DARK, LIGHT = (0x0e, 0x13, 0x20), (0xe6, 0xeb, 0xf3)

# Where the panels of both ends are in a window of 1600 x 900, below their headings.
CLIENT_PANEL = dict(left=20, right=385, top=105, bottom=440)
SERVER_PANEL = dict(left=1215, right=1580, top=105, bottom=440)

# And where the actions on a held segment are, at the foot of the ladder.
FOOT = dict(left=410, right=1190, top=596, bottom=636)


def lit_state(picture, colour, panel):
    """The centre of the filled box of the current state; None if none is lit. A box is a solid
    piece of colour at least 40 wide and 12 high; outlines and words are thinner."""
    rows = {}
    for x, y in picture.places(colour, **panel):
        rows.setdefault(y, []).append(x)
    solid = [y for y, xs in rows.items() if len(xs) >= 40]
    if len(solid) < 12:
        return None
    xs = [x for y in solid for x in rows[y]]
    return (min(xs) + max(xs)) // 2, (min(solid) + max(solid)) // 2


class Window:
    """A running program in a window without a window manager."""

    def __init__(self, display, *arguments, env=None):
        self.display = display
        self.process = subprocess.Popen([PROGRAM, *map(str, arguments)],
                                        env={**display.environment(), "XDG_CONFIG_HOME": str(display.fresh_config()),
                                             **(env or {})}, stderr=subprocess.PIPE)
        self.id = wait_for(lambda: display.xdotool("search", "--onlyvisible", "--name", "tcpstep").split("\n")[0],
                           "a window named tcpstep")
        display.xdotool("windowfocus", "--sync", self.id)

    def title(self):
        return self.display.xdotool("getwindowname", self.id)

    def look(self):
        """(position, size, client's state, server's state), as the title says."""
        match = re.search(r"(\d+)/(\d+) - client (\w+)(?: [✓✗])? - server (\w+)(?: [✓✗])?( - .+ held)? - tcpstep$", self.title())
        return (int(match[1]), int(match[2]), match[3], match[4]) if match else None

    def held(self):
        """What the user can let go, as the title says: "SYN, ACK"; None if nothing."""
        match = re.search(r" - ([A-Z, ]+) held - tcpstep$", self.title())
        return match[1] if match else None

    def position(self):
        look = self.look()
        return look[0] if look else None

    def key(self, *names):
        self.display.xdotool("key", "--clearmodifiers", *names)

    def press_and_wait(self, key, condition, what):
        self.key(key)
        return wait_for(condition, f"{what} after {key}; the title is {self.title()!r}")

    def cpu_ticks(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stderr.close()


class WindowTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        PICTURES.mkdir(parents=True, exist_ok=True)
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="tcpstep-window-"))
        cls.trace = cls.folder / "close.qlog"
        subprocess.run([PROGRAM, "run", "four-way-close", "--quiet", "--json", cls.trace], check=True, timeout=60)
        cls.display = VirtualDisplay()

    @classmethod
    def tearDownClass(cls):
        cls.display.close()
        shutil.rmtree(cls.folder)

    def open(self, *arguments, env=None):
        window = Window(self.display, *arguments, env=env)
        self.addCleanup(window.close)
        wait_for(window.look, "a title that tells the position")
        return window

    def await_quiet(self, window):
        """Toasts and the like have gone when a second passes without work."""
        def quiet():
            ticks = window.cpu_ticks()
            time.sleep(1)
            return window.cpu_ticks() == ticks
        wait_for(quiet, "a second without work", 30)

    def shown(self, condition, what):
        """The screen once condition(picture) holds; painting follows the title by a moment."""
        def look():
            picture = self.display.picture()
            return picture if condition(picture) else None
        return wait_for(look, what)


def run_tests():
    unittest.main("__main__", argv=[sys.argv[0], *sys.argv[3:]])
