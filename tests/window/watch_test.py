"""Other programs' connections in the window, as they happen."""
import os
import pathlib
import socket
import sys

from real_window import PICTURES, SOURCE, WindowTest, run_tests
from virtual_display import wait_for

sys.path.insert(0, str(SOURCE / "tests/app/cli"))
from own_network import Conversation, enter_network_of_own  # noqa: E402


class Watch(WindowTest):
    def assert_followed(self, window):
        position, size = window.look()[:2]  # of one title: the next may tell of more
        self.assertEqual(position, size)

    def test_connections_grow_as_they_happen(self):
        window = self.open("watch", "--window", "tcp", "and", "port", "8000")
        self.assertIn("CapPrm:\t0000000000000000", pathlib.Path(f"/proc/{window.process.pid}/status").read_text())
        self.display.picture().save(PICTURES / "watch-nothing.png")
        talk = Conversation(port=8000)
        wait_for(lambda: window.look()[2:4] == ("ESTABLISHED", "ESTABLISHED"), "the handshake")
        wait_for(lambda: "client ESTABLISHED ✓ - server ESTABLISHED ✓" in window.title(), "the kernel's word")
        self.assert_followed(window)
        talk.client.send(b"hello")
        talk.server.recv(5)

        # Back in time while it goes on, and to the present again.
        window.press_and_wait("Home", lambda: window.position() == 0, "the beginning")
        window.press_and_wait("Right", lambda: window.look()[2] == "SYN_SENT", "the first segment")
        past, before = window.look()[:2]
        talk.client.close()
        wait_for(lambda: window.look()[1] > before, "more events, though one looks at the past")
        self.assertEqual(window.position(), past)
        window.press_and_wait("End", lambda: len(set(window.look()[:2])) == 1, "now")
        talk.server.recv(1)
        talk.server.close()
        talk.listener.close()
        wait_for(lambda: window.look()[2:4] == ("TIME_WAIT", "CLOSED"), "the close")
        self.assert_followed(window)

        # The next one is shown once that is over; the list has both.
        second = Conversation(socket.AF_INET6, port=8000)
        wait_for(lambda: window.look()[2:4] == ("ESTABLISHED", "ESTABLISHED"), "the second connection")
        window.key("j")
        self.await_quiet(window)
        self.display.picture().save(PICTURES / "watch-two.png")
        window.key("Escape")
        window.press_and_wait("bracketleft", lambda: window.look()[2] == "TIME_WAIT", "the first connection")
        second.close()
        wait_for(lambda: window.look()[2] == "TIME_WAIT", "the first stays, for it was picked")

        window.key("ctrl+q")
        self.assertEqual(window.process.wait(timeout=20), 0)
        self.assertFalse(list(pathlib.Path(os.environ["XDG_STATE_HOME"]).rglob("*watch*")))


if __name__ == "__main__":
    refused = enter_network_of_own()
    if refused:
        print(f"skipped: no network namespace: {refused}")
        sys.exit(os.environ.get("CI") == "true")
    run_tests()
