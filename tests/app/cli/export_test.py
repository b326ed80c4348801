"""`tcpstep export` and the forms of `tcpstep run`, from outside.

    export_test.py PROGRAM SOURCE_TREE
"""
import datetime
import decimal
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import time
import unittest
import xml.etree.ElementTree as xml
import zlib

from made_capture import ACK, PSH, MadeCapture
from packetdrill_script import read_script
from program_case import PROGRAM, SOURCE, ProgramTest

# Said of a form of one connection where nobody chose it.
WHICH = "tcpstep: t.pcap: this is connection 1 of 3, 10.0.0.1:40001-10.0.0.2:80 - choose with --connection\n"
SVG = "{http://www.w3.org/2000/svg}"


def pixels(png):
    """(width, height, rows of RGB octets) of a PNG without interlacing."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, data = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        chunk = png[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colours = struct.unpack(">IIBB", chunk[:10])
            assert (depth, colours) == (8, 2), "8 bits of red, green and blue"
        data += chunk if kind == b"IDAT" else b""
        at += 12 + length
    raw, rows, above = zlib.decompress(data), [], bytes(3 * width)
    for y in range(height):
        line = bytearray(raw[y * (3 * width + 1):(y + 1) * (3 * width + 1)])
        kind, row = line[0], line[1:]
        for x in range(len(row)):
            a, b, c = (row[x - 3] if x > 2 else 0), above[x], (above[x - 3] if x > 2 else 0)
            p = a + b - c
            paeth = min((abs(p - v), i, v) for i, v in enumerate((a, b, c)))[2]
            row[x] = (row[x] + (0, a, b, (a + b) // 2, paeth)[kind]) & 255
        rows.append(bytes(row))
        above = row
    return width, height, rows


def process_state(pid):
    """The letter of /proc/PID/stat, "S" for one that waits."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        return stat.read().rpartition(")")[2].split()[0]


class Export(ProgramTest):
    def setUp(self):
        super().setUp()
        capture = MadeCapture()
        for port in (40001, 40002):
            capture.conversation(("10.0.0.1", port), ("10.0.0.2", 80))
        capture.conversation(("2001:db8::1", 40003), ("2001:db8::2", 443))
        (self.folder / "t.pcap").write_bytes(capture.octets())

    def export(self, *arguments, **more):
        return self.run_program("export", *arguments, **more)

    def exported(self, *arguments):
        result = self.export(*arguments)
        self.assertEqual(result.returncode, 0, arguments)
        self.assertIn(result.stderr, ("", WHICH), arguments)
        return result.stdout

    def texts(self, svg):
        root = xml.fromstring(svg)
        self.assertEqual(root.tag, SVG + "svg")
        return ["".join(text.itertext()) for text in root.iter(SVG + "text")]

    def test_the_ladder_as_svg(self):
        texts = self.texts(self.exported("t.pcap", "--to", "svg"))
        for words in ("client", "server", "10.0.0.1:40001", "10.0.0.2:80", "SYN", "SYN, ACK", "ESTABLISHED"):
            self.assertIn(words, texts)
        third = self.exported("t.pcap", "--to", "svg", "--connection", "3")
        self.assertIn("[2001:db8::1]:40003", self.texts(third))

    def test_which_connection_of_many_it_is_is_told(self):
        self.assertEqual(self.export("t.pcap", "--to", "svg").stderr, WHICH)
        self.assertEqual(self.export("t.pcap", "--to", "packetdrill").stderr, WHICH)
        for arguments in (["--to", "svg", "--connection", "1"], ["--to", "html"], ["--to", "qlog"]):
            self.assertEqual(self.export("t.pcap", *arguments).stderr, "", arguments)

    def test_it_is_accessible_and_needs_nothing_from_elsewhere(self):
        svg = self.exported("t.pcap", "--to", "svg")
        root = xml.fromstring(svg)
        self.assertEqual(root.get("role"), "img")
        self.assertTrue(root.find(SVG + "title").text)
        self.assertRegex(root.find(SVG + "desc").text, r"client: .*SYN_SENT.*ESTABLISHED")
        tips = [group.find(SVG + "title").text for group in root.iter(SVG + "g")
                if group.get("class") == "segment" and group.find(SVG + "title") is not None]
        self.assertRegex(tips[0], r"Segment 1 · client → server · .*Flags \[S\], seq ")
        families = {element.get("font-family") for element in root.iter()} - {None}
        self.assertEqual(families, {"sans-serif", "monospace"})
        self.assertEqual(re.findall(r"(?:href|src|@import|url\((?!#))", svg), [])

    def test_texts_in_chinese(self):
        svg = self.exported("t.pcap", "--to", "svg", "--lang", "zh")
        self.assertIn("客户端", self.texts(svg))
        self.assertIn('xml:lang="zh-Hans"', svg)

    def test_a_range_of_steps(self):
        whole = self.texts(self.exported("t.pcap", "--to", "svg"))
        part = self.texts(self.exported("t.pcap", "--to", "svg", "--from-step", "2", "--to-step", "3"))
        self.assertLess(len(part), len(whole))
        self.assertTrue(any("events 2 to 3 of " in text for text in part), part)
        for arguments in (("--from-step", "3", "--to-step", "2"), ("--to-step", "99")):
            result = self.export("t.pcap", "-o", "x.svg", *arguments)
            self.assert_refused(result, 2, "there are no such steps")
        self.assert_left("t.pcap")

    def test_png_of_any_scale(self):
        self.exported("t.pcap", "-o", "1.png")
        self.exported("t.pcap", "-o", "2.png", "--scale", "2", "--theme", "dark")
        width, height, rows = pixels((self.folder / "1.png").read_bytes())
        svg = xml.fromstring(self.exported("t.pcap", "--to", "svg"))
        self.assertEqual((width, height), (int(svg.get("width")), int(svg.get("height"))))
        self.assertGreater(len({row[x:x + 3] for row in rows for x in range(0, len(row), 3)}), 20)
        for row in (rows[0], rows[-1]):
            self.assertEqual(set(row), {255}, "the page reaches to its edges")
        self.assertEqual(struct.unpack(">II", (self.folder / "2.png").read_bytes()[16:24]), (2 * width, 2 * height))

    def test_png_has_its_ground_to_the_last_pixel(self):
        for theme in ("light", "dark"):
            for scale in ("0.7", "0.9", "1.1", "1.37"):
                self.exported("t.pcap", "-o", "1.png", "--scale", scale, "--theme", theme)
                width, _, rows = pixels((self.folder / "1.png").read_bytes())
                edges = {row[x:x + 3] for row in rows for x in (0, 3 * width - 3)}
                for row in (rows[0], rows[-1]):
                    edges |= {row[x:x + 3] for x in range(0, len(row), 3)}
                self.assertEqual(len(edges), 1, (theme, scale, edges))

    def test_a_picture_that_would_be_too_large(self):
        capture = MadeCapture().handshake(("10.0.0.1", 40001), ("10.0.0.2", 80))
        for number in range(1200):
            capture.segment(("10.0.0.1", 40001), ("10.0.0.2", 80), PSH | ACK, 1001 + number, 5001, payload=b"x")
        (self.folder / "long.pcap").write_bytes(capture.octets())
        self.assertEqual(self.texts(self.exported("long.pcap", "--to", "svg")).count("PSH, ACK · 1 octet"), 1200)
        result = self.export("long.pcap", "-o", "long.png")
        self.assert_refused(result, 2, "pixels", "--scale", "--from-step")
        self.assert_left("t.pcap", "long.pcap")

    def test_round_trip_is_the_same_to_the_octet(self):
        for form in ("qlog", "sqlog"):
            self.exported("t.pcap", "-o", "1." + form)
            self.exported("1." + form, "-o", "2." + form)
            self.assertEqual((self.folder / f"1.{form}").read_bytes(), (self.folder / f"2.{form}").read_bytes())
            self.assertEqual(self.run_program("check", "1." + form).returncode, 0)

    def test_from_a_pipe(self):
        self.exported("t.pcap", "-o", "t.qlog")
        expected = (self.folder / "t.qlog").read_text()
        for name in ("t.pcap", "t.qlog"):
            with subprocess.Popen(["cat", name], cwd=self.folder, stdout=subprocess.PIPE) as pipe:
                result = subprocess.run([PROGRAM, "export", "-", "--to", "qlog"], stdin=pipe.stdout,
                                        capture_output=True, text=True, timeout=60)
            self.assertEqual((result.returncode, result.stderr), (0, ""), name)
            with open(self.folder / name, encoding="latin-1") as file:
                redirected = subprocess.run([PROGRAM, "export", "-", "--to", "qlog"], stdin=file,
                                            capture_output=True, text=True, timeout=60)
            self.assertEqual(redirected.stdout, result.stdout)
            if name == "t.qlog":
                self.assertEqual(result.stdout, expected)

    def test_into_a_pipe_that_has_a_name(self):
        expected = self.exported("t.pcap", "--to", "svg")
        for name in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
            self.assertEqual(self.exported("t.pcap", "--to", "svg", "-o", name), expected)
        os.mkfifo(self.folder / "fifo")
        with subprocess.Popen(["cat", "fifo"], cwd=self.folder, stdout=subprocess.PIPE, text=True) as reader:
            self.exported("t.pcap", "--to", "svg", "-o", "fifo")
            self.assertEqual(reader.communicate(timeout=60)[0], expected)
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
            end = reader.stdin.fileno()
            result = subprocess.run([PROGRAM, "export", "t.pcap", "--to", "svg", "-o", f"/proc/self/fd/{end}"],
                                    cwd=self.folder, pass_fds=[end], timeout=60, stderr=subprocess.DEVNULL)
            self.assertEqual(result.returncode, 0)
            self.assertEqual(reader.communicate(timeout=60)[0], expected)
        self.assert_left("t.pcap", "fifo")

    def test_no_picture_onto_a_terminal(self):
        leader, terminal = pty.openpty()
        result = subprocess.run([PROGRAM, "export", "t.pcap", "--to", "png"], cwd=self.folder, stdout=terminal,
                                stderr=subprocess.PIPE, text=True, timeout=60)
        os.close(terminal)
        os.close(leader)
        self.assert_refused(result, 2, "png is no text", "-o NAME.png")

    def test_what_cannot_be_written_leaves_nothing(self):
        for form in ("qlog", "sqlog", "svg", "png", "html", "pcapng", "packetdrill"):
            self.assert_refused(self.export("t.pcap", "--to", form, "-o", "/dev/full"), 2, "No space left")
            self.assert_refused(self.export("t.pcap", "--to", form, "-o", "no/t.x"), 2, "no/t.x", "No such file")
            with open("/dev/full", "wb") as full:
                result = subprocess.run([PROGRAM, "export", "t.pcap", "--to", form], cwd=self.folder, stdout=full,
                                        stderr=subprocess.PIPE, text=True, timeout=60)
            self.assert_refused(result, 2, "standard output")
        # A limit on the size of files is a disk that is full.
        (self.folder / "t.svg").write_text("old")
        for form in ("svg", "html"):
            limited = subprocess.run(["sh", "-c", 'ulimit -f 8; exec "$0" export t.pcap -o t.svg --to "$1"', PROGRAM,
                                      form], cwd=self.folder, capture_output=True, text=True, timeout=60)
            self.assert_refused(limited, 2, "t.svg", "File too large")
        self.assertEqual((self.folder / "t.svg").read_text(), "old")
        self.assert_left("t.pcap", "t.svg")

    def test_wrong_usage_is_one_line(self):
        (self.folder / "junk").write_text("junk")
        (self.folder / "lesson.json").write_text("{}")
        for arguments, words in (
                (["t.pcap"], "to which form is not said"),
                (["t.pcap", "-o", "t.gif"], "to which form is not said"),
                (["t.pcap", "--to", "gif"], "found gif"),
                (["absent", "--to", "svg"], "absent"),
                (["junk", "--to", "svg"], "junk"),
                (["lesson.json", "--to", "svg"], "this is a lesson"),
                (["t.pcap", "--to", "svg", "-o", "./t.pcap"], "would replace"),
                (["t.pcap", "--to", "svg", "--connection", "9"], "there is no connection 9: it has 3"),
                (["junk", "--to", "svg"], "a trace (qlog) or a capture (pcap, pcapng) is expected"),
                (["t.pcap", "--to", "png", "-o", "x.png", "--scale", "99"], "--scale"),
                (["t.pcap", "--to", "png", "-o", "x.png", "--scale", "nan"], "--scale: expected a number from 0.25 to 16"),
                (["t.pcap", "--to", "png", "-o", "x.png", "--scale", "-nan"], "--scale"),
                (["t.pcap", "--to", "png", "-o", "x.png", "--scale", "inf"], "--scale"),
                (["t.pcap", "--to", "svg", "--theme", "pink"], "pink"),
                # What a form does not heed is not passed over.
                (["t.pcap", "--to", "svg", "--scale", "2"], "--scale has no meaning for svg - it is for png only"),
                (["t.pcap", "--to", "qlog", "--from-step", "2"], "it is for svg, png, html only"),
                (["t.pcap", "--to", "pcapng", "--theme", "dark"], "--theme has no meaning for pcapng"),
                (["t.pcap", "--to", "html", "--side", "client"], "--side has no meaning for html"),
                (["t.pcap", "--to", "sqlog", "--connection", "1"], "--connection has no meaning for sqlog")):
            self.assert_refused(self.export(*arguments), 2, words)
        self.assert_left("t.pcap", "junk", "lesson.json")

    def test_what_is_counted_is_counted_from_1(self):
        for option in ("--from-step", "--to-step", "--connection"):
            for number in ("0", "-3", "99999999999999999999", "two", "1x", ""):
                result = self.export("t.pcap", "--to", "svg", "-o", "x.svg", option, number)
                self.assert_refused(result, 2, option + ": a number from 1 on")
                self.assertLess(len(result.stderr), 90, result.stderr)
        self.assert_left("t.pcap")

    def test_one_that_is_stopped_leaves_nothing_half_written(self):
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # It waits for what it reads.
            with subprocess.Popen([PROGRAM, "export", "-", "--to", "svg", "-o", "x.svg"], cwd=self.folder,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as export:
                parts = list(self.folder.glob("x.svg.part-*"))
                deadline = time.monotonic() + 30
                while not parts and time.monotonic() < deadline:
                    self.assertIsNone(export.poll())
                    parts = list(self.folder.glob("x.svg.part-*"))
                self.assertEqual(len(parts), 1)
                # Its own handler stands before it waits.
                while "S" not in process_state(export.pid) and time.monotonic() < deadline:
                    pass
                export.send_signal(stop)
                export.stdin.close()
                self.assertEqual(export.wait(30), -stop, "it ends as any program does")
            self.assert_left("t.pcap")

    def test_what_can_be_read_of_a_broken_file_is_exported(self):
        octets = (self.folder / "t.pcap").read_bytes()
        (self.folder / "t.pcap").write_bytes(octets[:-7])
        result = self.export("t.pcap", "-o", "t.svg")
        self.assert_refused(result, 1, "t.pcap")
        self.assertIn("SYN", self.texts((self.folder / "t.svg").read_text()))

    def dissected(self, name, *fields):
        """What tshark has to say of each packet: its fields, those of nothing as ""."""
        command = ["tshark", "-n", "-r", name, "-T", "json", "--no-duplicate-keys"]
        for field in fields:
            command += ["-e", field]
        result = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=120,
                                env={**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"})
        self.assertEqual(result.returncode, 0, result.stderr)
        return [[packet["_source"]["layers"].get(field, [""])[0] for field in fields]
                for packet in json.loads(result.stdout)]

    def trace(self, name):
        return json.loads((self.folder / name).read_text(), parse_float=decimal.Decimal)["traces"][0]

    def facts(self, name, without=()):
        """The events of a contained trace but those of some connections, each with its time in nanoseconds since
        1970."""
        trace = self.trace(name)
        reference = trace["common_fields"]["reference_time"]["epoch"]
        begin = datetime.datetime.fromisoformat(reference[:19] + "+00:00")
        fraction = re.fullmatch(r"\.(\d+)Z", reference[19:])[1].ljust(9, "0")
        begin = int(begin.timestamp()) * 10**9 + int(fraction)
        return [(begin + int(event["time"] * 10**6), event["name"], event["data"]) for event in trace["events"]
                if event.get("group_id") not in without]

    def test_packets_for_wireshark(self):
        result = self.run_program("run", "lost-syn", "--quiet", "--json", "t.qlog", "--pcapng", "t.pcapng")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        facts = self.facts("t.qlog")
        sent = [(time, data) for time, name, data in facts if name == "tcp:segment_sent"]
        packets = self.dissected("t.pcapng", "frame.time_epoch", "frame.packet_flags_direction", "tcp.seq_raw",
                                 "tcp.options.mss_val", "frame.comment", "_ws.malformed")
        self.assertEqual(len(packets), len(sent))
        for (time, data), (epoch, direction, seq, mss, comment, malformed) in zip(sent, packets):
            self.assertEqual(int(decimal.Decimal(epoch) * 10**9), time)
            self.assertEqual(int(direction, 0), 2 if data["from"] == "client" else 1)
            self.assertEqual((int(seq), malformed), (data["seq"], ""))
            self.assertEqual(bool(mss), "SYN" in data["flags"])
            self.assertTrue(comment.startswith(f"Segment {data['id']} · "), comment)
        dropped = {data["id"] for _, name, data in facts if name == "tcp:segment_dropped"}
        delivered = {data["id"] for _, name, data in facts if name == "tcp:segment_delivered"}
        self.assertTrue(dropped and delivered)
        for (_, data), packet in zip(sent, packets):
            self.assertEqual("dropped: it never arrives" in packet[4], data["id"] in dropped, packet[4])
            self.assertEqual("then delivered" in packet[4], data["id"] in delivered, packet[4])
        first, second = packets[0][4], packets[1][4]
        self.assertRegex(first, r"sent by: client: connect\(127\.0\.0\.1:\d+\)\n")
        self.assertRegex(first, r"\nclient: CLOSED → SYN_SENT\nserver: LISTEN\nheld for [0-9.]+ .?s, then dropped")
        self.assertRegex(second, r"\nsent again: segment 1 once more\n")
        self.assertRegex(second, r"\nserver: LISTEN → SYN_RCVD\n")
        chinese = self.dissected("t.pcapng", "frame.number")
        self.assertEqual(len(chinese), len(sent))
        self.exported("t.qlog", "-o", "zh.pcapng", "--lang", "zh")
        self.assertIn("客户端：CLOSED → SYN_SENT", self.dissected("zh.pcapng", "frame.comment")[0][0])

    def test_what_wireshark_knows_of_the_file(self):
        self.run_program("run", "handshake-free", "--quiet", "--pcapng", "t.pcapng")
        version = self.run_program("--version").stdout.strip()
        self.assertRegex(version, r"^tcpstep \d")
        info = subprocess.run(["capinfos", "-tEcF", "t.pcapng"], cwd=self.folder, capture_output=True, text=True,
                              timeout=60).stdout
        self.assertRegex(info, r"File encapsulation: +Raw IP\n")
        self.assertRegex(info, r"File timestamp precision: +nanoseconds")
        self.assertRegex(info, rf"Capture application: +{re.escape(version)}\n")

    def test_packets_come_back_with_the_same_states(self):
        for lesson in ("four-way-close", "refused"):
            self.run_program("run", lesson, "--quiet", "--json", "t.qlog", "--pcapng", "t.pcapng")
            result = self.run_program("decode", "t.pcapng", "--json", "back.qlog", "--quiet")
            self.assertEqual((result.returncode, result.stderr), (0, ""))

            def moves(name, role):
                states = [data["new"] for _, event, data in self.facts(name)
                          if event == "tcp:state_updated" and data["endpoint"] == role
                          and data.get("source", "inferred") == "inferred"]
                # Nothing on the wire tells that a server listens, or that there was no socket.
                return [state for state in states if state not in ("CLOSED", "LISTEN")]
            for role in ("client", "server"):
                self.assertEqual(moves("t.qlog", role), moves("back.qlog", role), (lesson, role))

    def test_packets_of_a_capture_and_of_one_connection(self):
        self.exported("t.pcap", "-o", "t.pcapng")
        packets = self.dissected("t.pcapng", "frame.time_epoch", "frame.comment", "tcp.len")
        self.assertEqual(len(packets), 27)
        self.assertEqual(packets[3][0], "1700000000.003000000")
        self.assertEqual(packets[3][2], "5")
        self.assertRegex(packets[0][1], r"client: CLOSED → SYN_SENT\nserver: LISTEN → SYN_RCVD")
        self.exported("t.pcap", "-o", "3.pcapng", "--connection", "3")
        self.assertEqual(len(self.dissected("3.pcapng", "frame.number")), 9)
        table = [self.run_program("decode", name).stdout for name in ("t.pcap", "t.pcapng")]
        self.assertEqual(*table)

    def test_datagrams_are_packets_and_without_any_the_file_is_whole(self):
        self.run_program("run", "udp", "--quiet", "--json", "udp.qlog")
        self.exported("udp.qlog", "-o", "udp.pcapng")
        packets = self.dissected("udp.pcapng", "ip.proto", "udp.length", "frame.packet_flags_direction",
                                 "frame.comment", "_ws.malformed")
        facts = [(name, data) for _, name, data in self.facts("udp.qlog") if name in ("udp:datagram_sent", "icmp:error_sent")]
        self.assertEqual(len(packets), len(facts))
        self.assertGreater(len(packets), 1)
        for (protocol, length, direction, comment, malformed), (name, data) in zip(packets, facts):
            self.assertEqual(protocol, "17" if name == "udp:datagram_sent" else "1")
            if protocol == "17":
                self.assertEqual(int(length), 8 + data["length"])
                self.assertEqual(int(direction, 0), 2 if data["from"] == "client" else 1)
                self.assertIn(" → ", comment)
            self.assertEqual(malformed, "")
        (self.folder / "none.pcap").write_bytes(MadeCapture().octets())
        self.exported("none.pcap", "-o", "none.pcapng")
        self.assertEqual(self.dissected("none.pcapng", "frame.number"), [])

    def test_scripts_for_packetdrill(self):
        for lesson in ("four-way-close", "lost-syn", "data", "rst-linger", "simultaneous-open", "close-refcount-fork",
                       "close-refcount", "reorder", "duplicate", "half-close", "refused", "udp", "unix-socket",
                       "connect-retries", "old-syn", "two-queues"):
            result = self.run_program("run", lesson, "--quiet", "--json", "t.qlog")
            self.assertEqual((result.returncode, result.stderr), (0, ""), lesson)
            groups = list(dict.fromkeys(event["group_id"] for event in self.trace("t.qlog")["events"]
                                        if "group_id" in event))
            for number, group in enumerate(groups or [None], 1):
                facts = self.facts("t.qlog", [other for other in groups if other != group])
                for side in ("server", "client"):
                    with self.subTest(lesson=lesson, connection=number, side=side):
                        self.check_script(facts, side, *(["--connection", str(number)] if group else []))

    def check_script(self, facts, side, *which):
        """Returns the script, which has all of the facts that such a script can have."""
        script = self.exported("t.qlog", "--to", "packetdrill", "--side", side, *which)
        try:
            options, events = read_script(script)
        except ValueError as error:
            self.fail(f"{error}\n{script}")
        sent = [data for _, name, data in facts if name == "tcp:segment_sent" and data["from"] == side]
        sources = {data["id"]: data["from"] for _, name, data in facts
                   if name in ("tcp:segment_sent", "tcp:segment_injected")}
        for _, name, data in facts:
            if name == "tcp:segment_duplicated":
                sources[data["copy"]] = sources[data["id"]]
        # Without the gate everything that is sent arrives.
        arrival = "tcp:segment_delivered" if facts[0][2]["gated"] else "tcp:segment_sent"
        arrived = [data for _, name, data in facts if name == arrival and sources[data["id"]] != side]
        packets = [action for _, action in events if action[0] in "<>" and " udp " not in action
                   and " icmp " not in action]
        self.assertEqual(sum(action[0] == ">" for action in packets), len(sent), script)
        self.assertEqual(sum(action[0] == "<" for action in packets), len(arrived), script)
        # Nothing tells ends apart but the numbers from which they count: that of a SYN is 0.
        for action in packets:
            if re.match("[<>] S", action):
                self.assertRegex(action, r"^[<>] S\.?[EW]* 0:0\(0\)( ack 1)? ", script)
        return script

    def test_a_script_has_the_calls_of_its_connection(self):
        for lesson, connection, accepts in (("old-syn", 1, 0), ("old-syn", 2, 1), ("two-queues", 1, 1),
                                            ("two-queues", 2, 1), ("two-queues", 3, 0)):
            self.run_program("run", lesson, "--quiet", "--json", "t.qlog")
            script = self.exported("t.qlog", "--to", "packetdrill", "--connection", str(connection))
            _, events = read_script(script)
            calls = [action for _, action in events if action.startswith("accept(")]
            self.assertEqual(len(calls), accepts, script)
            if (lesson, connection) != ("old-syn", 2):
                self.assertRegex(script, r"\n// accept\(\) = \d+ is of another connection\n")
        script = self.exported("t.qlog", "--to", "packetdrill", "--side", "client", "--connection", "2")
        self.assertEqual(len(re.findall(r"(?m)^[+*0-9].* socket\(", script)), 1, script)

    def test_what_a_reader_of_scripts_refuses(self):
        begin = "+0.000000 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
        listens = begin + "+0.000000 listen(3, 10) = 0\n"
        syn, syn_ack, ack = ("+0.010000 < S 0:0(0) win 512\n", "+0.000010 > S. 0:0(0) ack 1 win 512\n",
                             "+0.000010 < . 1:1(0) ack 1 win 512\n")
        opens = begin + "+0.000010...0.000200 connect(3, ..., ...) = 0\n" + "+0.000010 > S 0:0(0) win 512\n"
        opens += "+0.000010 < S. 0:0(0) ack 1 win 512\n"
        data = "+0.010000 < P. 1:6(5) ack 1 win 512\n"
        failed = "connect(3, ..., ...) = -1 ETIMEDOUT (Connection timed out)\n+0.000010 > S 0:0(0) win 512\n"
        for good, bad in (
                (begin + "+0.000010...1.200000 " + failed, begin + "+0.000010 " + failed),
                (listens + syn + syn_ack + ack + "+0.000010 accept(3, ..., ...) = 4\n",
                 listens + "+0.000010 accept(3, ..., ...) = 4\n" + syn + syn_ack + ack),
                (opens + ack + data + "+0.000010 recv(3, ..., 5, 0) = 5\n",
                 opens + ack + "+0.000010 recv(3, ..., 5, 0) = 5\n" + data),
                (opens + ack + "+0.000010...0.020000 recv(3, ..., 5, 0) = 5\n" + data,
                 opens + ack + "+0.000010 recv(3, ..., 5, 0) = 0\n" + data)):
            read_script(good)
            with self.assertRaisesRegex(ValueError, "has no end"):
                read_script(bad)

    def test_which_side_is_the_scripts(self):
        self.run_program("run", "four-way-close", "--free", "--quiet", "--json", "t.qlog")
        options, events = read_script(self.exported("t.qlog", "--to", "packetdrill"))
        self.assertEqual(options["ip_version"], "ipv4")
        self.assertIn("bind_port", options)
        self.assertIn("listen", " ".join(action for _, action in events))
        self.exported("t.qlog", "-o", "c.pkt", "--side", "client")
        options, events = read_script((self.folder / "c.pkt").read_text())
        self.assertIn("connect_port", options)
        self.assertIn("= 0", next(action for _, action in events if action.startswith("connect(")))
        self.assert_refused(self.export("t.qlog", "--to", "packetdrill", "--side", "both"), 2, "both")

    def test_a_run_in_every_form(self):
        result = self.run_program("run", "four-way-close", "--free", "--quiet", "--json", "t.qlog",
                                  "--sqlog", "t.sqlog", "--svg", "t.svg", "--png", "t.png", "--html", "t.html",
                                  "--pcapng", "t.pcapng", "--packetdrill", "t.packetdrill")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.exported("t.qlog", "-o", "2.pcapng")
        self.assertEqual((self.folder / "t.pcapng").read_bytes(), (self.folder / "2.pcapng").read_bytes())
        for form in ("sqlog", "svg", "html", "packetdrill"):
            self.assertEqual((self.folder / f"t.{form}").read_text(), self.exported("t.qlog", "--to", form))
        self.assertIn("FIN_WAIT_1", self.texts((self.folder / "t.svg").read_text()))
        self.assertTrue((self.folder / "t.png").read_bytes().startswith(b"\x89PNG"))

    def test_a_run_to_standard_output_is_nothing_else(self):
        result = self.run_program("run", "handshake-free", "--svg", "-")
        self.assertIn("SYN", self.texts(result.stdout))
        result = self.run_program("run", "handshake-free", "--svg", "-", "--json", "-")
        self.assert_refused(result, 2, "cannot both go to standard output")

    def test_a_name_that_says_another_form_is_refused(self):
        for option, name in (("--json", "a.svg"), ("--json", "a.PKT"), ("--sqlog", "a.qlog"), ("--svg", "a.png")):
            result = self.run_program("run", "handshake-free", "--quiet", option, name)
            self.assert_refused(result, 2, name, option + " writes", "the name says")
        self.assert_refused(self.run_program("decode", "t.pcap", "--json", "a.svg"), 2, "the name says svg")
        self.assert_refused(self.run_program("play", "t.pcap", "--json", "a.svg"), 2, "the name says svg")
        self.assert_refused(self.run_program("lab", "--json", "a.svg"), 2, "the name says svg")
        self.assert_left("t.pcap")

    def test_endings_in_capitals(self):
        self.exported("t.pcap", "-o", "x.SVG")
        self.assertEqual((self.folder / "x.SVG").read_text(), self.exported("t.pcap", "--to", "svg"))
        result = self.run_program("run", "handshake-free", "--quiet", "--json", "t.SQLOG")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual((self.folder / "t.SQLOG").read_bytes()[:1], b"\x1e")

    def test_a_stream_for_which_there_is_no_room_is_not_left(self):
        limited = subprocess.run(["sh", "-c", 'ulimit -f 0; exec "$0" run handshake-free --quiet --sqlog t.sqlog', PROGRAM],
                                 cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assertEqual(limited.returncode, 2, limited)
        self.assertIn("t.sqlog: cannot be written", limited.stderr)
        self.assert_left("t.pcap")

    def test_the_title_is_in_the_language_of_the_texts(self):
        self.assertEqual(self.run_program("run", "handshake", "--quiet", "--json", "t.qlog").returncode, 0)
        title = json.loads((SOURCE / "assets/lessons/handshake.json").read_text())["title"]
        for language in ("en", "zh"):
            picture = self.exported("t.qlog", "--to", "svg", "--lang", language)
            self.assertIn(title[language], self.texts(picture))
            self.assertIn(title[language], self.exported("t.qlog", "--to", "packetdrill", "--lang", language))

    def test_two_outputs_do_not_go_into_one_file(self):
        for first, second in (("--json", "--sqlog"), ("--html", "--svg"), ("--json", "--png")):
            result = self.run_program("run", "handshake-free", "--quiet", first, "same", second, "./same")
            self.assert_refused(result, 2, f"{first} and {second} would write the same file")
        self.assert_left("t.pcap")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
