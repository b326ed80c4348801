"""`tcpstep run` and what is held: by the lesson's own script, without a terminal.

    hold_test.py PROGRAM SOURCE_TREE
"""
import json
import re
import shutil
import sys
import unittest

from program_case import HOST_WITHOUT_NAMESPACES, SOURCE, ProgramTest


class HoldTest(ProgramTest):
    def run_lesson(self, *arguments, status=0):
        """Its result, and the events of its trace as (time, name, data)."""
        result = self.run_program("run", *arguments, "--json", "t.qlog")
        self.assertEqual(result.returncode, status, result)
        qlog = json.loads((self.folder / "t.qlog").read_text())
        return result, [(event["time"], event["name"], event["data"]) for event in qlog["traces"][0]["events"]]

    @staticmethod
    def sent(events):
        return [" ".join(data["flags"]) for _, name, data in events if name == "tcp:segment_sent"]

    @staticmethod
    def stopped(events):
        """The segments that waited until they were let go; those in slow motion did not."""
        flags = {data["id"]: (data["from"], " ".join(data["flags"]))
                 for _, name, data in events if name == "tcp:segment_sent"}
        return [flags[data["id"]] for _, name, data in events
                if name == "tcp:segment_held" and not data.get("pass_ms")]

    @staticmethod
    def crossing_times(events):
        sent = {data["id"]: time for time, name, data in events if name == "tcp:segment_sent"}
        return [time - sent[data["id"]] for time, name, data in events if name == "tcp:segment_delivered"]


class Hold(HoldTest):
    def test_a_lesson_holds_as_it_says(self):
        _, events = self.run_lesson("handshake")
        self.assertEqual(self.stopped(events), [("client", "SYN"), ("server", "SYN ACK"), ("client", "ACK")])
        _, events = self.run_lesson("handshake-free")
        self.assertEqual(self.stopped(events), [])
        self.assertFalse(any(name == "tcp:segment_delivered" for _, name, _ in events))

    def test_free_overrides_the_lesson(self):
        _, events = self.run_lesson("handshake", "--free")
        self.assertFalse(any(name == "tcp:segment_delivered" for _, name, _ in events))

    def test_hold_overrides_the_lesson(self):
        _, events = self.run_lesson("handshake-free", "--hold")
        self.assertEqual(len(self.stopped(events)), 3)

    def test_hold_takes_no_word_that_is_not_its_own(self):
        _, events = self.run_lesson("--hold", "handshake", "--auto")
        self.assertEqual(len(self.stopped(events)), 3)

    def test_what_is_held(self):
        everything = [("client", "SYN"), ("server", "SYN ACK"), ("client", "ACK"),
                      ("client", "PSH ACK"), ("server", "ACK"), ("client", "FIN ACK"),
                      ("server", "ACK"), ("server", "FIN ACK"), ("client", "ACK")]
        for what, held in (("every", everything),
                           ("control", [one for one in everything if one[1] not in ("ACK", "PSH ACK")]),
                           ("client", [one for one in everything if one[0] == "client"]),
                           ("server", [one for one in everything if one[0] == "server"]),
                           ("none", [])):
            with self.subTest(what):
                result, events = self.run_lesson("four-way-close", f"--hold={what}", "--verify")
                self.assertEqual(self.stopped(events), held)
                self.assertEqual(result.stderr, "")

    def test_slow_motion(self):
        _, events = self.run_lesson("handshake", "--slow=50", "--verify")
        self.assertEqual(self.stopped(events), [])
        crossings = self.crossing_times(events)
        self.assertEqual(len(crossings), 3)
        self.assertTrue(all(50 <= crossing < 400 for crossing in crossings), crossings)

    def test_slow_motion_takes_400_ms_unless_told(self):
        _, events = self.run_lesson("handshake", "--slow")
        self.assertTrue(all(400 <= crossing < 900 for crossing in self.crossing_times(events)), events)
        self.assertEqual(len(self.sent(events)), 3, "a round trip is faster than the SYN's timer")

    def test_slow_motion_for_what_is_not_held(self):
        _, events = self.run_lesson("handshake", "--hold=server", "--slow=50")
        self.assertEqual(self.stopped(events), [("server", "SYN ACK")])
        crossings = self.crossing_times(events)
        self.assertGreaterEqual(crossings[0], 50)
        self.assertGreaterEqual(crossings[2], 50)

    def test_show_retransmissions(self):
        # The script holds the third segment for 1.3 s; the server sends its SYN-ACK again after 1 s.
        assets = self.folder / "assets"
        shutil.copytree(SOURCE / "assets", assets)
        path = assets / "lessons" / "handshake.json"
        lesson = json.loads(path.read_text())
        lesson["wire"] = [{"segment": {"from": "client", "flags": ["ACK"], "nth": 1}, "do": "deliver",
                           "at_least_ms": 1300}]
        path.write_text(json.dumps(lesson))
        held = {}
        for arguments in ([], ["--show-retransmissions"]):
            result = self.run_program("run", "handshake", "--json", "t.qlog", *arguments,
                                      env={"TCPSTEP_ASSETS": str(assets)})
            self.assertEqual(result.returncode, 0, result)
            events = json.loads((self.folder / "t.qlog").read_text())["traces"][0]["events"]
            copies = [event["data"]["id"] for event in events if event["name"] == "tcp:segment_sent"
                      and event["data"]["flags"] == ["SYN", "ACK"]][1:]
            self.assertTrue(copies, "it was sent again")
            held[len(arguments)] = [event["data"]["id"] for event in events
                                    if event["name"] == "tcp:segment_held" and event["data"]["id"] in copies]
        self.assertEqual(held[0], [], "the copy was absorbed")
        self.assertNotEqual(held[1], [], "the copy was held for itself")

    def test_a_lesson_that_means_something_only_if_it_is_held(self):
        self.assert_refused(self.run_program("run", "connect-retries", "--free"), 2, "connect-retries", "--free")
        self.assert_refused(self.run_program("run", "connect-retries", "--slow"), 2, "connect-retries", "--hold")
        self.assert_refused(self.run_program("run", "connect-retries", "--hold=none"), 2, "--hold")

    def test_every_connection_has_its_rows_and_its_summary(self):
        result = self.run_program("run", "two-queues")
        self.assertEqual(result.returncode, 0, result)
        connections = set(re.findall(r"^-- connection (\d+): client 127", result.stdout, re.MULTILINE))
        self.assertEqual(connections, {"1", "2", "3", "4", "5"})
        self.assertEqual(len(re.findall(r"^kernel: ", result.stdout, re.MULTILINE)), 5)
        self.assertEqual(result.stdout.count("listen("), 1, "what concerns all stands once")


class Verify(HoldTest):
    def test_says_how_many_samples_were_compared(self):
        result, events = self.run_lesson("handshake", "--verify")
        samples = sum(name == "kernel:socket_sampled" for _, name, _ in events)
        self.assertRegex(result.stdout, rf"\nverified: {samples} samples [^\n]*\n$")
        self.assertGreaterEqual(samples, 5)

    def test_every_lesson_holds(self):
        for lesson in json.loads(self.run_program("lessons", "--json").stdout):
            with self.subTest(lesson["id"]):
                result = self.run_program("run", lesson["id"], "--verify", "--quiet")
                self.assertEqual(result.returncode, 0, result)
                self.assertRegex(result.stdout, r"^verified: \d+ samples .*\n$")

    def test_standard_output_stays_json(self):
        result = self.run_program("run", "handshake", "--verify", "--json", "-")
        json.loads(result.stdout)
        self.assertRegex(result.stderr, r"^verified: ")


class NothingCanBeHeld(HoldTest):
    def test_one_line_tells_why_and_the_lesson_runs_free(self):
        # On the host's loopback others' segments would be held too.
        for arguments in (["handshake"], ["handshake", "--hold"]):
            result = self.run_program("run", *arguments, before=HOST_WITHOUT_NAMESPACES)
            self.assertEqual(result.returncode, 0, result)
            lines = [line for line in result.stderr.splitlines() if "held" in line]
            self.assertEqual(len(lines), 1, result.stderr)
            self.assertRegex(lines[0], r"^tcpstep: .*the lesson runs free: .* - run tcpstep doctor$")
            self.assertIn("client: CLOSED SYN_SENT ESTABLISHED\n", result.stdout)

    def test_free_wants_nothing_held(self):
        result = self.run_program("run", "handshake", "--free", before=HOST_WITHOUT_NAMESPACES)
        self.assertEqual(result.returncode, 0, result)
        self.assertNotIn("held", result.stderr)


class Usage(HoldTest):
    def test_what_excludes_each_other(self):
        for arguments in (["--free", "--hold"], ["--hold=client", "--free"], ["--free", "--slow"]):
            self.assert_refused(self.run_program("run", "handshake", *arguments), 2, "excludes", "--free")

    def test_values(self):
        self.assert_refused(self.run_program("run", "handshake", "--hold=some"), 2, "--hold", "some", "every,control")
        for value in ("0", "60001", "-1", "fast", "1.5"):
            self.assert_refused(self.run_program("run", "handshake", f"--slow={value}"), 2, "--slow", value)
        # A value needs its equals sign: this is a second lesson.
        self.assert_refused(self.run_program("run", "--hold", "client", "handshake"), 2, "handshake")

    def test_help(self):
        text = self.run_program("run", "--help").stdout
        for option in ("--hold", "--free", "--auto", "--slow", "--show-retransmissions", "--verify", "Examples:"):
            self.assertIn(option, text)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
