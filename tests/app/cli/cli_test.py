"""The program as a user meets it: what it prints, its exit statuses, and one line for every mishap.

    cli_test.py PROGRAM SOURCE_TREE
"""
import json
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import sys
import time
import unittest

from program_case import HOST_WITHOUT_NAMESPACES, PROGRAM, SOURCE, ProgramTest

CLIENT_STATES = "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT"
SERVER_STATES = "CLOSED LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED"


class Lessons(ProgramTest):
    def test_one_line_each(self):
        result = self.run_program("lessons")
        self.assertEqual(result.returncode, 0)
        ids = [line.split()[0] for line in result.stdout.splitlines()]
        self.assertIn("handshake-free", ids)
        self.assertIn("four-way-close", ids)
        assets = self.folder / "assets"
        shutil.copytree(SOURCE / "assets", assets)
        long = json.loads((assets / "lessons/handshake-free.json").read_text())
        long["id"] = "a-name-much-longer-than-nineteen-characters"
        (assets / "lessons/long.json").write_text(json.dumps(long))
        lines = self.run_program("lessons", env={"TCPSTEP_ASSETS": str(assets)}).stdout.splitlines()
        self.assertIn(long["id"], [line.split()[0] for line in lines])
        (column,) = {re.match(r"\S+ +", line).end() for line in lines}
        self.assertEqual(column, len(long["id"]) + 2)
        listed = json.loads(self.run_program("lessons", "--json").stdout)
        self.assertEqual([lesson["id"] for lesson in listed], ids)

    def test_missing_assets(self):
        self.assert_refused(self.run_program("lessons", env={"TCPSTEP_ASSETS": "/nonexistent"}), 3, "TCPSTEP_ASSETS")


class Glossary(ProgramTest):
    def test_a_table_of_80_columns(self):
        result = self.run_program("lessons", "--glossary")
        self.assertEqual(result.returncode, 0, result)
        self.assertLessEqual(max(len(line) for line in result.stdout.splitlines()), 80)
        for word in ("POSIX", "Winsock", "closesocket", "WSAStartup", "net.Dial", "SYN_SENT", "RFC 9293"):
            self.assertIn(word, result.stdout)

    def test_json(self):
        listed = json.loads(self.run_program("lessons", "--glossary", "--json").stdout)
        shipped = json.loads((SOURCE / "assets" / "glossary.json").read_text())["entries"]
        self.assertEqual([{"moves": [], **entry} for entry in shipped], listed)

    def test_a_broken_file_is_one_line(self):
        assets = self.folder / "assets"
        shutil.copytree(SOURCE / "assets", assets)
        text = (assets / "glossary.json").read_text()
        (assets / "glossary.json").write_text(text.replace('"to": "LISTEN"', '"to": "LISTENING"', 1))
        result = self.run_program("lessons", "--glossary", env={"TCPSTEP_ASSETS": str(assets)})
        self.assert_refused(result, 2, "glossary.json: /entries/3/moves/0/to", "LISTENING")
        (assets / "glossary.json").unlink()
        result = self.run_program("lessons", "--glossary", env={"TCPSTEP_ASSETS": str(assets)})
        self.assert_refused(result, 2, "glossary.json")


class Run(ProgramTest):
    def test_four_way_close(self):
        result = self.run_program("run", "four-way-close", "--free", "--json", "t.qlog")
        self.assertEqual(result.returncode, 0, result)
        self.assertEqual(result.stderr, "")
        self.assertLessEqual(max(len(line) for line in result.stdout.splitlines()), 80)
        self.assertIn(f"client: {CLIENT_STATES}\n", result.stdout)
        self.assertIn(f"server: {SERVER_STATES}\n", result.stdout)
        arrows = re.findall(r"\|[<-]+([SFRP.]+)(?: \S+\(\d\))?(?: ack \d+)?-", result.stdout)
        self.assertEqual(arrows, ["S", "S.", ".", "P.", ".", "F.", ".", "F.", "."])
        kernel = re.search(r"kernel: (\d+) of (\d+) samples", result.stdout)
        self.assertEqual(kernel[1], kernel[2])
        self.assertGreaterEqual(int(kernel[1]), 3)
        self.assert_left("t.qlog")

        checked = self.run_program("check", "t.qlog")
        self.assertEqual(checked.returncode, 0, checked)
        self.assertIn("t.qlog: valid", checked.stdout)
        self.check_trace(json.loads((self.folder / "t.qlog").read_text()))

    def check_trace(self, qlog):
        events = qlog["traces"][0]["events"]
        flags = [event["data"]["flags"] for event in events if event["name"] == "tcp:segment_sent"]
        self.assertEqual(flags, [["SYN"], ["SYN", "ACK"], ["ACK"], ["PSH", "ACK"], ["ACK"], ["FIN", "ACK"], ["ACK"], ["FIN", "ACK"],
                                 ["ACK"]])
        for endpoint, expected in (("client", CLIENT_STATES), ("server", SERVER_STATES)):
            changes = [event["data"] for event in events
                       if event["name"] == "tcp:state_updated" and event["data"]["endpoint"] == endpoint]
            self.assertEqual(" ".join(change["new"] for change in changes), expected)
        times = [event["time"] for event in events]
        self.assertEqual(times, sorted(times))
        calls = [event["data"]["call"] for event in events if event["name"] == "sys:call_returned"]
        self.assertEqual(sorted(calls), sorted(["socket", "bind", "listen", "accept", "recv", "recv", "close",
                                                "socket", "connect", "send", "close"]))
        group = {event["group_id"] for event in events if event["name"] == "tcp:segment_sent"}
        self.assertRegex(group.pop(), r"^127\.0\.0\.1:\d+-127\.0\.0\.1:8000$")

    def test_handshake_free(self):
        result = self.run_program("run", "handshake-free")
        self.assertEqual(result.returncode, 0, result)
        self.assertIn("client: CLOSED SYN_SENT ESTABLISHED\n", result.stdout)
        self.assertIn("server: CLOSED LISTEN SYN_RCVD ESTABLISHED\n", result.stdout)

    def test_traces_are_valid_by_a_foreign_schema_library(self):
        for name in ("t.qlog", "t.sqlog"):
            self.assertEqual(self.run_program("run", "four-way-close", "--quiet", "--json", name).returncode, 0)
            self.assertEqual(self.run_program("check", name).returncode, 0)
        validated = subprocess.run(
            [sys.executable, SOURCE / "tests/model/qlog/validate_schema.py",
             SOURCE / "assets/schema/tcpstep-trace.schema.json", self.folder / "t.qlog", self.folder / "t.sqlog"],
            capture_output=True, text=True)
        self.assertEqual(validated.returncode, 0, validated)

    def test_json_to_standard_output_is_nothing_but_json(self):
        result = self.run_program("run", "handshake-free", "--json", "-")
        self.assertEqual(json.loads(result.stdout)["file_schema"], "urn:ietf:params:qlog:file:contained")

    def test_quiet(self):
        self.assertEqual(self.run_program("run", "handshake-free", "--quiet").stdout, "")

    def test_port(self):
        result = self.run_program("run", "handshake-free", "--port", "4711")
        self.assertIn("server 127.0.0.1:4711", result.stdout)

    def test_unknown_lesson(self):
        self.assert_refused(self.run_program("run", "four-way-clsoe", "--json", "t.qlog"), 2, "did you mean four-way-close")
        self.assert_left()

    def test_a_file_that_is_no_lesson(self):
        self.assertEqual(self.run_program("run", "handshake-free", "--quiet", "--json", "t.qlog").returncode, 0)
        shutil.copy(self.folder / "t.qlog", self.folder / "t.json")
        for name in ("t.qlog", "t.json", "./t.qlog"):
            self.assert_refused(self.run_program("run", name), 2, f"{name}: is a trace", f"tcpstep play {name}")
        shutil.copy(SOURCE / "assets/lessons/handshake-free.json", self.folder / "lesson.txt")
        self.assert_refused(self.run_program("run", "lesson.txt"), 2, "lesson.txt: ", "ends with .json", "rename it")

    def test_a_field_that_stands_twice(self):
        text = (SOURCE / "assets/lessons/handshake-free.json").read_text()
        (self.folder / "l.json").write_text(text.replace('"order"', '"id": "other",\n  "order"', 1))
        self.assert_refused(self.run_program("run", "l.json"), 2, 'l.json:', '"id" stands twice')

    def test_trace_that_cannot_be_written(self):
        result = self.run_program("run", "handshake-free", "--json", "nowhere/t.qlog")
        self.assert_refused(result, 2, "nowhere/t.qlog", "No such file or directory")
        self.assertEqual(result.stdout, "", "it is known before the run begins")

    def test_the_lesson_of_the_documentation(self):
        text = (SOURCE / "assets/lessons/README.md").read_text()
        block = text.split("## A whole one\n\n")[1].split("\n\n`tcpstep run")[0]
        (self.folder / "mine.json").write_text("\n".join(line[4:] for line in block.split("\n")))
        result = self.run_program("run", "mine.json", "--hold", "--auto", "--verify")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("holds          The server reads what the client has sent.", result.stdout)

    def test_a_trace_does_not_replace_its_lesson(self):
        lesson = self.folder / "mine.json"
        lesson.write_text((SOURCE / "assets/lessons/handshake.json").read_text())
        before = lesson.read_bytes()
        result = self.run_program("run", "mine.json", "--json", "./mine.json", "--quiet")
        self.assertEqual((result.returncode, result.stderr), (2, "tcpstep: ./mine.json: the trace would replace the "
                                                                "lesson - give --json another name\n"))
        self.assertEqual(lesson.read_bytes(), before)

    def test_full_disk(self):
        self.assert_refused(self.run_program("run", "handshake-free", "--json", "/dev/full"), 2, "/dev/full")
        # More than stdio's buffer holds, or less.
        for arguments in (["run", "handshake-free"], ["run", "handshake"], ["run", "handshake", "--more"], ["lessons"],
                          ["lessons", "--json"], ["lessons", "--glossary"], ["lessons", "--glossary", "--json"],
                          ["--help"], ["doctor"]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                result = subprocess.run([PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertRegex(result.stderr, r"^tcpstep: standard output: .*No space left.*\n$")

    def test_errors_that_nobody_reads(self):
        for arguments, status in ((["run", "no-lesson"], 2), (["lessons", "--glossary", "--json"], 0)):
            with open("/dev/full", "w", encoding="utf-8") as full:
                result = subprocess.run([PROGRAM, *arguments], stdout=subprocess.DEVNULL, stderr=full, timeout=60)
            self.assertEqual(result.returncode, status, arguments)

    def test_a_reader_that_has_seen_enough_of_much(self):
        for arguments in (["run", "handshake", "--more"], ["lessons", "--glossary", "--json"]):
            program = subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            program.stdout.close()
            self.assertEqual((program.stderr.read(), program.wait(60)), (b"", 0), arguments)
            program.stderr.close()

    def test_standard_output_by_its_name_takes_nothing_else(self):
        for name in ("/dev/stdout", "/proc/self/fd/1"):
            result = self.run_program("run", "handshake-free", "--json", name)
            self.assertEqual((result.returncode, result.stderr), (0, ""), name)
            self.assertEqual(json.loads(result.stdout)["file_schema"], "urn:ietf:params:qlog:file:contained")

    def test_a_reader_that_has_seen_enough(self):
        program = subprocess.Popen([PROGRAM, "run", "handshake-free"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        program.stdout.close()
        self.assertEqual(program.stderr.read(), b"")
        program.stderr.close()
        self.assertEqual(program.wait(60), 0)

    def started_and_in_its_pause(self, name, *more):
        """A run of four-way-close that has begun its pause, as its growing trace tells."""
        program = subprocess.Popen([PROGRAM, "run", "four-way-close", "--quiet", "--json", name, *more], cwd=self.folder,
                                   stderr=subprocess.PIPE, text=True, env=self.long_pause())
        self.addCleanup(program.stderr.close)
        return program

    def long_pause(self):
        assets = self.folder / "assets"
        if not assets.exists():
            shutil.copytree(SOURCE / "assets", assets)
            path = assets / "lessons" / "four-way-close.json"
            path.write_text(path.read_text().replace('"pause_ms": 200', '"pause_ms": 60000'))
        return {**os.environ, "TCPSTEP_ASSETS": str(assets)}

    def wait_for(self, condition):
        deadline = time.monotonic() + 30
        while not condition():
            self.assertLess(time.monotonic(), deadline, "waited in vain")
            time.sleep(0.01)  # between two looks at the condition

    def test_what_happened_until_the_program_is_killed_is_in_the_sequential_file(self):
        program = self.started_and_in_its_pause("t.sqlog")
        trace = self.folder / "t.sqlog"
        self.wait_for(lambda: trace.exists() and b'"type":"pause"' in trace.read_bytes())
        program.kill()
        program.wait()
        checked = self.run_program("check", "t.sqlog")
        self.assertEqual(checked.returncode, 0, checked)
        self.assertIn("segments: 7", checked.stdout)

    def test_so_it_is_in_one_that_is_written_besides(self):
        program = self.started_and_in_its_pause("t.qlog", "--sqlog", "besides.records")
        trace = self.folder / "besides.records"
        self.wait_for(lambda: trace.exists() and b'"type":"pause"' in trace.read_bytes())
        program.kill()
        program.wait()
        self.assertFalse((self.folder / "t.qlog").exists())
        checked = self.run_program("check", "besides.records")
        self.assertEqual(checked.returncode, 0, checked)
        self.assertIn("segments: 7", checked.stdout)

    def test_an_interrupted_run_is_kept(self):
        for signal_number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal_number):
                program = self.started_and_in_its_pause("t.sqlog")
                trace = self.folder / "t.sqlog"
                self.wait_for(lambda: trace.exists() and b'"type":"pause"' in trace.read_bytes())
                program.send_signal(signal_number)
                self.assertEqual(program.wait(20), 1)
                self.assertRegex(program.stderr.read(), r"^tcpstep: interrupted .*\n$")
                self.assertEqual(self.run_program("check", "t.sqlog").returncode, 0)
                trace.unlink()

    def test_an_interrupted_run_leaves_nothing_half_written(self):
        program = self.started_and_in_its_pause("t.qlog")
        def part():
            return list(self.folder.glob("t.qlog.part-*"))
        self.wait_for(part)
        program.send_signal(signal.SIGINT)
        self.assertEqual(program.wait(20), 1)
        self.assertEqual(part(), [])

    def test_lesson_that_goes_otherwise_than_written(self):
        assets = self.folder / "assets"
        shutil.copytree(SOURCE / "assets", assets)
        path = assets / "lessons" / "handshake-free.json"
        lesson = json.loads(path.read_text())
        lesson["server"] = lesson["claims"] = lesson["story"] = []
        lesson["client"][1].pop("after")
        path.write_text(json.dumps(lesson))
        result = self.run_program("run", "handshake-free", "--json", "t.qlog", env={"TCPSTEP_ASSETS": str(assets)})
        self.assert_refused(result, 1, "connect() failed: ECONNREFUSED")
        self.assertIn("client: CLOSED SYN_SENT CLOSED", result.stdout)
        self.assertIn('"type":"error"', (self.folder / "t.qlog").read_text(), "the trace tells why it ends")
        self.assertEqual(self.run_program("check", "t.qlog").returncode, 0, "what happened is kept")

    def changed_lesson(self, old, new):
        """The environment in which handshake-free's file reads `new` for `old`."""
        assets = self.folder / "assets"
        shutil.copytree(SOURCE / "assets", assets)
        path = assets / "lessons" / "handshake-free.json"
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new))
        return {"TCPSTEP_ASSETS": str(assets)}

    def test_broken_lesson_file(self):
        env = self.changed_lesson('"segments": "free"', '"segments": "slow"')
        listed = self.run_program("lessons", env=env)
        self.assert_refused(listed, 2, "handshake-free.json", "/segments")
        self.assertIn("four-way-close", listed.stdout, "the others are there")
        self.assert_refused(self.run_program("run", "handshake-free", env=env), 2, "/segments")
        self.assertEqual(self.run_program("run", "four-way-close", "--quiet", env=env).returncode, 0)

    def test_broken_files_do_not_stop_the_others(self):
        env = self.changed_lesson('"segments": "free"', '"segments": "slow"')
        lessons = self.folder / "assets" / "lessons"
        for path in lessons.glob("*.json"):
            if path.stem not in ("handshake", "handshake-free", "refused"):
                path.unlink()
        (lessons / "odd.json").write_text("{}")
        run = self.run_program("run", "--all", env=env)
        self.assert_refused(run, 2, "files that are no lessons: 2")
        for line in (r"handshake +\d+/\d+ ", r"refused +\d+/\d+ ", r".*handshake-free\.json:\d+: /segments: ",
                     r".*odd\.json:1: "):
            self.assertRegex(run.stdout, "(?m)^" + line)
        listed = self.run_program("lessons", env=env)
        self.assertEqual(listed.returncode, 2)
        for named in ("handshake-free.json", "odd.json"):
            self.assertIn(named, listed.stderr)


class BadLuck(ProgramTest):
    def test_no_user_namespaces_and_no_capture(self):
        # Root only in a user namespace: the network, and so `lo`, still belong to the host.
        script = 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$0" "$@"'
        result = subprocess.run(["unshare", "--user", "--map-root-user", "sh", "-c", script, str(PROGRAM), "run",
                                 "handshake-free", "--json", "t.qlog"],
                                cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assert_refused(result, 3, "user.max_user_namespaces", "sysctl")
        self.assert_left()

    def test_no_user_namespaces_but_the_hosts_loopback(self):
        result = self.run_program("run", "four-way-close", before=HOST_WITHOUT_NAMESPACES)
        self.assertEqual(result.returncode, 0, result)
        self.assertIn("on the host's loopback", result.stderr)
        twice = HOST_WITHOUT_NAMESPACES + '"$0" run handshake-free --quiet || exit 9\n'
        result = self.run_program("run", "four-way-close", before=twice)
        self.assertEqual(result.returncode, 0, "the port is free though TIME_WAIT lasts")
        self.assertIn(f"client: {CLIENT_STATES}\n", result.stdout)

    def test_busy_port(self):
        busy = HOST_WITHOUT_NAMESPACES + """
exec 9<<'PYTHON'
import os, socket, sys
listener = socket.socket()
listener.bind(("127.0.0.1", 8000))
listener.listen()
listener.set_inheritable(True)
os.execv(sys.argv[1], sys.argv[1:])
PYTHON
exec python3 /dev/fd/9 "$0" "$@"
"""
        result = self.run_program("run", "handshake-free", before=busy)
        self.assertEqual(result.returncode, 3, result)
        self.assertRegex(result.stderr.splitlines()[-1], r"^tcpstep: .*EADDRINUSE.*--port N$")
        result = self.run_program("run", "handshake-free", "--port", "8001", before=busy)
        self.assertEqual(result.returncode, 0, result)

    def test_a_stopped_program_leaves_no_lab(self):
        # The lab waits in the four-way close's pause; its parent is killed meanwhile.
        program = subprocess.Popen([str(PROGRAM), "run", "four-way-close"], cwd=self.folder, stdout=subprocess.PIPE)
        lab = None
        while lab is None and program.poll() is None:
            children = pathlib.Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
            lab = int(children[0]) if children else None
        self.assertIsNotNone(lab)
        descriptor = os.pidfd_open(lab)
        program.send_signal(signal.SIGKILL)
        program.wait()
        program.stdout.close()
        ended, _, _ = select.select([descriptor], [], [], 10)
        self.assertTrue(ended, "the lab outlived its program")
        os.close(descriptor)


class Check(ProgramTest):
    def test_foreign_files(self):
        (self.folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
        (self.folder / "empty").write_text("")
        (self.folder / "other.json").write_text('{"a": 1}')
        for name in ("picture.png", "empty", "other.json"):
            self.assert_refused(self.run_program("check", name), 2, name)
        self.assert_refused(self.run_program("check", "nowhere.qlog"), 2, "nowhere.qlog", "No such file")
        self.assert_refused(self.run_program("check", "."), 2, "folder")

    def test_faults_are_named_with_their_place(self):
        self.run_program("run", "handshake-free", "--quiet", "--json", "t.qlog")
        trace = json.loads((self.folder / "t.qlog").read_text())
        events = trace["traces"][0]["events"]
        number = next(i for i, event in enumerate(events) if event["name"] == "tcp:segment_sent")
        events[number]["data"]["seq"] = "x"
        (self.folder / "t.qlog").write_text(json.dumps(trace))
        result = self.run_program("check", "t.qlog")
        self.assert_refused(result, 1, "not a valid trace")
        self.assertIn(f"/traces/0/events/{number}/data/seq", result.stdout)

    def test_what_is_unknown_is_named_with_its_place(self):
        self.run_program("run", "handshake-free", "--quiet", "--json", "t.qlog", "--sqlog", "t.sqlog")
        trace = json.loads((self.folder / "t.qlog").read_text())
        events = trace["traces"][0]["events"]
        events[3]["data"]["colour"] = events[5]["data"]["colour"] = "red"
        number = next(i for i, event in enumerate(events) if event["name"] == "tcp:state_updated")
        events[number]["mood"] = 1
        events.append({**events[-1], "name": "x:y", "data": {"a": 1}})
        trace["traces"][0]["weather"] = "fine"
        (self.folder / "t.qlog").write_text(json.dumps(trace))
        result = self.run_program("check", "t.qlog")
        self.assertEqual(result.returncode, 0, result)
        line = next(line for line in result.stdout.splitlines() if "unknown to this version" in line)
        for place in ("3/data/colour", "5/data/colour", f"{number}/mood", f"{len(events) - 1} (x:y)"):
            self.assertIn(f"/traces/0/events/{place}", line)
        self.assertIn("/traces/0/weather", line)
        records = (self.folder / "t.sqlog").read_bytes().split(b"\x1e")
        records[4] = records[4].replace(b'"data":{', b'"data":{"colour":1,', 1)
        (self.folder / "t.sqlog").write_bytes(b"\x1e".join(records))
        self.assertIn("record 4: /data/colour", self.run_program("check", "t.sqlog").stdout)

    def test_standard_input(self):
        trace = self.run_program("run", "handshake-free", "--json", "-").stdout
        result = subprocess.run([PROGRAM, "check", "-"], input=trace, capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 0, result)

    def test_a_name_with_a_line_feed_is_still_one_line(self):
        self.assert_refused(self.run_program("check", "a\nb\x1b[31m"), 2, "a\\x0ab\\x1b")

    def test_a_truncated_last_record_is_named_by_check_and_export_alike(self):
        self.run_program("run", "handshake-free", "--quiet", "--json", "t.sqlog")
        whole = (self.folder / "t.sqlog").read_bytes()
        (self.folder / "t.sqlog").write_bytes(whole[:-20])
        cut = f"t.sqlog: record {whole.count(bytes([0x1e]))}, the last one, is cut short"
        checked = self.run_program("check", "t.sqlog")
        self.assert_refused(checked, 1, "not a whole trace", "tcpstep export t.sqlog --to sqlog")
        self.assertIn(cut, checked.stdout)
        self.assertNotIn("valid", checked.stdout)
        exported = self.run_program("export", "t.sqlog", "-o", "whole.sqlog")
        self.assert_refused(exported, 1, cut)
        self.assertEqual(self.run_program("check", "whole.sqlog").returncode, 0)

    def test_a_byte_order_mark_is_no_fault(self):
        self.run_program("run", "handshake-free", "--quiet", "--json", "t.qlog")
        self.run_program("export", "t.qlog", "-o", "t.sqlog")
        for name in ("t.qlog", "t.sqlog"):
            text = (self.folder / name).read_bytes()
            (self.folder / name).write_bytes(b"\xef\xbb\xbf" + text)
            self.assertEqual(self.run_program("check", name).returncode, 0, name)
            exported = self.run_program("export", name, "--to", name[2:])
            self.assertEqual((exported.returncode, exported.stdout.encode()), (0, text), name)

    def test_a_capture_is_told_from_a_trace(self):
        self.run_program("run", "handshake-free", "--quiet", "--json", "t.qlog")
        self.run_program("export", "t.qlog", "-o", "t.pcapng")
        self.assert_refused(self.run_program("check", "t.pcapng"), 2, "this is a capture, not a trace",
                            "tcpstep export t.pcapng --to qlog")


class Usage(ProgramTest):
    def test_help_and_version(self):
        for arguments in (["--help"], ["run", "--help"], ["play", "--help"]):
            result = self.run_program(*arguments)
            self.assertEqual(result.returncode, 0)
            self.assertLessEqual(max(len(line) for line in result.stdout.splitlines()), 100)
        self.assertIn("Examples:", self.run_program("--help").stdout)
        self.assertRegex(self.run_program("--version").stdout, r"^tcpstep \d+\.\d+\.\d+\n$")

    def test_wrong_usage_is_one_line(self):
        for arguments in (["fly"], ["run"], ["run", "x", "--nonsense"], ["play"], ["check"],
                          ["--size", "big"], ["--theme", "pink"], ["run", "handshake-free", "--port", "0"],
                          ["--text", "1000"], ["--step", "-1"], ["run", "handshake-free", "--json", ""],
                          ["--screenshot", "x.png", "run", "handshake-free"]):
            self.assert_refused(self.run_program(*arguments), 2, "--help")
        self.assert_refused(self.run_program("--theme", "blue"), 2, "blue not in {dark,light}")

    def test_no_display(self):
        environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        result = subprocess.run([PROGRAM], env=environment, capture_output=True, text=True, timeout=60)
        self.assert_refused(result, 3, "display", "tcpstep run")
        self.run_program("run", "handshake-free", "--quiet", "--json", "t.qlog")
        environment["TCPSTEP_ASSETS"] = "/nonexistent"
        result = subprocess.run([PROGRAM, "play", self.folder / "t.qlog"], env=environment, capture_output=True,
                                text=True, timeout=60)
        self.assert_refused(result, 3, "display")

    def test_a_trace_that_cannot_be_written_is_said_before_anything_is_shown(self):
        self.assert_refused(self.run_program("play", "handshake", "--json", "/nonexistent/t.qlog"), 2, "/nonexistent/t.qlog")
        # What is there is left alone until there is something to write.
        (self.folder / "t.sqlog").write_text("precious")
        result = self.run_program("play", "handshake", "--json", "t.sqlog", env={"DISPLAY": ""})
        self.assertEqual(result.returncode, 3, result)
        self.assertEqual((self.folder / "t.sqlog").read_text(), "precious")
        self.assert_left("t.sqlog")

    def test_files_that_cannot_be_played(self):
        self.assert_refused(self.run_program("play", "nowhere.qlog"), 2, "nowhere.qlog")
        self.assert_refused(self.run_program("play", "no-such-lesson"), 2, "no-such-lesson")

    def test_a_lesson_file_must_not_be_called_as_the_free_lab(self):
        lesson = json.loads((SOURCE / "assets" / "lessons" / "handshake-free.json").read_text())
        (self.folder / "x.json").write_text(json.dumps({**lesson, "id": "lab"}))
        self.assert_refused(self.run_program("play", "x.json"), 2, "x.json: /id")


class Doctor(ProgramTest):
    def test_tells_what_works(self):
        result = self.run_program("doctor")
        self.assertEqual(result.returncode, 0, result)
        self.assertRegex(result.stdout, r"Private network +works")

    def test_names_the_remedy(self):
        script = 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$0" "$@"'
        result = subprocess.run(["unshare", "--user", "--map-root-user", "sh", "-c", script, str(PROGRAM), "doctor"],
                                capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 3, result)
        self.assertRegex(result.stdout, r"Private network +missing.*\n.*-> sudo sysctl user\.max_user_namespaces=")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
