"""`tcpstep decode` from outside, on captures made here.

    decode_test.py PROGRAM SOURCE_TREE
"""
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unittest

from made_capture import ACK, FIN, PSH, RST, SYN, MadeCapture, tcp_packet
from program_case import PROGRAM, SOURCE, ProgramTest

CLIENT, SERVER = ("10.0.0.1", 40000), ("10.0.0.2", 80)
PATIENCE = 30


def unread(pipe):
    """Octets in a pipe that nobody has read yet."""
    return struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))[0]


class Decode(ProgramTest):
    def decode(self, capture, *arguments):
        """Of a MadeCapture or octets, as the file t.pcap."""
        octets = capture.octets() if isinstance(capture, MadeCapture) else capture
        (self.folder / "t.pcap").write_bytes(octets)
        return self.run_program("decode", "t.pcap", *arguments)

    def rows(self, result):
        """Of the table: by the client's address and port, a dict of the columns."""
        head, *lines = result.stdout.split("\n\n")[0].splitlines()
        names = re.findall(r"\S+(?: \S+)*", head)
        table = {}
        for line in lines:
            cells = re.split(r" {2,}", line.strip())
            self.assertEqual(len(cells), len(names), line)
            table[cells[0]] = dict(zip(names, cells))
        return table

    def test_every_connection_has_a_line(self):
        capture = MadeCapture().conversation(CLIENT, SERVER)
        refused = ("10.0.0.1", 40001)
        capture.segment(refused, SERVER, SYN, 1).segment(SERVER, refused, RST | ACK, 0, 2)
        v6, v6_server = ("2001:db8::1", 40002), ("2001:db8::2", 443)
        capture.handshake(v6, v6_server)
        capture.packet(tcp_packet(CLIENT, SERVER, 0, 0, protocol=17))
        result = self.decode(capture)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        rows = self.rows(result)
        self.assertEqual(len(rows), 3, result.stdout)
        first = rows["10.0.0.1:40000"]
        self.assertEqual(first["server"], "10.0.0.2:80")
        self.assertEqual((first["segments"], first["seconds"]), ("9", "0.008000"))
        self.assertEqual(first["client is"], "TIME_WAIT")
        self.assertRegex(first["server is"], r"^CLOSED[?]?$")
        self.assertEqual((first["began"], first["ended"]), ("handshake", "closed, client first"))
        self.assertEqual(rows["10.0.0.1:40001"]["ended"], "refused")
        self.assertEqual(rows["[2001:db8::1]:40002"]["server"], "[2001:db8::2]:443")
        self.assertEqual(rows["[2001:db8::1]:40002"]["ended"], "open")
        self.assertIn("packets: 15, TCP segments: 14, connections: 3, not TCP: 1, malformed: 0\n", result.stdout)

    def test_an_assumed_state_is_explained(self):
        # Nothing tells whether the third segment arrived.
        result = self.decode(MadeCapture().handshake(CLIENT, SERVER))
        row = self.rows(result)["10.0.0.1:40000"]
        self.assertRegex(row["server is"], r"^[A-Z_]+\?$")
        self.assertRegex(result.stdout, r"\n\n\?  assumed: .*\n")

    def test_a_connection_that_was_there_before(self):
        capture = MadeCapture().segment(CLIENT, SERVER, PSH | ACK, 1, 1, payload=b"x").segment(SERVER, CLIENT, ACK, 1, 2)
        result = self.decode(capture)
        (name, row), = self.rows(result).items()
        self.assertEqual((name, row["began"]), ("10.0.0.1:40000^", "before the capture"))
        self.assertRegex(result.stdout, r"\n\^  assumed: .*port")

    def test_what_follows_an_assumed_beginning_is_assumed_too(self):
        # The server acknowledges a FIN that was not captured.
        capture = MadeCapture().segment(SERVER, CLIENT, ACK, 1, 2).segment(SERVER, CLIENT, FIN | ACK, 1, 2)
        result = self.decode(capture.segment(CLIENT, SERVER, ACK, 2, 2))
        (row,) = self.rows(result).values()
        self.assertEqual((row["client is"], row["server is"]), ("CLOSE_WAIT~", "FIN_WAIT_2~"))
        legend = result.stdout.partition("\n\n")[2].splitlines()
        self.assertEqual([line[:3] for line in legend[:-1]], ["~  ", "^  "], result.stdout)

    def test_a_socket_that_connects_to_itself(self):
        capture = MadeCapture().segment(CLIENT, CLIENT, SYN, 1000)
        capture.segment(CLIENT, CLIENT, SYN | ACK, 1000, 1001).segment(CLIENT, CLIENT, ACK, 1001, 1001)
        (row,) = self.rows(self.decode(capture)).values()
        self.assertEqual(row["client is"], row["server is"])
        self.assertRegex(row["client is"], "^ESTABLISHED")
        self.assertEqual(row["began"], "simultaneous open")

    def test_the_trace_does_not_replace_the_capture(self):
        before = MadeCapture().conversation(CLIENT, SERVER).octets()
        result = self.decode(MadeCapture().conversation(CLIENT, SERVER), "--json", "t.pcap")
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r"^tcpstep: t\.pcap: the trace would replace the capture - .*\n$")
        self.assertEqual((self.folder / "t.pcap").read_bytes(), before)

    def test_a_broken_file_whose_trace_cannot_be_kept(self):
        (self.folder / "cut.pcap").write_bytes(MadeCapture().conversation(CLIENT, SERVER).octets()[:-3])
        result = self.run_program("decode", "cut.pcap", "--json", "/dev/full")
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r"^tcpstep: cut\.pcap: broken after packet 8 .*; nor is it kept: /dev/full: .*\n$")

    def test_addresses_used_again_are_another_connection(self):
        capture = MadeCapture().conversation(CLIENT, SERVER)
        capture.segment(CLIENT, SERVER, SYN, 900000).segment(SERVER, CLIENT, SYN | ACK, 700000, 900001)
        result = self.decode(capture)
        self.assertIn("10.0.0.2:80#2 ", result.stdout)
        self.assertIn("connections: 2", result.stdout)

    def test_standard_input(self):
        octets = MadeCapture().conversation(CLIENT, SERVER).octets()
        result = subprocess.run([PROGRAM, "decode", "-"], input=octets, capture_output=True, timeout=60)
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.assertIn(b"closed, client first\n", result.stdout)

    def test_trace(self):
        result = self.decode(MadeCapture().conversation(CLIENT, SERVER), "--json", "t.qlog")
        self.assertEqual(result.returncode, 0, result)
        self.assert_left("t.pcap", "t.qlog")
        trace = json.loads((self.folder / "t.qlog").read_text())
        states = {"client": [], "server": []}
        for event in trace["traces"][0]["events"]:
            if event["name"] == "tcp:state_updated":
                states[event["data"]["endpoint"]].append(event["data"]["new"])
        self.assertEqual(states["client"][-1], "TIME_WAIT")
        self.assertEqual(states["server"][-1], "CLOSED")
        schema = SOURCE / "assets/schema/tcpstep-trace.schema.json"
        validated = subprocess.run([sys.executable, SOURCE / "tests/model/qlog/validate_schema.py", schema,
                                    self.folder / "t.qlog"], capture_output=True, text=True)
        self.assertEqual(validated.returncode, 0, validated)
        to_output = self.decode(MadeCapture().conversation(CLIENT, SERVER), "--json", "-")
        self.assertEqual(json.loads(to_output.stdout)["traces"][0]["events"], trace["traces"][0]["events"])

    def test_a_trace_that_cannot_be_written(self):
        capture = MadeCapture().conversation(CLIENT, SERVER)
        result = self.decode(capture, "--json", "nowhere/t.qlog")
        self.assert_refused(result, 2, "nowhere/t.qlog", "No such file or directory")
        self.assertEqual(result.stdout, "", "it is known before the reading begins")
        self.assert_refused(self.decode(capture, "--json", "t.sqlog"), 2, "t.sqlog", ".qlog")
        self.assert_refused(self.decode(capture, "--quiet", "--json", "/dev/full"), 2, "/dev/full")
        self.assert_left("t.pcap")

    def test_quiet(self):
        result = self.decode(MadeCapture().conversation(CLIENT, SERVER), "--quiet")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))

    def test_of_a_broken_file_what_was_read_is_shown_and_saved(self):
        whole = MadeCapture().conversation(CLIENT, SERVER).octets()
        for length in (len(whole) - 1, len(whole) - 50):
            result = self.decode(whole[:length], "--json", "t.qlog")
            self.assert_refused(result, 2, "t.pcap")
            self.assertEqual(self.rows(result)["10.0.0.1:40000"]["segments"], "8")
            events = json.loads((self.folder / "t.qlog").read_text())["traces"][0]["events"]
            self.assertEqual(sum(event["name"] == "tcp:segment_sent" for event in events), 8)

    def test_other_files(self):
        self.assert_refused(self.decode(b""), 2, "t.pcap")
        self.assert_refused(self.decode(b"\x89PNG\r\n\x1a\n" + bytes(100)), 2, "t.pcap")
        self.assert_refused(self.run_program("decode", "nowhere.pcap"), 2, "nowhere.pcap", "No such file")
        self.assert_refused(self.run_program("decode", "."), 2)
        for trace in (b'{"file_schema": "urn:ietf:params:qlog:file:contained"}', b'\x1e{"a": 1}\n'):
            self.assert_refused(self.decode(trace), 2, "trace, not a capture", "tcpstep play t.pcap")

    def test_a_capture_in_which_nothing_is(self):
        result = self.decode(MadeCapture())
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(result.stdout, "packets: 0, TCP segments: 0, connections: 0, not TCP: 0, malformed: 0\n")

    def test_malformed_packets_are_counted_and_the_first_is_named(self):
        capture = MadeCapture().handshake(CLIENT, SERVER)
        bad = bytearray(tcp_packet(CLIENT, SERVER, ACK, 1, 1))
        bad[32] = 4 << 4  # a data offset of 4 words
        result = self.decode(capture.packet(bytes(bad)).packet(bytes(bad)))
        self.assertEqual(result.returncode, 0, result)
        self.assertRegex(result.stdout, r"malformed: 2 \(the first is packet 4: .*4 words.*\)")

    def started_on_a_pipe(self, stderr=subprocess.PIPE):
        """The program, reading a capture of which a handshake was written, and read by it."""
        program = subprocess.Popen([PROGRAM, "decode", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=stderr)
        self.addCleanup(program.stdout.close)
        program.stdin.write(MadeCapture().handshake(CLIENT, SERVER).octets())
        program.stdin.flush()
        self.wait_for(lambda: unread(program.stdin) == 0)
        return program

    def wait_for(self, condition):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), deadline, "waited in vain")
            time.sleep(0.005)  # between two looks at the condition

    def test_what_was_read_until_an_interruption_is_shown(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                program = self.started_on_a_pipe()
                self.addCleanup(program.stderr.close)
                # It asks for more only when it has taken in what was there.
                more = MadeCapture().segment(CLIENT, SERVER, PSH | ACK, 1001, 5001, payload=b"x").records[0]
                program.stdin.write(more)
                program.stdin.flush()
                self.wait_for(lambda: unread(program.stdin) == 0)
                program.send_signal(number)
                self.assertEqual(program.wait(PATIENCE), 1)
                self.assertRegex(program.stderr.read(), rb"^tcpstep: standard input: interrupted .*\n$")
                self.assertIn(b"10.0.0.1:40000", program.stdout.read())
                program.stdin.close()

    def test_progress_in_a_terminal(self):
        terminal, end = pty.openpty()
        program = self.started_on_a_pipe(stderr=end)
        os.close(end)
        record = MadeCapture().segment(CLIENT, SERVER, ACK, 1001, 5001).records[0] * 100
        shown = b""
        deadline = time.monotonic() + PATIENCE
        while b"million/s" not in shown:
            self.assertLess(time.monotonic(), deadline, shown)
            program.stdin.write(record)
            if select.select([terminal], [], [], 0)[0]:
                shown += os.read(terminal, 4096)
        program.stdin.close()
        self.assertIn(b"segments: ", program.stdout.read())
        self.assertEqual(program.wait(PATIENCE), 0)
        while select.select([terminal], [], [], 0)[0]:
            try:
                shown += os.read(terminal, 4096)
            except OSError:  # the other end is closed
                break
        os.close(terminal)
        self.assertRegex(shown, rb"\r\x1b\[K\d+ segments, \d+\.\d million/s")
        self.assertTrue(shown.endswith(b"\r\x1b[K"), shown[-100:])

    def many_rows(self):
        capture = MadeCapture()
        for i in range(3000):
            capture.segment(("10.1.0.1", 20000 + i), SERVER, SYN, 1)
        return capture

    def test_the_window_takes_a_capture_too(self):
        self.decode(MadeCapture().conversation(CLIENT, SERVER))
        environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        played = subprocess.run([PROGRAM, "play", "t.pcap"], cwd=self.folder, env=environment, capture_output=True,
                                text=True, timeout=60)
        self.assert_refused(played, 3, "display")
        self.decode(b"\x89PNG\r\n\x1a\n" + bytes(100))
        self.assert_refused(self.run_program("play", "t.pcap"), 2, "t.pcap")

    def test_many_connections(self):
        result = self.decode(self.many_rows())
        rows = self.rows(result)
        self.assertEqual(len(rows), 3000)
        self.assertEqual({row["ended"] for row in rows.values()}, {"no answer"})
        lines = result.stdout.splitlines()[:3001]
        self.assertEqual({line.index("attempt") for line in lines[1:]}, {lines[0].index("began")}, "aligned")

    def test_a_reader_that_has_seen_enough(self):
        (self.folder / "t.pcap").write_bytes(self.many_rows().octets())
        program = subprocess.Popen([PROGRAM, "decode", "t.pcap", "--json", "t.qlog"], cwd=self.folder,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        program.stdout.close()
        self.assertEqual(program.stderr.read(), b"")
        program.stderr.close()
        self.assertEqual(program.wait(PATIENCE), 0)
        self.assertIn("t.qlog", os.listdir(self.folder), "it is written all the same")

    def test_no_room_for_the_table(self):
        for capture in (self.many_rows(), MadeCapture().conversation(CLIENT, SERVER)):
            (self.folder / "t.pcap").write_bytes(capture.octets())
            with open("/dev/full", "w", encoding="utf-8") as full:
                result = subprocess.run([PROGRAM, "decode", self.folder / "t.pcap"], stdout=full,
                                        stderr=subprocess.PIPE, text=True, timeout=60)
            self.assertEqual(result.returncode, 2, result)
            self.assertRegex(result.stderr, r"^tcpstep: standard output: .*No space left.*\n$")
            self.assertNotIn("folder", result.stderr)

    def test_usage(self):
        for arguments in (["decode"], ["decode", "a", "b"], ["decode", "t.pcap", "--json", ""], ["decode", ""]):
            self.assert_refused(self.run_program(*arguments), 2, "--help")
        result = self.run_program("decode", "--help")
        self.assertIn("Examples:", result.stdout)
        self.assertLessEqual(max(len(line) for line in result.stdout.splitlines()), 100)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
