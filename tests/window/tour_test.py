"""One window from the first segment to the saved trace, as a teacher uses it in an hour."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

from real_window import DARK, LIGHT, PICTURES, PROGRAM, WindowTest, run_tests
from virtual_display import wait_for


class Tour(WindowTest):
    def setUp(self):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="tcpstep-tour-"))
        self.addCleanup(shutil.rmtree, self.work)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.work)  # the window saves where it was started

    def await_held(self, window, flags, states):
        wait_for(lambda: window.held() == flags and window.look()[2:] == states,
                 f"{flags} held; the title is {window.title()!r}")

    def test_a_lesson_from_its_first_segment_to_its_trace(self):
        window = self.open("play", "handshake")
        self.await_held(window, "SYN", ("SYN_SENT", "LISTEN"))
        window.key("Return")
        self.await_held(window, "SYN, ACK", ("SYN_SENT", "SYN_RCVD"))

        now = window.position()
        window.press_and_wait("Left", lambda: window.position() < now, "an earlier position")
        window.press_and_wait("End", lambda: window.look()[0] == window.look()[1], "now again")
        self.display.xdotool("windowsize", "--sync", window.id, 1280, 720)
        window.key("Return")
        self.await_held(window, "ACK", ("ESTABLISHED", "SYN_RCVD"))

        window.key("t")
        self.shown(lambda picture: picture.pixel(3, 400) == LIGHT, "the light theme")
        bottom = slice(540, 650)  # below the ladder, where the bytes are
        bytes_row = self.display.picture().rows[bottom]
        window.key("ctrl+plus", "c")  # larger text, and the claims in the place of the bytes
        self.shown(lambda picture: picture.rows[bottom] != bytes_row, "the claims").save(PICTURES / "tour-held.png")
        window.key("Return")
        wait_for(lambda: window.look()[2:] == ("ESTABLISHED", "ESTABLISHED"), "an open connection")
        window.key("ctrl+e")
        self.shown(lambda picture: picture.pixel(3, 400) == LIGHT, "the forms").save(PICTURES / "tour-over.png")
        window.key("Return")
        saved = wait_for(lambda: list(self.work.glob("*.qlog")), "the saved trace")[0]
        subprocess.run([PROGRAM, "check", saved], check=True, capture_output=True, timeout=60)
        claims = [event["data"] for trace in json.loads(saved.read_text())["traces"] for event in trace["events"]
                  if event["name"] == "lesson:claim_checked"]
        self.assertTrue(claims)
        self.assertEqual([claim for claim in claims if not claim["holds"]], [])

        dialog = slice(100, 500)
        before = self.display.picture().rows[dialog]
        window.key("ctrl+o")
        before = self.shown(lambda picture: picture.rows[dialog] != before, "the dialog").rows[dialog]
        self.display.xdotool("type", "--delay", "150", saved.name[:4])
        self.shown(lambda picture: picture.rows[dialog] != before, "what fits")
        window.key("Return")
        wait_for(lambda: window.position() == 0, f"the saved trace; the title is {window.title()!r}")
        window.press_and_wait("End", lambda: window.look()[2:] == ("ESTABLISHED", "ESTABLISHED"), "its end")
        window.key("t")
        self.shown(lambda picture: picture.pixel(3, 400) == DARK, "the dark theme")


if __name__ == "__main__":
    run_tests()
