"""`tcpstep watch` from outside: real sockets of this script in a network of their own, or on the
host's loopback where this is root.

    watch_test.py PROGRAM SOURCE_TREE
"""
import json
import os
import pathlib
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
import unittest

from own_network import Conversation, enter_network_of_own
from program_case import PROGRAM, SOURCE, ProgramTest

PATIENCE = 30


class Watched:
    """A running `tcpstep watch`, read line by line."""

    def __init__(self, *arguments, program=PROGRAM, **more):
        self.process = subprocess.Popen([str(program), "watch", *arguments], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, **more)
        self.text = b""

    def await_begin(self):
        """It has dropped its privileges, which it does once the capture runs."""
        status = pathlib.Path("/proc", str(self.process.pid), "status")
        end = time.monotonic() + PATIENCE
        while "NoNewPrivs:\t1" not in status.read_text():
            assert time.monotonic() < end and self.process.poll() is None, self.process.communicate()
            time.sleep(0.005)
        return self

    def until(self, pattern, times=1):
        """Reads until that many lines match; what was read so far."""
        end = time.monotonic() + PATIENCE
        while len(re.findall(pattern, self.text.decode(), re.M)) < times:
            left = end - time.monotonic()
            ready, _, _ = select.select([self.process.stdout], [], [], max(left, 0))
            octets = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            assert octets, f"no {pattern!r} in:\n{self.text.decode()}"
            self.text += octets
        return self.text.decode()

    def end(self, how=signal.SIGINT):
        if how is not None:
            self.process.send_signal(how)
        out, err = self.process.communicate(timeout=PATIENCE)
        self.text += out
        return self.process.returncode, self.text.decode(), err.decode()


def records_of(text):
    return [json.loads(record) for record in text.split("\x1e") if record.strip()]


class Watch(ProgramTest):
    def watch(self, *arguments, **more):
        watched = Watched(*arguments, cwd=self.folder, **more)
        self.addCleanup(watched.process.wait)
        self.addCleanup(watched.process.kill)
        return watched.await_begin()

    def test_each_change_is_printed_as_it_happens_and_the_kernel_agrees(self):
        for family, host in ((socket.AF_INET, r"127\.0\.0\.1"), (socket.AF_INET6, r"\[::1\]")):
            watched = self.watch()
            talk = Conversation(family)
            between = rf"{host}:\d+ > {host}:{talk.port} +"
            watched.until(between + r"client +CLOSED -> SYN_SENT .*sends S 0:0\(0\)$")
            watched.until(between + r"server +LISTEN -> SYN_RCVD\?? .*gets S 0:0\(0\)$")
            watched.until(between + r"client +SYN_SENT -> ESTABLISHED .*gets S\. 0:0\(0\) ack 1$")
            watched.until(between + r"kernel +agrees +client ESTABLISHED, server ESTABLISHED$")
            talk.client.close()
            watched.until(between + r"kernel +agrees +client FIN_WAIT_2, server CLOSE_WAIT$")
            talk.close()
            watched.until(between + r"kernel +agrees +client TIME_WAIT, server CLOSED$")
            status, _, err = watched.end()
            self.assertEqual(status, 0, err)
            self.assertRegex(err, r"^connections: 1, segments: \d+, transitions: 1\d, kernel agrees: (\d) of \1,"
                                  r" lost segments: 0\n$")

    def test_a_connection_that_was_there_before_is_not_guessed(self):
        talk = Conversation()
        watched = self.watch()
        talk.client.send(b"x")
        text = watched.until(r"server +UNKNOWN -> ESTABLISHED")
        watched.until(r"client +UNKNOWN -> ESTABLISHED")
        self.assertNotIn("SYN", text)
        talk.close()
        watched.end()

    def test_a_refused_connection(self):
        watched = self.watch()
        with socket.socket() as client:
            self.assertNotEqual(client.connect_ex(("127.0.0.1", 9)), 0)
            watched.until(r"client +SYN_SENT -> CLOSED\?? .*gets R\. ")
        watched.end()

    def test_only_what_the_filter_lets_through(self):
        talk = Conversation()
        port = talk.port
        talk.close()
        watched = self.watch("tcp", "port", str(port))
        Conversation().close()
        Conversation(port=port).close()
        text = watched.until(r"TIME_WAIT")
        _, text, _ = watched.end()
        for line in text.splitlines()[1:]:
            self.assertIn(f":{port}", line)

    def test_all_interfaces_show_each_loopback_segment_once(self):
        watched = self.watch("-i", "any", "--json")
        talk = Conversation()
        talk.close()
        watched.until(r'"new":"TIME_WAIT"')
        status, text, err = watched.end()
        self.assertEqual(status, 0, err)
        sent = [r["data"] for r in records_of(text) if r.get("name") == "tcp:segment_sent"]
        self.assertEqual([d.get("retransmission_of") for d in sent], [None] * len(sent))
        self.assertLessEqual(len(sent), 8)

    def test_the_stream_is_a_valid_trace_and_has_the_kernels_own_states(self):
        watched = self.watch("--json")
        for family in (socket.AF_INET, socket.AF_INET6):
            talk = Conversation(family)
            talk.client.send(b"secret")
            self.assertEqual(talk.server.recv(6), b"secret")
            watched.until(r'"kernel:socket_sampled".*"ESTABLISHED"')
            talk.close()
        watched.until(r'"state":"TIME_WAIT"', 2)
        status, text, err = watched.end(signal.SIGTERM)
        self.assertEqual(status, 0, err)
        self.assertNotIn(b"secret".hex(), text)
        (self.folder / "t.sqlog").write_text(text)
        checked = self.run_program("check", "t.sqlog")
        self.assertEqual(checked.returncode, 0, checked)
        names = {record.get("name") for record in records_of(text)}
        self.assertLessEqual({"tcp:segment_sent", "tcp:state_updated", "kernel:socket_sampled"}, names)
        validated = subprocess.run(
            ["/usr/bin/python3", SOURCE / "tests/model/qlog/validate_schema.py",
             SOURCE / "assets/schema/tcpstep-trace.schema.json", self.folder], capture_output=True, text=True)
        self.assertEqual(validated.returncode, 0, validated)
        # As told live, not as hindsight has it: a state that is wrong is found.
        wrong = text.replace('"new":"TIME_WAIT"', '"new":"CLOSING"', 1)
        (self.folder / "wrong.sqlog").write_text(wrong)
        self.assertEqual(self.run_program("check", "wrong.sqlog").returncode, 1)
        shown = self.run_program("export", "t.sqlog", "--to", "svg")
        self.assertEqual(shown.returncode, 0, shown.stderr)

    def test_a_file_grows_beside_the_table(self):
        for arguments in (["--json=t.sqlog"], ["--json", "t.sqlog"]):
            watched = self.watch(*arguments)
            Conversation().close()
            watched.until("TIME_WAIT")
            self.assertIn("TIME_WAIT", (self.folder / "t.sqlog").read_text())
            self.assertEqual(watched.end()[0], 0)
            self.assertEqual(self.run_program("check", "t.sqlog").returncode, 0)
            (self.folder / "t.sqlog").unlink()

    def test_it_ends_after_so_many_changes_or_seconds(self):
        for count in (1, 2, 3, 4):  # the first segment of a handshake brings two
            watched = self.watch("--count", str(count))
            Conversation().close()
            status, text, err = watched.end(None)
            self.assertEqual((status, text.count(" -> ")), (0, count), text)
            self.assertIn(f"transitions: {count},", err)
        status, text, err = self.watch("--seconds", "1").end(None)
        self.assertEqual((status, text), (0, ""))
        self.assertIn("connections: 0", err)

    def test_it_ends_when_nobody_reads_any_more_even_if_nothing_happens(self):
        watched = self.watch()
        watched.process.stdout.close()
        self.assertEqual(watched.process.wait(timeout=PATIENCE), 0)
        self.assertIn(b"connections: 0", watched.process.stderr.read())

    def test_a_full_disk_is_told(self):
        with open("/dev/full", "w") as full:
            watched = subprocess.Popen([str(PROGRAM), "watch"], stdout=full, stderr=subprocess.PIPE)
        while "NoNewPrivs:\t1" not in pathlib.Path(f"/proc/{watched.pid}/status").read_text():
            time.sleep(0.005)
        Conversation().close()
        self.assertEqual(watched.wait(timeout=PATIENCE), 2)
        err = watched.stderr.read()
        self.assertIn(b"standard output", err)
        self.assertNotIn(b"folder", err)

    def test_each_signal_ends_it_well(self):
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            status, _, err = self.watch().end(how)
            self.assertEqual((status, err.count("\n")), (0, 1), err)

    def test_while_it_watches_it_has_no_privilege(self):
        watched = self.watch()
        status = pathlib.Path(f"/proc/{watched.process.pid}/status").read_text()
        for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
            self.assertRegex(status, rf"{name}:\s0{{16}}\n")
        self.assertRegex(status, r"NoNewPrivs:\s1\n")
        watched.end()

    def test_what_cannot_be_watched_is_told_in_one_line(self):
        self.assert_refused(self.run_program("watch", "-i", "nosuch0"), 2, "nosuch0", "no such interface", "ip link")
        self.assert_refused(self.run_program("watch", "port", "web", "and"), 2, "capture filter 'port web and'",
                            "pcap-filter")
        self.assert_refused(self.run_program("watch", "--json=t.qlog"), 2, "t.qlog", ".sqlog")
        self.assert_refused(self.run_program("watch", "--json=/nonexistent/t.sqlog"), 2, "/nonexistent/t.sqlog")
        self.assert_refused(self.run_program("watch", "--count", "0"), 2, "--count")
        self.assert_refused(self.run_program("watch", "--window", "--json"), 2, "--window")
        self.assert_refused(self.run_program("watch", "--theme", "light"), 2, "--theme", "--window")
        self.assert_refused(self.run_program("watch", "--window", "--size", "9x9"), 2, "--size")

    def test_thousands_of_connections_are_forgotten_again(self):
        watched = self.watch("--quiet")
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        grown = []
        for _ in range(4):
            for _ in range(2000):
                client = socket.create_connection(listener.getsockname())
                server, _ = listener.accept()
                # RST: no TIME_WAIT holds the ports.
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                client.close()
                server.close()
            pages = pathlib.Path(f"/proc/{watched.process.pid}/statm").read_text().split()[1]
            grown.append(int(pages) * 4096)
            time.sleep(3)  # both ends CLOSED: kept for five seconds
        listener.close()
        status, _, err = watched.end()
        self.assertEqual(status, 0)
        self.assertRegex(err, r"connections: 8000, .*lost segments: 0")
        self.assertLess(grown[-1] - grown[1], 6 << 20, grown)


class AsAnOrdinaryUser(ProgramTest):
    """Only root can make another user of itself: skipped where this is none."""

    def as_nobody(self, program, *arguments):
        return subprocess.run(["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups",
                               str(program), *arguments], capture_output=True, text=True, timeout=60,
                              cwd="/", env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"})

    def copy(self):
        os.chmod(self.folder, 0o755)
        program = self.folder / "tcpstep"
        shutil.copy(PROGRAM, program)
        os.chmod(program, 0o755)
        return program

    def test_without_the_capability_the_remedy_names_this_program(self):
        program = self.copy()
        self.assert_refused(self.as_nobody(program, "watch"), 3, "no permission (CAP_NET_RAW)",
                            f"sudo setcap cap_net_raw+ep {program}")

    def test_under_sudo_it_goes_on_as_the_user_and_its_file_is_his(self):
        os.chmod(self.folder, 0o777)
        env = {**os.environ, "SUDO_UID": "65534", "SUDO_GID": "65534"}
        watched = Watched("--json=t.sqlog", "port", "47124", env=env, cwd=self.folder).await_begin()
        status = pathlib.Path(f"/proc/{watched.process.pid}/status").read_text()
        for name in ("Uid", "Gid"):
            self.assertRegex(status, rf"{name}:(\s65534){{4}}\n")
        self.assertRegex(status, r"Groups:\s65534 \n")
        self.assertRegex(status, r"CapBnd:\s0{16}\n")
        Conversation(port=47124).close()
        watched.until("TIME_WAIT")
        self.assertEqual(watched.end()[0], 0)
        self.assertEqual((self.folder / "t.sqlog").stat().st_uid, 65534)

    def test_root_itself_may_write_into_the_folder_of_another(self):
        os.chown(self.folder, 65534, 65534)
        os.chmod(self.folder, 0o700)
        env = {name: value for name, value in os.environ.items() if not name.startswith("SUDO_")}
        file = self.folder / "t.sqlog"
        watched = Watched(f"--json={file}", "port", "47125", env=env, cwd="/").await_begin()
        Conversation(port=47125).close()
        watched.until("TIME_WAIT")
        self.assertEqual(watched.end()[0], 0)
        self.assertTrue(records_of(file.read_text()))
        kept = file.read_bytes()
        self.assert_refused(self.run_program("watch", "-i", "nosuch0", f"--json={file}"), 2, "nosuch0")
        self.assertEqual(file.read_bytes(), kept)

    def test_with_it_nobody_watches_the_hosts_loopback_and_lessons_still_run(self):
        program = self.copy()
        if subprocess.run(["setcap", "cap_net_raw+ep", str(program)], check=False).returncode != 0:
            self.skipTest("no setcap here")
        process = subprocess.Popen(
            ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", str(program), "watch",
             "--count", "8", "port", "47123"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/")
        status = pathlib.Path(f"/proc/{process.pid}/status")
        while "NoNewPrivs:\t1" not in status.read_text():
            self.assertIsNone(process.poll(), process)
            time.sleep(0.005)
        self.assertRegex(status.read_text(), r"CapPrm:\s0{16}\n")
        self.assertRegex(status.read_text(), r"CapEff:\s0{16}\n")
        Conversation(port=47123).close()
        out, err = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 0, err)
        self.assertIn(b"127.0.0.1:47123", out)
        ran = self.as_nobody(program, "run", "handshake-free", "--verify", "--quiet")
        self.assertEqual(ran.returncode, 0, ran)


if __name__ == "__main__":
    arguments, sys.argv[1:] = sys.argv[1:3], []
    suite = unittest.TestSuite()
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    if os.geteuid() == 0:
        suite.addTest(load(AsAnOrdinaryUser))
    failed = not unittest.TextTestRunner(verbosity=1).run(suite).wasSuccessful()
    refused = enter_network_of_own()
    if refused:
        print(f"skipped: no network namespace: {refused}")
        sys.exit(os.environ.get("CI") == "true" or failed)
    sys.exit(not unittest.TextTestRunner(verbosity=1).run(load(Watch)).wasSuccessful() or failed)
