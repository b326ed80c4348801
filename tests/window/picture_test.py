"""Sizes of the window, and pictures of it."""
import json
import shutil
import subprocess

from real_window import (PROGRAM, PICTURES, SOURCE, CLIENT, SERVER, ALARM, DARK, LIGHT, CLIENT_PANEL, SERVER_PANEL,
                         lit_state, WindowTest, run_tests)
from virtual_display import VirtualDisplay, read_png
from x_client import XClient


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
    run_tests()
