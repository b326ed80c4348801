"""What the window remembers from one time to the next."""
import json
import pathlib
import shutil
import subprocess
import tempfile

from real_window import PROGRAM, PICTURES, ALARM, DARK, LIGHT, Window, WindowTest, run_tests
from virtual_display import wait_for


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


if __name__ == "__main__":
    run_tests()
