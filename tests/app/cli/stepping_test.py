"""`tcpstep run LESSON --hold` in a terminal: what a user sees, presses, and gets.

    stepping_test.py PROGRAM SOURCE_TREE
"""
import codecs
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
import unittest

from program_case import HOST_WITHOUT_NAMESPACES, PROGRAM, SOURCE, ProgramTest

PATIENCE = 30  # seconds; what is waited for comes at once, or with a timer of the kernel
SERVER_STATE = 69  # the ladder's column


class Terminal:
    """A program in a terminal of its own: what it writes, and the keys that are pressed."""

    def __init__(self, command, folder, columns=80, environment=None):
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.before = termios.tcgetattr(self.slave)
        self.text = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")()  # a character may come in two pieces
        self.seen = 0  # up to here it was waited for
        self.program = subprocess.Popen(
            command, cwd=folder, stdin=self.slave, stdout=self.slave, stderr=self.slave, start_new_session=True,
            env={**os.environ, "TERM": "xterm", **(environment or {})},
            # Ctrl-C is a signal to those whose terminal it is.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))

    def close(self):
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        os.close(self.master)
        os.close(self.slave)

    def settings(self):
        return termios.tcgetattr(self.slave)

    def press(self, keys):
        os.write(self.master, keys.encode())

    def read(self, deadline, condition):
        while not condition():
            ready, _, _ = select.select([self.master], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                return False
            self.text += self.decoder.decode(os.read(self.master, 65536))
        return True

    def wait_for(self, pattern):
        """Until the program writes that, after what was waited for before. Gives the match."""
        expression = re.compile(pattern)
        found = self.read(time.monotonic() + PATIENCE, lambda: expression.search(self.text, self.seen))
        assert found, f"waited in vain for {pattern}; so far:\n{self.text}"
        match = expression.search(self.text, self.seen)
        self.seen = match.end()
        return match

    def status(self):
        """The exit status, once it has ended."""
        deadline = time.monotonic() + PATIENCE
        while self.program.poll() is None:
            # What it writes must be read, or it could not end.
            self.read(min(deadline, time.monotonic() + 0.05), lambda: self.program.poll() is not None)
            assert time.monotonic() < deadline, f"it does not end:\n{self.text}"
        while select.select([self.master], [], [], 0)[0]:
            self.text += self.decoder.decode(os.read(self.master, 65536))
        return self.program.returncode

    def rows(self):
        """What stands on the screen in the end: of each line what was drawn last."""
        return [re.sub("\x1b\\[[0-9;]*[mK]", "", line.split("\r")[-1]) for line in self.text.split("\r\n")]


class SteppingTest(ProgramTest):
    def start(self, *arguments, columns=80, environment=None, before=None):
        command = [str(PROGRAM), "run", *arguments]
        if before is not None:
            command = ["unshare", "--user", "--map-root-user", "--net", "sh", "-c",
                       before + '\nexec "$0" "$@"', *command]
        terminal = Terminal(command, self.folder, columns, environment)
        self.addCleanup(terminal.close)
        return terminal

    def assert_restored(self, terminal):
        self.assertEqual(terminal.settings(), terminal.before)

    def trace(self, name="t.sqlog"):
        checked = self.run_program("check", name)
        self.assertEqual(checked.returncode, 0, checked)
        return [json.loads(line.lstrip("\x1e")) for line in (self.folder / name).read_text().strip().split("\n")][1:]

    def index(self, rows, expression):
        found = [i for i, row in enumerate(rows) if re.search(expression, row)]
        self.assertTrue(found, f"{expression} is not in:\n" + "\n".join(rows))
        return found[0]


class Predict(SteppingTest):
    ASKED = r"Segment (\d+) \(([A-Z, ]+)\) is about to reach the (client|server)"

    def choices(self, terminal):
        start = terminal.seen
        terminal.wait_for(r"\n  \(1-\d: answer")
        return dict(re.findall(r"\n  (\d) ([^\r]+)", terminal.text[start:terminal.seen]))

    def answer(self, terminal, right=True):
        """Waits for a question, and answers as every kernel's handshake does, or otherwise. The answer's text."""
        _, flags, receiver = terminal.wait_for(self.ASKED).groups()
        choices = self.choices(terminal)
        state = {"SYN": "SYN_RCVD", "SYN, ACK": "ESTABLISHED", "ACK": "ESTABLISHED"}[flags]
        call = {"SYN": "none of them", "SYN, ACK": "client: connect()", "ACK": "server: accept()"}[flags]
        good = [digit for digit, words in choices.items() if words in (state, call, "ack 1")]
        self.assertEqual(len(good), 1, choices)
        wanted = good[0] if right else next(digit for digit in choices if digit != good[0])
        terminal.press(wanted)
        return choices[wanted]

    def test_right_and_wrong_answers_and_the_score(self):
        terminal = self.start("handshake", "--hold", "--predict", "--json", "t.sqlog")
        self.answer(terminal)
        terminal.wait_for(r"predicted .*: right\r")
        self.answer(terminal, right=False)
        terminal.wait_for(r"predicted .*: wrong, it is ")
        self.answer(terminal)
        terminal.wait_for(r"predicted .*: right\r")
        terminal.wait_for(r"predictions: 2 of 3 right")
        self.assertEqual(terminal.status(), 0, terminal.text)
        checked = [event["data"] for event in self.trace() if event["name"] == "lesson:prediction_checked"]
        self.assertEqual([data["right"] for data in checked], [True, False, True])
        self.assertEqual([data["segment"] for data in checked], [1, 2, 3])
        for row in terminal.rows():
            self.assertLessEqual(len(row), 80, row)

    def test_the_story_does_not_give_the_answer_away(self):
        terminal = self.start("handshake", "--hold", "--predict")
        terminal.wait_for(self.ASKED)
        self.choices(terminal)
        self.assertNotIn("Let it go", terminal.text)
        terminal.press("q")
        terminal.status()

    def test_the_same_seed_asks_the_same(self):
        asked = []
        for _ in range(2):
            terminal = self.start("handshake", "--hold", "--predict", "--seed", "7")
            terminal.wait_for(self.ASKED)
            asked.append(self.choices(terminal))
            terminal.press("q")
            self.assertEqual(terminal.status(), 0)
        self.assertEqual(asked[0], asked[1])

    def test_enter_skips_the_question(self):
        terminal = self.start("handshake", "--hold", "--predict", "--json", "t.sqlog")
        for _ in range(3):
            terminal.wait_for(self.ASKED)
            terminal.press("\n")
        self.assertEqual(terminal.status(), 0, terminal.text)
        self.assertNotIn("predictions:", terminal.text)
        self.assertFalse([event for event in self.trace() if event["name"] == "lesson:prediction_checked"])

    def test_digits_do_nothing_without_a_question(self):
        terminal = self.start("handshake", "--hold")
        terminal.wait_for(r"\[1 S")
        terminal.press("1234")
        terminal.press("q")
        self.assertEqual(terminal.status(), 0)
        self.assertIn("server: CLOSED LISTEN\r\n", terminal.text)

    def test_a_key_turns_it_on_and_off(self):
        terminal = self.start("handshake", "--hold")
        terminal.wait_for(r"\[1 S")
        terminal.press("p")
        terminal.wait_for(r"you are asked before each delivery")
        terminal.wait_for(self.ASKED)
        terminal.press("p")
        terminal.wait_for(r"no more questions")
        terminal.press("1q")
        self.assertEqual(terminal.status(), 0)
        self.assertIn("server: CLOSED LISTEN\r\n", terminal.text)

    def test_a_seed_alone_is_wrong_usage(self):
        self.assert_refused(self.run_program("run", "handshake", "--seed", "7"), 2, "--seed requires --predict")
        self.assert_refused(self.run_program("run", "handshake", "--predict", "--seed", "x"), 2, "--seed")

    def test_nobody_to_ask_is_said(self):
        for arguments in (["--hold"], ["--hold", "--auto"], []):
            result = self.run_program("run", "handshake", "--predict", *arguments)
            self.assert_refused(result, 2, "--predict", "in a terminal, with --hold")


class Deliver(SteppingTest):
    def test_the_handshake_by_three_keys(self):
        terminal = self.start("handshake", "--hold", "--verify")
        terminal.wait_for(r"SYN_SENT= connect \d+\.\d s --\[1 S [^\]]*\]--> LISTEN= accept \d+\.\d s")
        self.assertFalse(terminal.settings()[3] & (termios.ICANON | termios.ECHO), "keys come one by one, unechoed")
        self.assertTrue(terminal.settings()[3] & termios.ISIG)
        terminal.press("\n")
        terminal.wait_for(r"SYN_SENT= connect \d+\.\d s <--\[2 S\. [^\]]*\]-- SYN_RCVD= accept \d+\.\d s")
        terminal.press("\r")
        terminal.wait_for(r"ESTABLISHED= --\[3 \. [^\]]*\]--> SYN_RCVD= accept \d+\.\d s")
        terminal.press("\n")
        self.assertEqual(terminal.status(), 0, terminal.text)
        self.assert_restored(terminal)
        rows = terminal.rows()
        connected = self.index(rows, r"connect\(\) = 0")
        third_arrived = self.index(rows, rf"^.{{{SERVER_STATE}}}ESTABLISHED$")
        accepted = self.index(rows, r"accept\(\) = ")
        self.assertLess(connected, third_arrived, "connect() returns while the third segment is held")
        self.assertLess(third_arrived, accepted)
        self.assertRegex(terminal.text, r"\nverified: \d+ samples")
        self.assertFalse(any("? keys" in row for row in rows), "no prompt stays behind")

    def test_keys_typed_ahead_act_one_after_the_other(self):
        terminal = self.start("handshake", "--hold")
        terminal.wait_for(r"\[1 S")
        terminal.press("\n\n\n")
        self.assertEqual(terminal.status(), 0, terminal.text)
        self.assertIn("accept() = ", terminal.text)

    def test_the_clock_of_what_is_blocked_ticks(self):
        terminal = self.start("handshake", "--hold")
        terminal.wait_for(r"connect 0\.\d s --\[1 S")
        terminal.wait_for(r"connect 1\.\d s --\[1 S")
        terminal.wait_for(r"\[1 S 0:0\(0\) again 1x\]|\[1 S again 1x\]")  # the SYN's timer has fired
        terminal.press("q")
        self.assertEqual(terminal.status(), 0)

    def test_the_third_segment_is_called_3_however_often_others_were_sent_again(self):
        terminal = self.start("handshake", "--hold", "--json", "t.sqlog")
        terminal.wait_for(r"\[1 S again 1x\]|\[1 S [^\]]* again 1x\]")
        terminal.press("\n")
        terminal.wait_for(r"\[2 S\.")
        terminal.press("\n")
        terminal.wait_for(r"\[3 \.")
        terminal.press("\n")
        self.assertEqual(terminal.status(), 0, terminal.text)
        sent = [event["data"] for event in self.trace() if event["name"] == "tcp:segment_sent"]
        third = next(segment for segment in sent if segment["flags"] == ["ACK"])
        self.assertGreater(third["id"], 3, "the copy has an id all the same")
        # What was recorded is told by the same numbers.
        self.assertEqual(self.run_program("export", "t.sqlog", "-o", "t.pcapng").returncode, 0)
        packets = (self.folder / "t.pcapng").read_bytes()
        for words in ("Segment 1b · client → server", "Segment 2 · server → client", "Segment 3 · client → server"):
            self.assertIn(words.encode(), packets)

    def test_lines_fit_into_80_columns(self):
        terminal = self.start("four-way-close", "--hold", "--json", "t.sqlog")
        for segment in range(1, 10):
            terminal.wait_for(rf"\[{segment} ")
            terminal.press("\n")
        self.assertEqual(terminal.status(), 0)
        drawn = re.sub("\x1b\\[[0-9;]*[mK]", "", terminal.text).replace("\r", "\n").split("\n")
        self.assertLessEqual(max(len(line) for line in drawn), 80)
        delivered = [event["data"]["id"] for event in self.trace() if event["name"] == "tcp:segment_delivered"]
        self.assertEqual(delivered, [1, 2, 3, 4, 5, 6, 7, 8, 9])

    def test_more_columns_say_more(self):
        terminal = self.start("handshake", "--hold", columns=160)
        terminal.wait_for(r"client SYN_SENT \(kernel agrees\) connect .*server LISTEN \(kernel agrees\) accept")
        terminal.press("q")
        self.assertEqual(terminal.status(), 0)


class Actions(SteppingTest):
    def test_a_dropped_syn_is_sent_again_by_the_kernels_timer(self):
        terminal = self.start("handshake", "--hold", "--json", "t.sqlog")
        terminal.wait_for(r"\[1 S ")
        terminal.press("d")
        terminal.wait_for(r"nothing is held; awaited: the client's retransmission timer, 0\.\d s")
        terminal.press("\n")  # there is nothing that it could be about
        terminal.wait_for(r"\[2 S ")
        for segment in (2, 3, 4):
            if segment > 2:
                terminal.wait_for(rf"\[{segment} ")
            terminal.press("\n")
        self.assertEqual(terminal.status(), 0, terminal.text)
        events = self.trace()
        sent = [event["time"] for event in events if event["name"] == "tcp:segment_sent"]
        self.assertGreater(sent[1] - sent[0], 900, "milliseconds")
        self.assertEqual([event["data"]["id"] for event in events if event["name"] == "tcp:segment_dropped"], [1])
        # What does not hold since is said to be so by the user's own hand.
        claims = [event["data"] for event in events if event["name"] == "lesson:claim_checked"]
        refuted = [claim for claim in claims if not claim["holds"]]
        self.assertGreater(len(refuted), 0)
        for claim in refuted:
            self.assertEqual(claim["evidence"]["seen"][0]["event"], "user:dropped", claim)
        self.assertEqual(terminal.text.count("segment 1 was dropped by you"), len(refuted))
        self.assertNotIn("user:dropped", json.dumps([claim for claim in claims if claim["holds"]]))

    def test_a_reset_toward_the_receiver(self):
        terminal = self.start("no-accept", "--hold")
        terminal.wait_for(r"\[1 S ")
        terminal.press("\n")
        terminal.wait_for(r"\[2 S\. ")
        terminal.press("r")  # the client is in SYN_SENT
        terminal.wait_for(r"<--\[3 R")
        terminal.press("\n")
        terminal.wait_for("ECONNREFUSED")
        terminal.press("q")
        self.assertEqual(terminal.status(), 0, terminal.text)

    def test_a_reset_of_an_established_connection(self):
        terminal = self.start("lost-fin", "--hold")
        for segment in (1, 2, 3):
            terminal.wait_for(rf"\[{segment} ")
            terminal.press("\n")
        terminal.wait_for(r"--\[4 F\. .*\]--> ESTABLISHED= recv")
        terminal.press("r")
        terminal.wait_for(r"--\[5 R.*\]--> ESTABLISHED= recv")
        terminal.press("\n")
        terminal.wait_for("ECONNRESET")
        terminal.press("q")
        self.assertEqual(terminal.status(), 0, terminal.text)

    def test_a_reset_toward_the_sender(self):
        terminal = self.start("handshake", "--hold")
        terminal.wait_for(r"\[1 S ")
        terminal.press("R")
        terminal.wait_for(r"<--\[2 R")
        terminal.press("\n")
        terminal.wait_for("ECONNREFUSED")
        terminal.press("q")
        self.assertEqual(terminal.status(), 0, terminal.text)

    def test_duplicate_and_hold_back(self):
        assets = self.folder / "assets"
        shutil.copytree(SOURCE / "assets", assets)
        path = assets / "lessons" / "handshake.json"
        lesson = json.loads(path.read_text())
        lesson["client"].append({"call": "send", "on": "socket", "data": "hello"})
        lesson["server"].append({"call": "recv", "on": "connection", "size": 100})
        path.write_text(json.dumps(lesson))
        terminal = self.start("handshake", "--hold", "--json", "t.sqlog", environment={"TCPSTEP_ASSETS": str(assets)})
        for segment in (1, 2):
            terminal.wait_for(rf"\[{segment} ")
            terminal.press("\n")
        terminal.wait_for(r"\[3 \. ")
        terminal.press("b")
        terminal.wait_for(r"--\[4 P\. .*\]--> SYN_RCVD=")
        terminal.press("u")
        terminal.wait_for(r"\[4 P\. ")
        terminal.press("\n")
        terminal.wait_for(r"--\[5 P\. .*\]--> ESTABLISHED=")
        terminal.press("\n")
        terminal.wait_for(r"--\[3 \. .*\]-->")
        terminal.press("a")
        self.assertEqual(terminal.status(), 0, terminal.text)
        self.assertRegex(terminal.text, r"recv\(\d*\) = 5\r\n", "once, though it came twice")
        events = self.trace()
        copies = [event["data"] for event in events if event["name"] == "tcp:segment_duplicated"]
        self.assertEqual([copy["id"] for copy in copies], [4])
        delivered = [event["data"]["id"] for event in events if event["name"] == "tcp:segment_delivered"]
        self.assertEqual(delivered[:5], [1, 2, 4, 5, 3])

    def test_the_script_goes_on_by_itself(self):
        terminal = self.start("four-way-close", "--hold")
        terminal.wait_for(r"\[1 S ")
        terminal.press("a")
        self.assertEqual(terminal.status(), 0, terminal.text)
        self.assertIn("client: CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT", terminal.text)

    def test_a_claim_that_fails_is_the_lessons_fault_but_by_what_was_done_by_hand(self):
        lesson = json.loads((SOURCE / "assets/lessons/handshake.json").read_text())
        (claim,) = [one for one in lesson["claims"] if one["id"] == "syn-counts"]
        claim["plus"] = 2
        (self.folder / "mine.json").write_text(json.dumps(lesson))
        for keys, status in [("a", 1), ("\r\r\r", 1), ("ua", 0)]:
            terminal = self.start("mine.json", "--hold", columns=100)
            terminal.wait_for(r"\[1 S ")
            terminal.press(keys)
            self.assertEqual(terminal.status(), status, (keys, terminal.text))
            self.assertEqual("You have left the lesson's script" in terminal.text, status == 0, keys)
            self.assertEqual("A claim of this lesson does not hold" in terminal.text, status == 1, keys)

    def test_help_and_keys_that_mean_nothing(self):
        terminal = self.start("handshake", "--hold")
        terminal.wait_for(r"\[1 S ")
        terminal.press("xyz \x1b[B\x1bOR")  # Down and F3: their letters are no keys
        terminal.press("?")
        terminal.wait_for(r"Enter deliver")
        terminal.wait_for(r"\[1 S ")
        terminal.press("q")
        self.assertEqual(terminal.status(), 0)
        self.assertNotIn("[2 R", terminal.text)


class Ends(SteppingTest):
    def test_quit_keeps_what_happened(self):
        for name, key in (("t.sqlog", "q"), ("u.qlog", "\x04")):
            terminal = self.start("handshake", "--hold", "--json", name)
            terminal.wait_for(r"\[1 S ")
            terminal.press("\n")
            terminal.wait_for(r"\[2 S\. ")
            terminal.press(key)
            self.assertEqual(terminal.status(), 0, terminal.text)
            self.assert_restored(terminal)
            self.assertIn("client: CLOSED SYN_SENT\r\n", terminal.text)
            hold, all_of_them, open_ones = map(int, terminal.wait_for(
                r"\n(\d+) of (\d+) claims hold, (\d+) were not reached\r\n").groups())
            claims = json.loads((SOURCE / "assets/lessons/handshake.json").read_text())["claims"]
            self.assertEqual((all_of_them, hold + open_ones), (len(claims), len(claims)))
            self.assertEqual(len(re.findall(r"\n +not reached\r", terminal.text)), open_ones)
            checked = self.run_program("check", name)
            self.assertIn("segments: 2", checked.stdout)

    def test_signals_restore_the_terminal_and_keep_the_trace(self):
        for name, press in (("Ctrl-C", lambda t: t.press("\x03")), ("Ctrl-\\", lambda t: t.press("\x1c")),
                            ("SIGTERM", lambda t: t.program.terminate()),
                            ("SIGHUP", lambda t: t.program.send_signal(signal.SIGHUP))):
            with self.subTest(name):
                terminal = self.start("handshake", "--hold", "--json", "t.sqlog")
                terminal.wait_for(r"\[1 S ")
                self.assertNotEqual(terminal.settings(), terminal.before)
                press(terminal)
                self.assertEqual(terminal.status(), 1, terminal.text)
                self.assert_restored(terminal)
                self.assertRegex(terminal.text, r"tcpstep: interrupted .*\r\n$")
                self.assertIn("tcp:segment_held", [event["name"] for event in self.trace()])

    def test_a_crash_restores_the_terminal(self):
        terminal = self.start("handshake", "--hold")
        terminal.wait_for(r"\[1 S ")
        terminal.program.send_signal(signal.SIGABRT)
        self.assertEqual(terminal.status(), -signal.SIGABRT)
        self.assert_restored(terminal)

    def test_suspended_and_continued(self):
        terminal = self.start("handshake", "--hold")
        terminal.wait_for(r"\[1 S ")
        raw = terminal.settings()
        terminal.program.send_signal(signal.SIGTSTP)
        _, how = os.waitpid(terminal.program.pid, os.WUNTRACED)
        self.assertTrue(os.WIFSTOPPED(how))
        self.assert_restored(terminal)
        terminal.program.send_signal(signal.SIGCONT)
        terminal.press("\n")
        terminal.wait_for(r"\[2 S\. ")
        self.assertEqual(terminal.settings(), raw)
        terminal.press("q")
        self.assertEqual(terminal.status(), 0)

    def test_a_terminal_that_goes_away(self):
        terminal = self.start("handshake", "--hold", "--json", "t.sqlog")
        terminal.wait_for(r"\[1 S ")
        os.close(terminal.master)
        os.close(terminal.slave)
        terminal.program.wait(PATIENCE)
        terminal.master, terminal.slave = pty.openpty()  # for close()
        self.assertIn("tcp:segment_held", [event["name"] for event in self.trace()])


class WhoSteps(SteppingTest):
    def assert_nobody_is_asked(self, terminal):
        self.assertEqual(terminal.status(), 0, terminal.text)
        self.assertNotIn("? keys", terminal.text)

    def test_the_script_without_hold(self):
        terminal = self.start("handshake")
        self.assert_nobody_is_asked(terminal)
        self.assertIn("accept() = ", terminal.text)

    def test_the_script_with_auto(self):
        self.assert_nobody_is_asked(self.start("handshake", "--hold", "--auto"))

    def test_the_script_where_no_ladder_is_printed(self):
        self.assert_nobody_is_asked(self.start("handshake", "--hold", "--quiet"))
        self.assert_nobody_is_asked(self.start("handshake", "--hold", "--json", "-"))

    def test_the_script_without_a_terminal(self):
        result = self.run_program("run", "handshake", "--hold")
        self.assertEqual(result.returncode, 0, result)
        self.assertNotIn("\x1b", result.stdout)
        self.assertNotIn("? keys", result.stdout)

    def test_nobody_where_nothing_can_be_held(self):
        terminal = self.start("handshake", "--hold", before=HOST_WITHOUT_NAMESPACES)
        self.assert_nobody_is_asked(terminal)
        self.assertIn("the lesson runs free", terminal.text)
        self.assert_restored(terminal)

    def test_the_sequential_trace_grows_with_the_steps(self):
        terminal = self.start("handshake", "--hold", "--json", "t.sqlog")
        terminal.wait_for(r"\[1 S ")
        self.assertIn("tcp:segment_held", [event["name"] for event in self.trace()])
        terminal.press("q")
        self.assertEqual(terminal.status(), 0)

    def test_no_colour(self):
        terminal = self.start("handshake", "--hold", environment={"NO_COLOR": "1"})
        terminal.wait_for(r"\[1 S ")
        terminal.press("q")
        self.assertEqual(terminal.status(), 0)
        self.assertNotRegex(terminal.text, "\x1b\\[[0-9;]*m")

    def test_a_dumb_terminal(self):
        terminal = self.start("handshake", "--hold", environment={"TERM": "dumb"})
        terminal.wait_for(r"\[1 S ")
        terminal.press("\n\n\n")
        self.assertEqual(terminal.status(), 0)
        self.assertNotIn("\x1b", terminal.text)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
