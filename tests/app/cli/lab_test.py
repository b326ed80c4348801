"""`tcpstep lab`: the calls of both ends made by words, from a pipe and in a terminal.

    lab_test.py PROGRAM SOURCE_TREE
"""
import json
import re
import subprocess
import termios
import unittest

from program_case import PROGRAM, ProgramTest
from stepping_test import Terminal

SERVER = "server socket\nserver bind\nserver listen\nserver accept\n"
CLIENT = "client socket\nclient connect\n"
WORDS = set("client server bind recv shutdown setsockopt wait hold save anyway quit every control none send socket rdwr".split())


class Piped(ProgramTest):
    def lab(self, commands, *arguments, status=0):
        ran = subprocess.run([str(PROGRAM), "lab", *arguments], input=commands, cwd=self.folder, capture_output=True,
                             text=True, timeout=60)
        self.assertEqual(ran.returncode, status, ran)
        return ran

    def test_each_command_waits_for_what_the_one_before_has_led_to(self):
        ran = self.lab(SERVER + CLIENT + "deliver\ndeliver\ndeliver\nclient send hello\ndeliver\nserver recv\n")
        self.assertEqual(ran.stderr, "")
        self.assertRegex(ran.stdout, r"recv\(\d+\) = 5")
        self.assertIn("client: CLOSED SYN_SENT ESTABLISHED\n", ran.stdout)
        self.assertIn("server: CLOSED LISTEN SYN_RCVD ESTABLISHED\n", ran.stdout)

    def test_a_call_that_fails_says_what_its_errno_means(self):
        ran = self.lab(CLIENT, "--free")
        self.assertIn("client's connect(): ECONNREFUSED: nobody listens", ran.stdout)

    def test_a_wrong_command_gives_one_line_and_goes_on(self):
        ran = self.lab("\n# a comment\nclient lisen\nclient send x\ndeliver\nclient socket\nclient connect\n"
                       "client socket\ndrop 7\n", status=1)
        self.assertEqual([line.split(" - ")[0] for line in ran.stderr.splitlines()],
                         ["tcpstep: line 3: client: there is no call \"lisen\"",
                          "tcpstep: line 4: send: there is no socket for it: call socket() first",
                          "tcpstep: line 5: nothing is held",
                          "tcpstep: line 8: socket: connect() blocks until the SYN is answered",
                          "tcpstep: line 9: segment 7 is not held",
                          "tcpstep: 5 commands were refused"])
        self.assertIn("SYN_SENT", ran.stdout, "the rest was done")

    def test_a_segment_is_named_by_the_number_that_is_shown(self):
        # While it waits the SYN's timer fires: its copy has an id of its own, but no number.
        ran = self.lab(SERVER + CLIENT + "wait 1.5\ndeliver 1b\ndeliver 3\ndeliver 1\ndeliver 2\ndeliver 3\n",
                       "--json", "t.qlog", status=1)
        self.assertEqual(ran.stderr.splitlines()[:2], ["tcpstep: line 8: segment 1b is not held",
                                                       "tcpstep: line 9: segment 3 is not held"])
        self.assertIn("server: CLOSED LISTEN SYN_RCVD ESTABLISHED\n", ran.stdout)
        events = json.loads((self.folder / "t.qlog").read_text())["traces"][0]["events"]
        copies = [event["data"]["id"] for event in events if event["data"].get("copy_of")]
        arrived = [event["data"]["id"] for event in events if event["name"] == "tcp:segment_delivered"]
        self.assertIn(2, copies)
        self.assertEqual(arrived, [id for id in range(1, arrived[-1] + 1) if id not in copies][:3])

    def test_what_is_wrong_is_said_in_the_language_asked_for(self):
        ran = self.lab("fly\nserver\nclient lisen\nclient recv 0\nserver bind 8\nclient shutdown up\nclient setsockopt X\n"
                       "wait x\ndrop it\nhold\nhold all\nsave\nanyway\nquit now\ndrop 7\nclient send\n"
                       "client socket\nclient bind [::1]:9\n", "--lang", "zh", status=1)
        lines = ran.stderr.splitlines()
        self.assertEqual(len(lines), 18, ran.stderr)  # each line but one, and how many
        for line in lines:
            words = re.sub(r'"[^"]*"|\'help\'', "", line.removeprefix("tcpstep: "))
            # What is typed, and the names of calls and of options, are the same in each language.
            english = set(re.findall(r"[A-Za-z][a-z]{2,}", words)) - WORDS
            self.assertEqual(english, set(), line)
            self.assertRegex(words, r"[\u4e00-\u9fff]", line)

    def test_it_says_what_can_be_called_and_why_not_the_rest(self):
        ran = self.lab("client socket\ncalls\n")
        self.assertIn("client: socket setsockopt bind connect dup close getsockname\n", ran.stdout)
        self.assertIn("  not send, recv, shutdown, getpeername: the socket is not connected\n", ran.stdout)

    def test_without_a_gate_nothing_is_held(self):
        ran = self.lab(SERVER + CLIENT + "client close\n", "--free")
        self.assertIn("FIN_WAIT_1", ran.stdout)
        self.assertIn("CLOSE_WAIT", ran.stdout)

    def test_what_was_done_is_saved_and_runs_again(self):
        ran = self.lab(SERVER + CLIENT + "drop\nwait 1.5\ndeliver\ndeliver\ndeliver\nclient close\ndeliver\n",
                       "--save", "mine.json", "--json", "t.qlog")
        self.assertIn("saved: mine.json", ran.stderr)
        self.assertEqual(self.run_program("check", "t.qlog").returncode, 0)
        lesson = json.loads((self.folder / "mine.json").read_text())
        self.assertEqual(lesson["id"], "mine")
        self.assertEqual([rule["do"] for rule in lesson["wire"]], ["drop", "stay"])
        for what in ["mine.json", str(self.folder / "mine.json")]:
            again = self.run_program("run", what, "--verify")
            self.assertEqual(again.returncode, 0, again)
            self.assertRegex(again.stdout, r"again|S 0:0\(0\)")
        broken = (self.folder / "mine.json").read_text().replace('"connect"', '"conect"')
        (self.folder / "broken.json").write_text(broken)
        self.assert_refused(self.run_program("run", "broken.json"), 2, "broken.json:10: /client/1/call", "conect")
        self.assert_refused(self.run_program("run", "none.json"), 2, "none.json", "cannot be read")

    def test_a_name_without_an_ending_gets_that_of_lessons(self):
        ran = self.lab("client socket\nsave foo\n", "--save", "bar")
        self.assertIn("foo has no ending, and a lesson's file ends with .json\n", ran.stdout)
        self.assertIn("saved: foo.json (tcpstep run foo.json)", ran.stdout)
        self.assertIn("saved: bar.json (tcpstep run bar.json)", ran.stderr)
        for name in ["foo.json", "bar.json"]:
            self.assertEqual(self.run_program("run", name).returncode, 0, name)
        ran = self.lab("client socket\nsave foo.txt\n", status=1)
        self.assertIn("line 2: foo.txt: is not the name of a lesson's file", ran.stderr)

    def test_what_is_still_held_stays_held_when_it_runs_again(self):
        handshake = SERVER + CLIENT + "deliver\ndeliver\ndeliver\n"
        for last, states in [("client close\n", ("FIN_WAIT_1", "ESTABLISHED")),
                             ("client close\ndeliver\ndrop\n", ("FIN_WAIT_1", "CLOSE_WAIT"))]:
            self.lab(handshake + last, "--save", "mine.json")
            again = self.run_program("run", "mine.json")
            self.assertEqual(again.returncode, 0, again)
            for end, state in zip(["client", "server"], states):
                self.assertRegex(again.stdout, rf"\n{end}: .* {state}\n")

    def test_what_cannot_be_written_is_told_again_when_it_runs(self):
        ran = self.lab(SERVER + CLIENT + "deliver\ndeliver\ndeliver\nclient send abc\nduplicate\ndrop\ndeliver\n",
                       "--save", "mine.json")
        remark = re.search(r"not in it: (.*)", ran.stderr).group(1)
        again = self.run_program("run", "mine.json")
        self.assertEqual(again.returncode, 0, again)
        self.assertIn(f"not as it was done by hand: {remark}\n", again.stdout)

    def test_options_that_are_set_stand_in_the_ladder(self):
        ran = self.lab("client socket\nclient setsockopt SO_RCVBUF 4096\nclient setsockopt TCP_NODELAY 1\n")
        self.assertIn("client setsockopt(SO_RCVBUF, value 4096)", ran.stdout)
        self.assertIn("client setsockopt(TCP_NODELAY, value 1)", ran.stdout)

    def test_a_socket_that_was_never_connected_has_nobody_to_send_to(self):
        ran = self.lab("client socket\nanyway client send x\n")
        self.assertIn("client's send(): EPIPE: the socket was never connected", ran.stdout)

    def test_a_place_that_cannot_be_written_is_told_and_the_lab_goes_on(self):
        ran = self.lab("save nowhere/x.json\nclient socket\n", status=1)
        self.assertIn("tcpstep: line 1: nowhere/x.json: cannot be written", ran.stderr)
        self.assertRegex(ran.stdout, r"socket\(\) = \d+")
        ran = self.lab("client socket\n", "--save", "nowhere/x.json", status=2)
        self.assertIn("nowhere/x.json: cannot be written", ran.stderr)
        self.assertEqual(ran.stdout, "", "known before anything is done")

    def test_the_trace_can_be_standard_output(self):
        ran = self.lab("client socket\nclient connect\nhelp\n", "--free", "--json", "-")
        trace = json.loads(ran.stdout)
        self.assertEqual(trace["traces"][0]["events"][0]["data"]["lesson"], "lab")
        self.assertIn("ECONNREFUSED", ran.stderr)

    def test_wrong_usage_is_refused(self):
        self.assert_refused(self.run_program("lab", "--free", "--hold"), 2, "excludes")
        self.assert_refused(self.run_program("lab", "--hold=some"), 2, "some not in")
        self.assert_refused(self.run_program("lab", "--save", ""), 2, "file's name")


class InATerminal(ProgramTest):
    def start(self, *arguments, columns=100):
        terminal = Terminal([str(PROGRAM), "lab", *arguments], self.folder, columns)
        self.addCleanup(terminal.close)
        return terminal

    def test_the_handshake_by_hand(self):
        terminal = self.start()
        terminal.wait_for(r"help  quit")
        terminal.wait_for(r"CLOSED.*\? help > ")
        for line in (SERVER + CLIENT).splitlines():
            terminal.press(line + "\r")
            terminal.wait_for("> " + line)
        terminal.wait_for(r"SYN_SENT= connect \d+\.\d s --\[1 S[^\]]*\]--> LISTEN= accept")
        terminal.press("delive\x7fer\r")  # Backspace
        terminal.wait_for(r"SYN_RCVD")
        terminal.press("nonsense\x15deliver\rdeliver\r")  # Ctrl-U
        terminal.wait_for(r"ESTABLISHED.* nothing is held.* ESTABLISHED")
        terminal.press("client lisen\r")
        terminal.wait_for(r"client: there is no call \"lisen\"")
        terminal.press("quit\r")
        self.assertEqual(terminal.status(), 0, terminal.text)
        self.assertEqual(terminal.settings(), terminal.before)

    def test_the_end_of_input_ends_it_and_saves(self):
        terminal = self.start("--save", "mine.json")
        terminal.wait_for(r"\? help > ")
        terminal.press("client socket\r")
        terminal.wait_for(r"socket\(\) = \d+")
        terminal.press("\x04")
        self.assertEqual(terminal.status(), 0, terminal.text)
        self.assertEqual(terminal.settings()[3] & termios.ICANON, termios.ICANON)
        self.assertTrue(re.search("saved: mine.json", terminal.text), terminal.text)
        self.assertEqual(len(json.loads((self.folder / "mine.json").read_text())["client"]), 1)


if __name__ == "__main__":
    unittest.main(argv=["lab_test.py"], verbosity=2)
