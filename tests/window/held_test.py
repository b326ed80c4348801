"""The window holds segments, and the user lets them go."""
import json
import os
import pathlib
import signal
import subprocess

from real_window import PROGRAM, PICTURES, GREEN, ALARM, ATTENTION, HELD_BACK, PAST, FOOT, WindowTest, run_tests
from virtual_display import wait_for


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
        asked = dict(left=820, right=1570, top=646, bottom=662)  # the card's edge, in the place of the bytes
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
        panel = dict(left=600, right=1590, top=540, bottom=830)  # the claims
        window.key("c")
        self.shown(lambda p: p.rows[700:830] != before.rows[700:830], "the claims").save(PICTURES / "claims.png")
        self.shown(lambda p: len(p.places(GREEN, **panel)) > 100, "the first that holds, and why")
        for what, states in zip(("SYN", "SYN, ACK", "ACK"), self.HANDSHAKE[1:]):
            wait_for(lambda: window.held() == what, f"{what} held")
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


if __name__ == "__main__":
    run_tests()
