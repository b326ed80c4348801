"""Live runs are saved as they happen, whatever ends them.

    sessions_test.py PROGRAM SOURCE_TREE
"""
import json
import os
import shutil
import stat
import subprocess
import sys
import time
import unittest

from program_case import PROGRAM, SOURCE, ProgramTest
from stepping_test import Terminal

NAME = r"^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(\.\d\d)?-%s\.sqlog$"


class SessionsTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.state = self.folder / "state"
        self.sessions = self.state / "tcpstep" / "sessions"
        self.env = {"XDG_STATE_HOME": str(self.state)}

    def saved(self):
        return sorted(self.sessions.glob("*"))

    def run_saved(self, *arguments, **how):
        return self.run_program(*arguments, env=self.env, **how)

    def facts(self, path):
        """Of a trace of either form, without the time zero that it counts from."""
        text = path.read_text(errors="replace")  # it may be cut anywhere
        if text[0] == "\x1e":
            return [json.loads(record) for record in text.split("\x1e")[2:] if record.endswith("\n")]
        return json.loads(text)["traces"][0]["events"]

    def wait_for(self, condition, what):
        deadline = time.monotonic() + 30
        while not condition():
            self.assertLess(time.monotonic(), deadline, f"waited in vain for {what}")
            time.sleep(0.01)  # between two looks at the condition


class Saved(SessionsTest):
    def test_a_run_is_what_its_trace_is_and_its_users_alone(self):
        result = self.run_saved("run", "handshake", "--quiet", "--json", "t.qlog")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        [session] = self.saved()
        self.assertRegex(session.name, NAME % "handshake")
        self.assertEqual(self.facts(session), self.facts(self.folder / "t.qlog"))
        self.assertEqual(stat.S_IMODE(session.stat().st_mode), 0o600)
        for folder in (self.state, self.state / "tcpstep", self.sessions):
            self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700, folder)

    def test_a_stream_is_the_same(self):
        self.run_saved("run", "handshake", "--quiet", "--json", "t.sqlog")
        self.assertEqual(self.saved()[0].read_bytes(), (self.folder / "t.sqlog").read_bytes())

    def test_a_free_lab_is_a_run(self):
        lab = subprocess.run([str(PROGRAM), "lab"], input="server socket\nserver bind\nserver listen\n", text=True,
                             cwd=self.folder, env={**os.environ, **self.env}, capture_output=True, timeout=60)
        self.assertEqual(lab.returncode, 0, lab)
        [session] = self.saved()
        self.assertRegex(session.name, NAME % "lab")
        self.assertIn('"new":"LISTEN"', session.read_text())

    def test_without_the_variable_it_is_below_the_home(self):
        environment = {name: value for name, value in os.environ.items() if name != "XDG_STATE_HOME"}
        subprocess.run([str(PROGRAM), "run", "handshake-free", "--quiet"], cwd=self.folder, check=True, timeout=60,
                       env={**environment, "HOME": str(self.folder)})
        self.assertEqual(len(list((self.folder / ".local/state/tcpstep/sessions").iterdir())), 1)

    def test_what_runs_every_lesson_saves_none(self):
        assets = self.folder / "assets"
        shutil.copytree(SOURCE / "assets", assets)
        for lesson in (assets / "lessons").glob("*.json"):
            if lesson.name != "handshake-free.json":
                lesson.unlink()
        result = self.run_program("run", "--all", env={**self.env, "TCPSTEP_ASSETS": str(assets)})
        self.assertEqual(result.returncode, 0, result)
        self.assertFalse(self.state.exists())

    def test_of_fifty_one_fifty_stay(self):
        self.sessions.mkdir(parents=True)
        for i in range(50):
            (self.sessions / f"2026-01-01T00-00-{i:02}Z-old.sqlog").write_text("")
        for last in ("handshake-free", "four-way-close"):
            self.assertEqual(self.run_saved("run", last, "--quiet").returncode, 0)
        names = [path.name for path in self.saved()]
        self.assertEqual(len(names), 50)
        self.assertEqual(names[0], "2026-01-01T00-00-02Z-old.sqlog")
        self.assertRegex(names[-1], NAME % "four-way-close")

    def test_one_that_another_program_writes_stays(self):
        terminal = Terminal([str(PROGRAM), "run", "handshake", "--hold"], self.folder, environment=self.env)
        self.addCleanup(terminal.close)
        self.wait_for(lambda: self.saved() and '"name":"tcp:segment_held"' in self.saved()[0].read_text(), "the SYN")
        written = self.saved()[0]
        for i in range(60):
            (self.sessions / f"9999-01-01T00-00-{i:02}Z-old.sqlog").write_text("")
        self.assertEqual(self.run_saved("run", "handshake-free", "--quiet").returncode, 0)
        self.assertTrue(written.exists())
        terminal.program.kill()
        terminal.program.wait()
        self.assertEqual(self.run_program("check", str(written)).returncode, 0)
        self.assertEqual(self.run_saved("run", "handshake-free", "--quiet").returncode, 0)
        self.assertFalse(written.exists(), "nobody writes it any more")


class BadLuck(SessionsTest):
    def test_a_killed_run_is_there_to_its_last_event(self):
        terminal = Terminal([str(PROGRAM), "run", "handshake", "--hold"], self.folder, environment=self.env)
        self.addCleanup(terminal.close)
        terminal.wait_for("Enter")
        terminal.press("\n")
        terminal.wait_for("SYN_RCVD")
        self.wait_for(lambda: '"new":"SYN_RCVD"' in self.saved()[0].read_text(), "the next state")
        terminal.program.kill()
        terminal.program.wait()
        checked = self.run_program("check", str(self.saved()[0]))
        self.assertEqual(checked.returncode, 0, checked)

    def test_a_folder_that_cannot_be_made_gives_one_line(self):
        self.state.write_text("in the way")
        result = self.run_saved("run", "handshake")
        self.assertEqual(result.returncode, 0, result)
        self.assertIn("ESTABLISHED", result.stdout)
        self.assert_refused(result, 0, "not saved", str(self.sessions), "Not a directory", "XDG_STATE_HOME")

    def test_a_folder_that_cannot_be_written_gives_one_line(self):
        self.sessions.mkdir(parents=True)
        # Root may write everywhere, but not where the file system is read-only.
        result = self.mounted("mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\"", "run", "handshake")
        self.assert_refused(result, 0, "not saved", "Read-only file system")
        self.assertEqual(self.saved(), [])

    def mounted(self, mount, *arguments, afterwards=""):
        """Runs the program where that was mounted on the folder of the sessions, $1."""
        script = f"set -e\n{mount}\nshift; \"$0\" \"$@\"\n{afterwards}"
        return subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, str(PROGRAM),
                               str(self.sessions), *arguments], cwd=self.folder, env={**os.environ, **self.env},
                              capture_output=True, text=True, timeout=60)

    def test_a_full_disk_loses_what_it_has_no_room_for(self):
        self.sessions.mkdir(parents=True)
        result = self.mounted("mount -t tmpfs -o size=8k tmpfs \"$1\"", "run", "handshake", "--json", "t.qlog",
                              afterwards="cp \"$XDG_STATE_HOME\"/tcpstep/sessions/* .")
        self.assert_refused(result, 0, "not saved", "No space left on device")
        self.assertIn("ESTABLISHED", result.stdout, "the run goes on")
        [session] = self.folder.glob("*.sqlog")
        self.assertEqual(session.stat().st_size, 8192)
        saved = self.facts(session)
        self.assertGreater(len(saved), 5)
        self.assertEqual(saved, self.facts(self.folder / "t.qlog")[:len(saved)])
        # Whole records but for the last one.
        self.assertEqual(session.read_bytes().count(b"\x1e"), len(saved) + 2)
        checked = self.run_program("check", session.name)
        self.assertEqual(checked.returncode, 1, checked)
        self.assertIn("cut short", checked.stdout)

    def test_without_a_session_there_is_no_last_one(self):
        self.assert_refused(self.run_saved("play", "--last"), 2, str(self.sessions), "no session is saved")
        self.assert_refused(self.run_saved("play", "--last", "handshake"), 2, "--last")
        self.assert_refused(self.run_saved("play"), 2, "WHAT")

    def test_the_last_one_is_the_newest_that_can_be_read(self):
        self.sessions.mkdir(parents=True)
        for name, text in (("9999-01-01T00-00-02Z-x.sqlog", ""), ("9999-01-01T00-00-01Z-x.sqlog", "\x1egarbage\n")):
            (self.sessions / name).write_text(text)
        no_display = {**self.env, "DISPLAY": "", "WAYLAND_DISPLAY": ""}
        result = self.run_program("play", "--last", env=no_display)
        self.assert_refused(result, 2, "9999-01-01T00-00-02Z-x.sqlog", "no qlog trace")
        self.assertNotIn("pcap", result.stderr)
        self.assertEqual(self.run_saved("run", "handshake-free", "--quiet").returncode, 0)
        result = self.run_program("play", "--last", env=no_display)
        self.assertEqual(result.returncode, 3, "there is one, but no window")
        skipped = result.stderr.splitlines()[:2]
        self.assertTrue(all("skipped" in line for line in skipped), result)
        self.assertIn("9999-01-01T00-00-02Z-x.sqlog", skipped[0])
        self.assertIn("9999-01-01T00-00-01Z-x.sqlog", skipped[1])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
