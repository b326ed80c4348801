"""What goes wrong around the window."""
import json
import os
import pathlib
import shutil
import signal
import subprocess

from real_window import PROGRAM, PICTURES, SOURCE, ALARM, WindowTest, run_tests
from virtual_display import wait_for


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


if __name__ == "__main__":
    run_tests()
