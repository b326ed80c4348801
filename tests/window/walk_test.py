"""The window steps through a trace and through a free run."""
import json
import signal
import subprocess
import time

from real_window import (PROGRAM, PICTURES, CLIENT, SERVER, GREEN, DARK, LIGHT, CLIENT_PANEL, SERVER_PANEL,
                         lit_state, Window, WindowTest, run_tests)
from virtual_display import wait_for

CLIENT_STATES = ["CLOSED", "SYN_SENT", "ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2", "TIME_WAIT"]
SERVER_STATES = ["CLOSED", "LISTEN", "SYN_RCVD", "ESTABLISHED", "CLOSE_WAIT", "LAST_ACK", "CLOSED"]


class Walk(WindowTest):
    def walk(self, window, name):
        """Presses Right through the whole run; gives each end's states in order and, for each state,
        the place that was lit."""
        states, places = ([], []), ({}, {})
        self.assertEqual(window.position(), 0)
        while window.position() < window.look()[1]:
            before = window.position()
            window.press_and_wait("Right", lambda: window.position() > before, "a later position")
            look = window.look()
            for end, (state, colour, panel) in enumerate(((look[2], CLIENT, CLIENT_PANEL),
                                                          (look[3], SERVER, SERVER_PANEL))):
                if states[end] and states[end][-1] == state:
                    continue
                states[end].append(state)
                old = places[end].get(states[end][-2]) if len(states[end]) > 1 else None
                picture = self.shown(lambda p: lit_state(p, colour, panel) not in (None, old), f"{state} lit")
                places[end].setdefault(state, lit_state(picture, colour, panel))
                picture.save(PICTURES / f"{name}-{'client' if end == 0 else 'server'}-{len(states[end])}-{state}.png")
        return states, places

    def assert_textbook(self, states, places):
        self.assertEqual(states[0], CLIENT_STATES)
        self.assertEqual(states[1], SERVER_STATES)
        client, server = places
        # As in the RFC's figure: down through the states, SYN_SENT right, FIN_WAIT left.
        heights = [client[state][1] for state in CLIENT_STATES]
        self.assertEqual(heights, sorted(set(heights)), client)
        self.assertLess(client["FIN_WAIT_1"][0], client["ESTABLISHED"][0])
        self.assertLess(client["ESTABLISHED"][0], client["SYN_SENT"][0])
        heights = [server[state][1] for state in SERVER_STATES[:-1]]
        self.assertEqual(heights, sorted(set(heights)), server)
        self.assertLess(server["LISTEN"][0], server["ESTABLISHED"][0])
        self.assertLess(server["ESTABLISHED"][0], server["CLOSE_WAIT"][0])

    def test_a_recorded_trace(self):
        window = self.open("play", self.trace)
        self.assert_textbook(*self.walk(window, "recorded"))

    def test_a_live_run_looks_the_same(self):
        window = self.open("play", "four-way-close")
        # Each press delivers a segment; one that comes while none is held does nothing.
        def stepped_to_the_end():
            window.key("Right")
            return window.look()[2:] == ("TIME_WAIT", "CLOSED")
        wait_for(stepped_to_the_end, "the end of the run", 60)
        window.press_and_wait("Home", lambda: window.position() == 0, "the beginning")
        self.assert_textbook(*self.walk(window, "live"))

    def test_back_and_jumps(self):
        window = self.open("play", self.trace)
        size = window.look()[1]
        window.press_and_wait("End", lambda: window.position() == size, "the last position")
        self.assertEqual(window.look()[2:], ("TIME_WAIT", "CLOSED"))
        for key in ("Left", "comma", "Prior"):
            before = window.position()
            window.press_and_wait(key, lambda: window.position() < before, "an earlier position")
        for key in ("Right", "period", "Next"):
            before = window.position()
            window.press_and_wait(key, lambda: window.position() > before, "a later position")
        # Tenths are of all events, the title counts steps: what only confirms is none.
        window.press_and_wait("5", lambda: 0.3 < window.position() / size < 0.7, "the middle")
        middle = window.position()
        window.press_and_wait("4", lambda: window.position() < middle, "before it")
        window.press_and_wait("6", lambda: window.position() > middle, "behind it")
        window.press_and_wait("Home", lambda: window.position() == 0, "the beginning")
        self.shown(lambda p: lit_state(p, CLIENT, CLIENT_PANEL) is None, "nothing lit")
        window.key("Left")
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")

    def test_step_is_counted_as_the_steps_are(self):
        window = self.open("play", self.trace)
        for step in range(1, 6):
            window.press_and_wait("Right", lambda: window.position() == step, f"step {step}")
        states = window.look()[2:]
        window.close()
        fifth = self.open("play", self.trace, "--step", "5")
        self.assertEqual(fifth.position(), 5)
        self.assertEqual(fifth.look()[2:], states)

    def test_playing(self):
        window = self.open("play", self.trace)
        window.key("greater")
        window.press_and_wait("space", lambda: window.position() >= 3, "three events played")
        window.key("space")
        size = window.look()[1]
        self.assertLess(window.position(), size)
        window.key("greater", "greater", "greater", "greater")
        window.press_and_wait("space", lambda: window.position() == size, "the end played")

    def test_mouse(self):
        window = self.open("play", self.trace)
        size = window.look()[1]
        picture = self.shown(lambda p: p.places(GREEN, left=0, right=300, top=840), "the step button")
        green = picture.places(GREEN, left=0, right=300, top=840)
        x = sum(place[0] for place in green) // len(green)
        y = sum(place[1] for place in green) // len(green)
        self.display.xdotool("mousemove", x, y)
        for expected in range(1, 4):
            before = window.position()
            self.display.xdotool("click", 1)
            wait_for(lambda: window.position() > before, f"click {expected} on the step button")
        # The right end of the scrub bar.
        self.display.xdotool("mousemove", 1390, y, "click", 1)
        wait_for(lambda: window.position() == size, "the end after a click on the scrub bar")

    def test_theme_text_size_and_help(self):
        window = self.open("play", self.trace)
        corner = dict(left=2, right=8, top=400, bottom=406)
        self.shown(lambda p: len(p.places(DARK, **corner)) == 36, "the dark theme")
        window.key("t")
        self.shown(lambda p: len(p.places(LIGHT, **corner)) == 36, "the light theme")
        window.key("t")
        before = self.shown(lambda p: len(p.places(DARK, **corner)) == 36, "the dark theme again")
        window.key("ctrl+plus")
        self.shown(lambda p: p.rows != before.rows, "larger text")
        window.key("ctrl+0")
        window.key("question")
        self.shown(lambda p: p.rows != before.rows, "the keys").save(PICTURES / "keys.png")
        window.key("Escape")

    def test_the_language_is_switched_live(self):
        window = self.open("play", self.trace)
        english = self.display.picture()
        window.press_and_wait("z", lambda: "客户端 UNKNOWN - 服务器" in window.title(), "a title in Chinese")
        heading = dict(left=30, right=120, top=78, bottom=104)
        before = english.places(CLIENT, **heading)
        chinese = self.shown(lambda p: p.places(CLIENT, **heading) not in ([], before), "another heading of the client")
        self.await_quiet(window)
        self.display.xdotool("mousemove", 1409, 27, "click", 1)
        wait_for(window.look, "a title in English")
        self.shown(lambda p: p.places(CLIENT, **heading) == before, "the English heading")
        chinese.save(PICTURES / "chinese.png")

    def test_by_the_locale(self):
        window = Window(self.display, "play", self.trace, env={"LC_ALL": "zh_CN.UTF-8"})
        self.addCleanup(window.close)
        wait_for(lambda: "客户端" in window.title(), "a title in Chinese")

    def test_without_a_font_for_chinese_it_is_english(self):
        config = self.folder / "fonts.conf"
        config.write_text("<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir></fontconfig>")
        window = self.open("play", self.trace, "--lang", "zh", env={"FONTCONFIG_FILE": str(config)})
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")
        self.assertIn("client", window.title())

    def test_picking_a_lesson_by_key(self):
        window = self.open("play", self.trace)
        step_button = dict(left=0, right=300, top=840)
        before = self.shown(lambda p: p.places(GREEN, **step_button), "the window")
        window.key("o")
        self.shown(lambda p: p.rows[60:140] != before.rows[60:140], "the list").save(PICTURES / "lessons.png")
        window.key("Down", "Up", "Down")
        lessons = subprocess.run([PROGRAM, "lessons", "--json"], check=True, capture_output=True, timeout=60).stdout
        second = json.loads(lessons)[1]["title"]
        window.press_and_wait("Return", lambda: window.title().startswith(f"{second} - "), "the second lesson")

    def test_resizing(self):
        window = self.open("play", self.trace)
        self.display.xdotool("windowsize", window.id, 1280, 720)
        self.shown(lambda p: p.pixel(1279, 719) != (0, 0, 0) and p.pixel(1400, 800) == (0, 0, 0), "a smaller window")
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")

    def test_idle_uses_no_cpu(self):
        window = self.open("play", self.trace)
        window.press_and_wait("Right", lambda: window.position() > 0, "a later position")
        self.await_quiet(window)
        before = window.cpu_ticks()
        time.sleep(2)
        self.assertLessEqual(window.cpu_ticks() - before, 2, "ticks of 10 ms in 2 s")

    def test_a_signal_wakes_and_quits_it(self):
        window = self.open("play", self.trace)
        self.await_quiet(window)
        window.process.send_signal(signal.SIGTERM)
        self.assertEqual(window.process.wait(20), 0)

    def test_quitting(self):
        window = self.open("play", self.trace)
        window.key("ctrl+q")
        self.assertEqual(window.process.wait(20), 0)


if __name__ == "__main__":
    run_tests()
