"""Files opened, dropped and saved."""
import os
import pathlib
import shutil
import subprocess
import tempfile

from real_window import PROGRAM, PICTURES, GREEN, ALARM, DARK, WindowTest, run_tests
from virtual_display import wait_for
from x_client import XClient


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


if __name__ == "__main__":
    run_tests()
