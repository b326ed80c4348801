"""The real window: real keys, a real mouse, and what must then be on the screen.

    window_test.py PROGRAM FOLDER_FOR_PICTURES [CLASS[.test]]...
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from virtual_display import VirtualDisplay, read_png, wait_for
from x_client import XClient

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
FOOT = dict(left=410, right=1190, top=620, bottom=670)

CLIENT_STATES = ["CLOSED", "SYN_SENT", "ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2", "TIME_WAIT"]
SERVER_STATES = ["CLOSED", "LISTEN", "SYN_RCVD", "ESTABLISHED", "CLOSE_WAIT", "LAST_ACK", "CLOSED"]


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


class Walk(WindowTest):
    def walk(self, window, name):
        """Presses Right through the whole run; gives each end's states in order and, for each state,
        the place that was lit."""
        states, places = ([], []), ({}, {})
        self.assertEqual(window.position(), 0)
        while window.position() < window.look()[1]:
            before = window.position()
            window.press_and_wait("Right", lambda: window.position() > before, "a later position")
            look = window.look()
            for end, (state, colour, panel) in enumerate(((look[2], CLIENT, CLIENT_PANEL),
                                                          (look[3], SERVER, SERVER_PANEL))):
                if states[end] and states[end][-1] == state:
                    continue
                states[end].append(state)
                old = places[end].get(states[end][-2]) if len(states[end]) > 1 else None
                picture = self.shown(lambda p: lit_state(p, colour, panel) not in (None, old), f"{state} lit")
                places[end].setdefault(state, lit_state(picture, colour, panel))
                picture.save(PICTURES / f"{name}-{'client' if end == 0 else 'server'}-{len(states[end])}-{state}.png")
        return states, places

    def assert_textbook(self, states, places):
        self.assertEqual(states[0], CLIENT_STATES)
        self.assertEqual(states[1], SERVER_STATES)
        client, server = places
        # As in the RFC's figure: down through the states, SYN_SENT right, FIN_WAIT left.
        heights = [client[state][1] for state in CLIENT_STATES]
        self.assertEqual(heights, sorted(set(heights)), client)
        self.assertLess(client["FIN_WAIT_1"][0], client["ESTABLISHED"][0])
        self.assertLess(client["ESTABLISHED"][0], client["SYN_SENT"][0])
        heights = [server[state][1] for state in SERVER_STATES[:-1]]
        self.assertEqual(heights, sorted(set(heights)), server)
        self.assertLess(server["LISTEN"][0], server["ESTABLISHED"][0])
        self.assertLess(server["ESTABLISHED"][0], server["CLOSE_WAIT"][0])

    def test_a_recorded_trace(self):
        window = self.open("play", self.trace)
        self.assert_textbook(*self.walk(window, "recorded"))

    def test_a_live_run_looks_the_same(self):
        window = self.open("play", "four-way-close")
        # Each press delivers a segment; one that comes while none is held does nothing.
        def stepped_to_the_end():
            window.key("Right")
            return window.look()[2:] == ("TIME_WAIT", "CLOSED")
        wait_for(stepped_to_the_end, "the end of the run", 60)
        window.press_and_wait("Home", lambda: window.position() == 0, "the beginning")
        self.assert_textbook(*self.walk(window, "live"))

    def test_back_and_jumps(self):
        window = self.open("play", self.trace)
        size = window.look()[1]
        window.press_and_wait("End", lambda: window.position() == size, "the last position")
        self.assertEqual(window.look()[2:], ("TIME_WAIT", "CLOSED"))
        for key in ("Left", "comma", "Prior"):
            before = window.position()
            window.press_and_wait(key, lambda: window.position() < before, "an earlier position")
        for key in ("Right", "period", "Next"):
            before = window.position()
            window.press_and_wait(key, lambda: window.position() > before, "a later position")
        window.press_and_wait("5", lambda: abs(window.position() - size / 2) <= 2, "the middle")
        window.press_and_wait("Home", lambda: window.position() == 0, "the beginning")
        self.shown(lambda p: lit_state(p, CLIENT, CLIENT_PANEL) is None, "nothing lit")
        window.key("Left")
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")

    def test_step_is_counted_as_the_steps_are(self):
        window = self.open("play", self.trace)
        for _ in range(5):
            before = window.position()
            window.press_and_wait("Right", lambda: window.position() > before, "a later position")
        fifth = window.position()
        self.assertGreater(fifth, 5, "what only confirms is no step")
        window.close()
        self.assertEqual(self.open("play", self.trace, "--step", "5").position(), fifth)

    def test_playing(self):
        window = self.open("play", self.trace)
        window.key("greater")
        window.press_and_wait("space", lambda: window.position() >= 3, "three events played")
        window.key("space")
        size = window.look()[1]
        self.assertLess(window.position(), size)
        window.key("greater", "greater", "greater", "greater")
        window.press_and_wait("space", lambda: window.position() == size, "the end played")

    def test_mouse(self):
        window = self.open("play", self.trace)
        size = window.look()[1]
        picture = self.shown(lambda p: p.places(GREEN, left=0, right=300, top=840), "the step button")
        green = picture.places(GREEN, left=0, right=300, top=840)
        x = sum(place[0] for place in green) // len(green)
        y = sum(place[1] for place in green) // len(green)
        self.display.xdotool("mousemove", x, y)
        for expected in range(1, 4):
            before = window.position()
            self.display.xdotool("click", 1)
            wait_for(lambda: window.position() > before, f"click {expected} on the step button")
        # The right end of the scrub bar.
        self.display.xdotool("mousemove", 1390, y, "click", 1)
        wait_for(lambda: window.position() == size, "the end after a click on the scrub bar")

    def test_theme_text_size_and_help(self):
        window = self.open("play", self.trace)
        corner = dict(left=2, right=8, top=400, bottom=406)
        self.shown(lambda p: len(p.places(DARK, **corner)) == 36, "the dark theme")
        window.key("t")
        self.shown(lambda p: len(p.places(LIGHT, **corner)) == 36, "the light theme")
        window.key("t")
        before = self.shown(lambda p: len(p.places(DARK, **corner)) == 36, "the dark theme again")
        window.key("ctrl+plus")
        self.shown(lambda p: p.rows != before.rows, "larger text")
        window.key("ctrl+0")
        window.key("question")
        self.shown(lambda p: p.rows != before.rows, "the keys").save(PICTURES / "keys.png")
        window.key("Escape")

    def test_the_language_is_switched_live(self):
        window = self.open("play", self.trace)
        english = self.display.picture()
        window.press_and_wait("z", lambda: "客户端 UNKNOWN - 服务器" in window.title(), "a title in Chinese")
        heading = dict(left=30, right=120, top=78, bottom=104)
        before = english.places(CLIENT, **heading)
        chinese = self.shown(lambda p: p.places(CLIENT, **heading) not in ([], before), "another heading of the client")
        self.await_quiet(window)
        self.display.xdotool("mousemove", 1409, 27, "click", 1)
        wait_for(window.look, "a title in English")
        self.shown(lambda p: p.places(CLIENT, **heading) == before, "the English heading")
        chinese.save(PICTURES / "chinese.png")

    def test_by_the_locale(self):
        window = Window(self.display, "play", self.trace, env={"LC_ALL": "zh_CN.UTF-8"})
        self.addCleanup(window.close)
        wait_for(lambda: "客户端" in window.title(), "a title in Chinese")

    def test_without_a_font_for_chinese_it_is_english(self):
        config = self.folder / "fonts.conf"
        config.write_text("<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir></fontconfig>")
        window = self.open("play", self.trace, "--lang", "zh", env={"FONTCONFIG_FILE": str(config)})
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")
        self.assertIn("client", window.title())

    def test_picking_a_lesson_by_key(self):
        window = self.open("play", self.trace)
        step_button = dict(left=0, right=300, top=840)
        before = self.shown(lambda p: p.places(GREEN, **step_button), "the window")
        window.key("o")
        self.shown(lambda p: p.rows[60:140] != before.rows[60:140], "the list").save(PICTURES / "lessons.png")
        window.key("Down", "Up", "Down")
        lessons = subprocess.run([PROGRAM, "lessons", "--json"], check=True, capture_output=True, timeout=60).stdout
        second = json.loads(lessons)[1]["title"]
        window.press_and_wait("Return", lambda: window.title().startswith(f"{second} - "), "the second lesson")

    def test_resizing(self):
        window = self.open("play", self.trace)
        self.display.xdotool("windowsize", window.id, 1280, 720)
        self.shown(lambda p: p.pixel(1279, 719) != (0, 0, 0) and p.pixel(1400, 800) == (0, 0, 0), "a smaller window")
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")

    def test_idle_uses_no_cpu(self):
        window = self.open("play", self.trace)
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")
        self.await_quiet(window)
        before = window.cpu_ticks()
        time.sleep(2)
        self.assertLessEqual(window.cpu_ticks() - before, 2, "ticks of 10 ms in 2 s")

    def test_a_signal_wakes_and_quits_it(self):
        window = self.open("play", self.trace)
        self.await_quiet(window)
        window.process.send_signal(signal.SIGTERM)
        self.assertEqual(window.process.wait(20), 0)

    def test_quitting(self):
        window = self.open("play", self.trace)
        window.key("ctrl+q")
        self.assertEqual(window.process.wait(20), 0)


class Held(WindowTest):
    """The lesson `handshake`, whose every segment the user lets go."""

    HANDSHAKE = [("SYN_SENT", "LISTEN"), ("SYN_SENT", "SYN_RCVD"), ("ESTABLISHED", "SYN_RCVD"),
                 ("ESTABLISHED", "ESTABLISHED")]

    def hold(self, *options):
        """The window with the SYN held."""
        window = self.open("play", "handshake", *options)
        self.await_states(window, self.HANDSHAKE[0], "the SYN held")
        self.held(window, "SYN")
        return window

    def await_states(self, window, states, what):
        wait_for(lambda: window.look()[2:] == states, f"{what}; the title is {window.title()!r}")

    def held(self, window, what):
        """That segment is held and can be acted on: the buttons are there. Gives the picture."""
        wait_for(lambda: window.held() == what, f"a held {what}; the title is {window.title()!r}")
        return self.shown(lambda p: len(p.places(HELD_BACK, **FOOT)) > 400, f"the actions on a held {what}")

    def at_now(self, window):
        look = window.look()
        return look[0] == look[1]

    def test_each_key_that_steps_delivers_one_segment(self):
        window = self.hold()
        for number, (key, states) in enumerate(zip(("Right", "Return", "Next"), self.HANDSHAKE[1:]), 2):
            window.press_and_wait(key, lambda: window.look()[2:] == states, f"the states {states}")
            self.assertTrue(self.at_now(window), "the newest moment is followed")
            if number <= 3:
                held = self.held(window, ("SYN, ACK", "ACK")[number - 2])
                held.save(PICTURES / f"held-{number}.png")

    def test_the_mouse_delivers_too(self):
        window = self.hold()
        places = self.held(window, "SYN").places(HELD_BACK, **FOOT)
        x = sum(place[0] for place in places) // len(places)
        y = sum(place[1] for place in places) // len(places)
        self.display.xdotool("mousemove", x, y, "click", 1)
        self.await_states(window, self.HANDSHAKE[1], "the SYN delivered")

    def test_predictions_are_asked_for_and_answered_by_key(self):
        saved = self.folder / "predicted.qlog"
        window = self.hold("--json", saved, "--seed", 2)
        asked = dict(left=820, right=1570, top=676, bottom=692)  # the card's edge, in the place of the bytes
        self.assertFalse(self.display.picture().places(ATTENTION, **asked))
        window.key("p")
        self.shown(lambda p: len(p.places(ATTENTION, **asked)) > 1000, "the question").save(PICTURES / "predict.png")
        window.press_and_wait("2", lambda: window.look()[2:] == self.HANDSHAKE[1], "the SYN delivered by an answer")
        self.held(window, "SYN, ACK")
        self.shown(lambda p: len(p.places(ATTENTION, **asked)) > 1000, "the next question")
        # A presenter's remote skips it.
        window.press_and_wait("Next", lambda: window.look()[2:] == self.HANDSHAKE[2], "the SYN, ACK delivered")
        self.held(window, "ACK")
        window.key("p")
        self.shown(lambda p: not p.places(ATTENTION, **asked), "the bytes again")
        # The score goes with the trace.
        window.key("ctrl+q")
        self.assertEqual(window.process.wait(20), 0)
        subprocess.run([PROGRAM, "check", saved], check=True, capture_output=True, timeout=60)
        events = json.loads(saved.read_text())["traces"][0]["events"]
        checked = [event["data"] for event in events if event["name"] == "lesson:prediction_checked"]
        self.assertEqual([(data["segment"], data["answer"], data["right"]) for data in checked], [(1, "SYN_RCVD", True)])

    def test_claims_turn_as_the_segments_are_let_go(self):
        window = self.hold()
        before = self.held(window, "SYN")
        head = dict(left=405, right=1195, top=70, bottom=110)  # of the ladder: the chip
        panel = dict(left=806, right=1590, top=690, bottom=830)
        window.key("c")
        self.shown(lambda p: p.rows[700:830] != before.rows[700:830], "the claims").save(PICTURES / "claims.png")
        self.shown(lambda p: len(p.places(GREEN, **panel)) > 100, "the first that holds, and why")
        for what, states in zip(("SYN", "SYN, ACK", "ACK"), self.HANDSHAKE[1:]):
            self.held(window, what)
            window.press_and_wait("Right", lambda: window.look()[2:] == states, f"the states {states}")
        # Once the lesson is over all hold; the chip's green edge tells that the last of them are news.
        self.shown(lambda p: len(p.places(GREEN, **head)) > 100, "all of them").save(PICTURES / "claims-hold.png")
        self.await_quiet(window)
        held = self.display.picture()
        window.press_and_wait("Home", lambda: window.position() == 0, "the beginning")
        self.shown(lambda p: not p.places(GREEN, **panel), "every claim open").save(PICTURES / "claims-open.png")
        window.press_and_wait("End", lambda: self.at_now(window), "the end")
        self.shown(lambda p: p.places(GREEN, **head) == held.places(GREEN, **head), "all of them again")

    def test_the_glossary_scrolls_and_covers_the_lab(self):
        window = self.hold()
        before = self.held(window, "SYN")
        window.key("g")
        opened = self.shown(lambda p: p.rows[100:800] != before.rows[100:800], "the glossary")
        opened.save(PICTURES / "glossary.png")
        window.key("Next", "Next")
        self.shown(lambda p: p.rows[100:800] != opened.rows[100:800], "another part of it")
        window.key("Return")
        window.key("Escape")
        self.held(window, "SYN")
        self.assertEqual(window.look()[2:], self.HANDSHAKE[0], "nothing was delivered below it")

    def test_looking_back_does_not_touch_the_lab(self):
        window = self.hold()
        window.press_and_wait("Right", lambda: window.look()[2:] == self.HANDSHAKE[1], "the SYN delivered")
        self.held(window, "SYN, ACK")
        for _ in range(3):
            before = window.position()
            window.press_and_wait("Left", lambda: window.position() < before, "an earlier position")
        self.shown(lambda p: p.pixel(800, 70) == PAST, "the strip that says so").save(PICTURES / "past.png")
        window.key("Return", "d", "u", "l", "r", "R")
        window.press_and_wait("End", lambda: self.at_now(window), "now")
        self.held(window, "SYN, ACK")
        self.assertEqual(window.look()[2:], self.HANDSHAKE[1])
        # What it was is still there: one more step, and it arrives.
        window.press_and_wait("Right", lambda: window.look()[2:] == self.HANDSHAKE[2], "the SYN, ACK delivered")

    def test_a_dropped_segment_is_sent_again(self):
        window = self.hold()
        size = window.look()[1]
        window.press_and_wait("d", lambda: window.look()[1] > size, "the drop")
        self.assertEqual(window.look()[2:], self.HANDSHAKE[0])
        # The kernel sends its SYN again after a second or more. Until then a step does nothing.
        def stepped():
            window.key("Right")
            return window.look()[2:] in self.HANDSHAKE[1:]
        wait_for(stepped, "the SYN that was sent again delivered")

    def test_a_reset_toward_the_client(self):
        window = self.hold()
        window.press_and_wait("Right", lambda: window.look()[2:] == self.HANDSHAKE[1], "the SYN delivered")
        self.held(window, "SYN, ACK")
        window.key("r")
        self.held(window, "RST, ACK")  # a client in SYN_SENT wants its SYN acknowledged
        window.press_and_wait("Right", lambda: window.look()[2] == "CLOSED", "the client reset")

    def test_space_lets_the_lesson_step(self):
        window = self.hold()
        window.key("greater", "greater")
        window.press_and_wait("space", lambda: window.look()[2:] == self.HANDSHAKE[3], "the lesson's own steps")

    def test_holding_nothing_lets_the_handshake_pass(self):
        window = self.hold()
        before = self.display.picture()
        window.key("h")
        self.shown(lambda p: p.rows[60:300] != before.rows[60:300], "the list").save(PICTURES / "hold-list.png")
        window.key("Down", "Down", "Down", "Down", "Return")
        self.await_states(window, self.HANDSHAKE[3], "everything passed")

    def test_slow_motion_moves_on_screen_and_then_costs_nothing(self):
        window = self.hold()
        window.key("s", "h")
        window.key("Down", "Down", "Down", "Down", "Return")
        self.await_states(window, self.HANDSHAKE[1], "the SYN arrived")
        self.await_states(window, self.HANDSHAKE[3], "everything passed slowly")
        self.await_quiet(window)

    def test_a_signal_quits_as_the_user_does(self):
        for stop in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(signal=stop.name):
                trace = self.folder / f"{stop.name}.qlog"
                window = self.hold("--json", trace)
                window.press_and_wait("Right", lambda: window.look()[2:] == self.HANDSHAKE[1], "the SYN delivered")
                self.held(window, "SYN, ACK")
                window.process.send_signal(stop)
                self.assertEqual(window.process.wait(20), 0)
                self.assertEqual(window.process.stderr.read(), b"")
                subprocess.run([PROGRAM, "check", trace], check=True, timeout=60, capture_output=True)
                self.assertIn("SYN_RCVD", trace.read_text())

    def test_a_signal_to_the_lab_ends_the_lab_alone(self):
        window = self.hold()
        children = pathlib.Path(f"/proc/{window.process.pid}/task/{window.process.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGTERM)
        self.shown(lambda p: len(p.places(ALARM, top=50, bottom=120)) > 5000, "a notice")
        self.assertIsNone(window.process.poll())

    def test_a_killed_lab_leaves_the_window_and_what_happened(self):
        window = self.hold()
        window.press_and_wait("Right", lambda: window.look()[2:] == self.HANDSHAKE[1], "the SYN delivered")
        self.held(window, "SYN, ACK")
        children = pathlib.Path(f"/proc/{window.process.pid}/task/{window.process.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)
        picture = self.shown(lambda p: len(p.places(ALARM, top=50, bottom=120)) > 5000, "a notice")
        picture.save(PICTURES / "killed-held.png")
        self.assertLess(len(picture.places(HELD_BACK, **FOOT)), 50, "the actions are disabled")
        window.key("Return", "d", "r", "Right", "space", "space")
        window.press_and_wait("Home", lambda: window.position() == 0, "the beginning")
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")
        window.press_and_wait("End", lambda: self.at_now(window), "the end of what happened")
        self.assertEqual(window.look()[2:], self.HANDSHAKE[1])
        self.assertIsNone(window.process.poll())


class FreeLab(WindowTest):
    """The buttons at the foot of both ends, in a window of 1600 x 900."""
    ROWS = [["socket", "setsockopt", "bind", "listen", "accept"], ["connect", "send", "recv", "dup", "shutdown"]]

    def press(self, end, call):
        number, row = next((i, row) for i, row in enumerate(self.ROWS) if call in row)
        widths = [len(word) + 4 for word in row]  # in letters
        before = row.index(call)
        middle = (sum(widths[:before]) + widths[before] / 2) / sum(widths)
        self.display.xdotool("mousemove", (30 if end == "client" else 1226) + round(344 * middle), 543 + 34 * number)
        self.display.xdotool("click", 1)

    def test_calls_by_hand_and_a_text_that_is_typed(self):
        window = self.open("play", "lab")
        wait_for(lambda: window.position() is not None, "a free lab")
        for end, calls in [("server", ["socket", "bind", "listen", "accept"]), ("client", ["socket", "connect"])]:
            for call in calls:
                before = window.position()
                self.press(end, call)
                events = 1 if call in ("accept", "connect") else 2  # these block
                wait_for(lambda: window.position() >= before + events,
                         f"{end}'s {call}(); the title is {window.title()!r}")
        self.assertEqual(window.look()[2:], ("SYN_SENT", "LISTEN"))
        for flags in ["SYN", "SYN, ACK", "ACK"]:
            wait_for(lambda: window.held() == flags, f"{flags} held; the title is {window.title()!r}")
            window.key("Return")
        wait_for(lambda: window.look()[2:] == ("ESTABLISHED", "ESTABLISHED"), "an open connection")
        # In the field letters are text: D drops nothing, F fills no screen, T changes no theme.
        def field():  # left of the mouse
            return [bytes(row[3 * 32:3 * 88]) for row in self.display.picture().rows[634:656]]
        self.display.xdotool("mousemove", 93, 645)
        empty = field()
        self.display.xdotool("click", 1)
        wait_for(lambda: field() != empty, "a caret")
        self.display.xdotool("type", "dft")
        self.press("client", "send")
        wait_for(lambda: "octets held" in window.title(), "data in flight")
        self.assertIn("8 octets", window.title(), "hello and what was typed")
        self.shown(lambda picture: picture.pixel(3, 300) == DARK, "the dark theme still")


class Remembering(WindowTest):
    """What the window remembers, in a folder for settings of its own."""

    def setUp(self):
        self.config = pathlib.Path(tempfile.mkdtemp(prefix="tcpstep-config-"))
        self.addCleanup(shutil.rmtree, self.config)
        self.file = self.config / "tcpstep" / "settings.json"

    def open(self, *arguments, env=None):
        return super().open("play", self.trace, *arguments, env={"XDG_CONFIG_HOME": str(self.config), **(env or {})})

    def kept(self):
        return json.loads(self.file.read_text()) if self.file.exists() else {}

    def quit(self, window):
        """Gives what it said on standard error."""
        window.key("ctrl+q")
        self.assertEqual(window.process.wait(20), 0)
        return window.process.stderr.read().decode()

    def test_what_is_changed_is_there_again(self):
        window = self.open()
        window.key("t", "n", "greater", "ctrl+plus")
        wait_for(lambda: self.kept().get("text_percent") == 125, "larger text kept")
        window.press_and_wait("z", lambda: "客户端" in window.title(), "a title in Chinese")
        self.display.xdotool("windowsize", window.id, 1280, 720)
        wait_for(lambda: self.kept().get("height") == 720, "the size kept")
        self.assertEqual(self.quit(window), "")
        self.assertEqual({name: value for name, value in self.kept().items() if name != "recent_files"},
                         {"theme": "light", "raw_numbers": True, "speed": 2.0, "text_percent": 125,
                          "language": "zh", "width": 1280, "height": 720})
        self.assertEqual([path.name for path in self.file.parent.iterdir()], ["settings.json"])
        # Settings go before the locale.
        window = Window(self.display, "play", self.trace, env={"XDG_CONFIG_HOME": str(self.config)})
        self.addCleanup(window.close)
        wait_for(lambda: "客户端" in window.title(), "a title in Chinese")
        self.shown(lambda p: p.pixel(3, 400) == LIGHT and p.pixel(1400, 800) == (0, 0, 0), "a small light window")
        self.quit(window)
        # And the command line before settings, which stay.
        window = self.open("--lang", "en", "--theme", "dark", "--size", "1600x900")
        self.shown(lambda p: p.pixel(3, 400) == DARK and p.pixel(3, 890) != (0, 0, 0), "a large dark window")
        self.quit(window)
        self.assertEqual((self.kept()["theme"], self.kept()["language"], self.kept()["height"]), ("light", "zh", 720))

    def test_what_does_not_change_is_not_written(self):
        window = self.open("--theme", "light", "--text", "150")
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")
        self.quit(window)
        self.assertEqual(list(self.kept()), [])

    def test_broken_settings_are_set_aside_and_told(self):
        self.file.parent.mkdir()
        self.file.write_text("{broken")
        window = self.open()
        self.shown(lambda p: len(p.places(ALARM, top=50, bottom=120)) > 5000, "a notice").save(PICTURES / "settings.png")
        window.key("Escape")
        self.shown(lambda p: not p.places(ALARM, top=50, bottom=120), "no notice any more")
        said = self.quit(window)
        self.assertRegex(said, r"^tcpstep: .*settings\.json: .*\(no JSON\): set aside as settings\.json\.broken\n$")
        self.assertEqual((self.file.parent / "settings.json.broken").read_text(), "{broken")

    def test_settings_that_cannot_be_written_are_told_once(self):
        (self.config / "tcpstep").write_text("in the way")
        window = self.open()
        window.key("n")
        self.shown(lambda p: len(p.places(ALARM, top=50, bottom=120)) > 5000, "a notice")
        window.key("n", "greater", "n")
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")
        said = self.quit(window)
        self.assertEqual(said.count("\n"), 1, said)
        self.assertIn("Settings are not kept", said)

    def test_a_picture_knows_nothing_of_them(self):
        self.file.parent.mkdir()
        self.file.write_text("{broken")
        picture = PICTURES / "screenshot.png"
        result = subprocess.run([PROGRAM, "play", self.trace, "--screenshot", picture], capture_output=True, text=True,
                                env={**self.display.environment(), "XDG_CONFIG_HOME": str(self.config)}, timeout=120)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(self.file.read_text(), "{broken")


class Opening(WindowTest):
    def setUp(self):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="tcpstep-open-"))
        self.addCleanup(shutil.rmtree, self.work)
        shutil.copy(self.trace, self.work / "another.qlog")
        (self.work / "notes.json").write_text("[]")

    def open_here(self, *arguments):
        """With the work folder as its own."""
        before = os.getcwd()
        os.chdir(self.work)
        self.addCleanup(os.chdir, before)
        return self.open("play", *arguments)

    def test_a_file_is_chosen_by_keys(self):
        window = self.open_here("handshake")
        before = self.display.picture()
        window.key("ctrl+o")
        # The line above its buttons is empty until there is something to say.
        def line(picture):
            return [bytes(row[3 * 360:3 * 1200]) for row in picture.rows[696:716]]
        shown = self.shown(lambda p: p.rows[100:800] != before.rows[100:800] and len(set(line(p))) == 1, "the dialog")
        shown.save(PICTURES / "open.png")
        # A lesson's name is typed, which is none: the dialog says so and stays.
        self.display.xdotool("type", "notes")
        window.key("Return")
        self.shown(lambda p: len(set(line(p))) > 1, "what is wrong with it").save(PICTURES / "open-refused.png")
        self.assertTrue(window.held(), "the lesson goes on")
        step_button = dict(left=0, right=300, top=840)
        window.key("Escape")
        self.shown(lambda p: p.places(GREEN, **step_button), "no dialog")
        window.key("ctrl+o")
        self.shown(lambda p: not p.places(GREEN, **step_button), "the dialog again")
        self.display.xdotool("type", "an")
        self.shown(lambda p: len(set(line(p))) == 1 and p.rows[100:800] != shown.rows[100:800], "what fits")
        window.press_and_wait("Return", lambda: not window.held() and window.position() == 0, "the trace")
        # The lab has ended with it.
        def children():
            return pathlib.Path(f"/proc/{window.process.pid}/task/{window.process.pid}/children").read_text().split()
        wait_for(lambda: not children(), "no lab any more")
        window.press_and_wait("End", lambda: window.look()[2:] == ("TIME_WAIT", "CLOSED"), "its end")

    def test_escape_closes_the_dialog(self):
        window = self.open_here(self.trace)
        self.await_quiet(window)
        before = self.display.picture()
        window.key("ctrl+o")
        self.shown(lambda p: p.rows[100:800] != before.rows[100:800], "the dialog")
        window.key("d", "space", "t")  # letters: nothing is played or painted anew
        window.key("Escape")
        self.shown(lambda p: p.rows[100:600] == before.rows[100:600], "what was there before")

    def test_export_and_copy(self):
        window = self.open_here(self.trace)
        window.press_and_wait("End", lambda: window.look()[0] == window.look()[1], "the end")
        window.key("ctrl+e", "Return")
        saved = self.work / "close.qlog"
        wait_for(saved.exists, "the saved trace")
        subprocess.run([PROGRAM, "check", saved], check=True, capture_output=True, timeout=60)
        window.key("ctrl+e", "Return")
        wait_for((self.work / "close-2.qlog").exists, "another one: nothing is overwritten")
        window.press_and_wait("ctrl+c", lambda: self.clipboard(), "something in the clipboard")
        self.assertRegex(self.clipboard(), r"^\d\d:\d\d:\d\d\.\d{6} IP 127\.0\.0\.1\.\d+ > 127\.0\.0\.1\.\d+: Flags \[\.\]")

    def clipboard(self):
        with XClient(self.display.name) as client:
            return client.pasted()

    def test_a_file_is_dropped_onto_the_window(self):
        window = self.open_here("handshake")
        wait_for(window.held, "a held segment")
        with XClient(self.display.name) as client:
            client.drop(int(window.id), self.work / "notes.json")
            self.shown(lambda p: len(p.places(ALARM, top=50, bottom=120)) > 5000, "why it is none")
            self.assertTrue(window.held(), "the lesson goes on")
            client.drop(int(window.id), self.work / "another.qlog")
        wait_for(lambda: not window.held() and window.position() == 0, "the trace")

    def test_a_black_screen(self):
        window = self.open_here(self.trace)
        window.key("b")
        self.shown(lambda p: p.places((0, 0, 0), bottom=10, near=0) and not p.places(DARK, bottom=200), "black")
        window.key("Next")  # brings the picture back, and does nothing else
        self.shown(lambda p: p.pixel(3, 400) == DARK, "the picture again")
        self.assertEqual(window.position(), 0)


class Saved(WindowTest):
    """Live runs are saved as they happen, in a folder of the test's own."""

    def setUp(self):
        self.state = pathlib.Path(tempfile.mkdtemp(prefix="tcpstep-state-"))
        self.addCleanup(shutil.rmtree, self.state)
        self.env = {"XDG_STATE_HOME": str(self.state)}

    def sessions(self):
        return sorted((self.state / "tcpstep" / "sessions").glob("*"))

    def saved(self, word, number=0):
        """Waits until that is in the session, and gives all of it."""
        def there():
            sessions = self.sessions()
            text = sessions[number].read_text() if len(sessions) > number else ""
            return text if word in text else None
        return wait_for(there, f"{word} in session {number}")

    def assert_last_can_be_played(self, states):
        check = subprocess.run([PROGRAM, "check", self.sessions()[-1]], capture_output=True, text=True, timeout=60)
        self.assertEqual((check.returncode, check.stderr), (0, ""), check.stdout)
        picture = PICTURES / "last.png"
        picture.unlink(missing_ok=True)
        before = self.sessions()
        played = subprocess.run([PROGRAM, "play", "--last", "--screenshot", picture], capture_output=True, text=True,
                                env={**self.display.environment(), **self.env}, timeout=120)
        self.assertEqual((played.returncode, played.stderr), (0, ""))
        self.assertEqual(self.sessions(), before, "what is looked at again is no new session")
        window = self.open("play", "--last", env=self.env)
        window.press_and_wait("End", lambda: window.position() == window.look()[1], "its end")
        self.assertEqual(window.look()[2:], states)

    def test_of_a_killed_window(self):
        window = self.open("play", "handshake", env=self.env)
        wait_for(lambda: window.held() == "SYN", "the SYN to be held")
        window.press_and_wait("Return", lambda: window.held() == "SYN, ACK", "the next segment held")
        self.saved('"name":"tcp:segment_held","group_id":"127.0.0.1:', 0)
        self.saved('"new":"SYN_RCVD"')
        seen = window.look()
        window.process.kill()
        window.process.wait()
        self.assertRegex(self.sessions()[0].name, r"^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-handshake\.sqlog$")
        self.assert_last_can_be_played(seen[2:])

    def test_of_a_killed_run_with_held_segments(self):
        master, slave = os.openpty()
        run = subprocess.Popen([PROGRAM, "run", "handshake", "--hold"], stdin=slave, stdout=slave, stderr=slave,
                               start_new_session=True, env={**os.environ, "TERM": "xterm", **self.env})
        self.addCleanup(os.close, master)
        self.addCleanup(os.close, slave)
        self.addCleanup(run.kill)
        self.saved('"name":"tcp:segment_held"')
        run.kill()
        run.wait()
        self.assertNotIn("tcp:segment_delivered", self.sessions()[0].read_text())
        self.assert_last_can_be_played(("SYN_SENT", "LISTEN"))

    def test_of_a_window_that_is_closed(self):
        kept = self.state / "t.qlog"
        window = self.open("play", "handshake", "--json", kept, env=self.env)
        wait_for(lambda: window.held() == "SYN", "the SYN to be held")
        window.press_and_wait("Return", lambda: window.held() == "SYN, ACK", "the next segment held")
        window.key("ctrl+q")
        self.assertEqual(window.process.wait(20), 0)
        self.assertEqual(window.process.stderr.read(), b"")
        [session] = self.sessions()
        events = [json.loads(record) for record in session.read_text().split("\x1e")[2:]]
        self.assertEqual(events, json.loads(kept.read_text())["traces"][0]["events"])

    def test_a_folder_that_cannot_be_written_is_told_and_the_run_goes_on(self):
        (self.state / "tcpstep").write_text("in the way")
        window = self.open("play", "handshake", env=self.env)
        wait_for(lambda: window.held() == "SYN", "the SYN to be held")
        self.shown(lambda p: len(p.places(ALARM, top=50, bottom=120)) > 5000, "a notice").save(PICTURES / "unsaved.png")
        window.press_and_wait("Return", lambda: window.held() == "SYN, ACK", "the next segment held")
        window.key("ctrl+q")
        self.assertEqual(window.process.wait(20), 0)
        self.assertRegex(window.process.stderr.read().decode(),
                         r"^tcpstep: From here on this run is not saved: .*: Not a directory - set XDG_STATE_HOME .*\n$")


class BadLuck(WindowTest):
    def test_a_killed_lab_leaves_the_window_and_the_trace(self):
        assets = self.folder / "assets"
        shutil.copytree(SOURCE / "assets", assets, dirs_exist_ok=True)
        path = assets / "lessons" / "four-way-close.json"
        lesson = json.loads(path.read_text())
        lesson["segments"] = "free"
        for step in lesson["server"]:
            if "pause_ms" in step:
                step["pause_ms"] = 60000
        path.write_text(json.dumps(lesson))
        window = self.open("play", "four-way-close", env={"TCPSTEP_ASSETS": str(assets)})
        wait_for(lambda: window.look()[1] > 20, "the run to reach its pause")
        children = pathlib.Path(f"/proc/{window.process.pid}/task/{window.process.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)
        self.shown(lambda p: len(p.places(ALARM, top=50, bottom=120)) > 5000, "a notice").save(PICTURES / "killed-lab.png")
        self.assertIsNone(window.process.poll())
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")

    def test_a_foreign_file_opens_no_window(self):
        (self.folder / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        result = subprocess.run([PROGRAM, "play", self.folder / "x.png"], env=self.display.environment(),
                                capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 2)
        self.assertEqual(result.stderr.count("\n"), 1)

    def test_a_display_that_is_not_there(self):
        result = subprocess.run([PROGRAM, "play", self.trace], env={**os.environ, "DISPLAY": ":4711"},
                                capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 3)
        self.assertRegex(result.stderr, r"^tcpstep: .*\n$")


    def test_opengl_that_is_too_old(self):
        for version in ("2.1", "1.4"):
            result = subprocess.run([PROGRAM, "play", self.trace], capture_output=True, text=True, timeout=60,
                                    env={**self.display.environment(), "MESA_GL_VERSION_OVERRIDE": version})
            self.assertEqual(result.returncode, 3, version)
            self.assertRegex(result.stderr, r"^tcpstep: cannot open a window: no OpenGL 3.*Mesa.*\n$")


class Scaled(WindowTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.display.close()
        cls.display = VirtualDisplay(3840, 2160)

    def test_on_a_desktop_that_shows_everything_larger(self):
        with XClient(self.display.name) as client:
            client.set_resources("Xft.dpi:\t144\n")
            window = self.open("play", self.trace)
            self.assertIn("2400x1350", self.display.xdotool("getwindowgeometry", window.id))
            window.key("ctrl+q")
            self.assertEqual(window.process.wait(20), 0)
            # Whoever asks for pixels gets pixels.
            window = self.open("play", self.trace, "--size", "1600x900")
            self.assertIn("1600x900", self.display.xdotool("getwindowgeometry", window.id))

    def test_4k(self):
        window = self.open("play", self.trace, "--size", "3840x2160")
        picture = self.shown(lambda p: p.pixel(6, 960) == DARK, "a window that fills the screen")
        picture.save(PICTURES / "4k.png")
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")


class Screenshot(WindowTest):
    def take(self, *arguments):
        path = PICTURES / "screenshot.png"
        path.unlink(missing_ok=True)
        result = subprocess.run([PROGRAM, "play", *map(str, arguments), "--screenshot", path],
                                env=self.display.environment(), capture_output=True, text=True, timeout=120)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return read_png(path)

    def test_shows_what_must_be_there(self):
        first = self.take(self.trace, "--step", 0)
        self.assertEqual((first.width, first.height), (1600, 900))
        self.assertIsNone(lit_state(first, CLIENT, CLIENT_PANEL))
        last = self.take(self.trace)
        time_wait, closed = lit_state(last, CLIENT, CLIENT_PANEL), lit_state(last, SERVER, SERVER_PANEL)
        self.assertIsNotNone(time_wait)
        self.assertIsNotNone(closed)
        self.assertEqual(time_wait[1], closed[1], "TIME_WAIT and the lower CLOSED stand in one row")

    def test_size_and_theme(self):
        small = self.take(self.trace, "--size", "1280x720", "--theme", "light")
        self.assertEqual((small.width, small.height), (1280, 720))
        self.assertEqual(small.pixel(3, 400), LIGHT)

    def test_of_a_live_run(self):
        picture = self.take("handshake-free")
        self.assertIsNotNone(lit_state(picture, CLIENT, CLIENT_PANEL))

    def test_of_a_run_that_fails(self):
        assets = self.folder / "failing"
        shutil.copytree(SOURCE / "assets", assets, dirs_exist_ok=True)
        path = assets / "lessons" / "four-way-close.json"
        lesson = json.loads(path.read_text())
        lesson["server"] = [step for step in lesson["server"] if step.get("call") != "listen"]
        path.write_text(json.dumps(lesson))
        picture = PICTURES / "failed-run.png"
        picture.unlink(missing_ok=True)
        result = subprocess.run([PROGRAM, "play", "four-way-close", "--screenshot", picture],
                                env={**self.display.environment(), "TCPSTEP_ASSETS": str(assets)},
                                capture_output=True, text=True, timeout=120)
        self.assertNotEqual(result.returncode, 0)
        self.assertRegex(result.stderr, r"^tcpstep: .*\n$")
        self.assertGreater(len(read_png(picture).places(ALARM, top=50, bottom=120)), 5000, "a notice")

    def test_that_cannot_be_written(self):
        result = subprocess.run([PROGRAM, "play", self.trace, "--screenshot", "/nonexistent/x.png"],
                                env=self.display.environment(), capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r"^tcpstep: /nonexistent/x.png.*\n$")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
