"""Runs that are saved as they happen, whatever ends them."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

from real_window import ALARM, PICTURES, PROGRAM, WindowTest, run_tests
from virtual_display import wait_for


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


if __name__ == "__main__":
    run_tests()
