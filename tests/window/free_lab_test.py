"""Calls made by hand."""

from real_window import DARK, WindowTest, run_tests
from virtual_display import wait_for


class FreeLab(WindowTest):
    """The buttons at the foot of both ends, in a window of 1600 x 900."""
    ROWS = [["socket", "setsockopt", "bind", "listen", "accept"], ["connect", "send", "recv", "dup", "shutdown"]]

    def press(self, end, call):
        number, row = next((i, row) for i, row in enumerate(self.ROWS) if call in row)
        widths = [len(word) + 4 for word in row]  # in letters
        before = row.index(call)
        middle = (sum(widths[:before]) + widths[before] / 2) / sum(widths)
        self.display.xdotool("mousemove", (30 if end == "client" else 1226) + round(344 * middle), 704 + 34 * number)
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
            return [bytes(row[3 * 32:3 * 88]) for row in self.display.picture().rows[796:818]]
        self.display.xdotool("mousemove", 93, 806)
        empty = field()
        self.display.xdotool("click", 1)
        wait_for(lambda: field() != empty, "a caret")
        self.display.xdotool("type", "dft")
        self.press("client", "send")
        wait_for(lambda: "octets held" in window.title(), "data in flight")
        self.assertIn("8 octets", window.title(), "hello and what was typed")
        self.shown(lambda picture: picture.pixel(3, 300) == DARK, "the dark theme still")


if __name__ == "__main__":
    run_tests()
