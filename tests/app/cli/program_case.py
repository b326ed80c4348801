"""What the tests of the whole program share. Each is called with PROGRAM SOURCE_TREE."""
import atexit
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()

os.environ["LC_ALL"] = "C.UTF-8"  # whoever runs the tests may read another language
os.environ["XDG_CONFIG_HOME"] = "/nonexistent"  # and has settings of his own
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="tcpstep-state-")  # and sessions
atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)

# Run in a shell that is root in a user and network namespace of its own, with `lo` up and no further
# user namespaces allowed: a machine that has none, but where the capture is permitted.
HOST_WITHOUT_NAMESPACES = """
python3 - <<'PYTHON'
import fcntl, socket, struct
s = socket.socket()
fcntl.ioctl(s, 0x8914, struct.pack('16sh', b'lo', 0x41))  # SIOCSIFFLAGS IFF_UP|IFF_RUNNING
PYTHON
echo 0 > /proc/sys/user/max_user_namespaces
"""


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tcpstep-test-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def run_program(self, *arguments, env=None, before=None, timeout=60):
        environment = {**os.environ, **(env or {})}
        if before is not None:
            command = ["unshare", "--user", "--map-root-user", "--net", "sh", "-c", before + '\nexec "$0" "$@"',
                       str(PROGRAM), *arguments]
        else:
            command = [str(PROGRAM), *arguments]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True,
                              timeout=timeout)

    def assert_refused(self, result, status, *words):
        """One line on standard error: what, why, what to do."""
        self.assertEqual(result.returncode, status, result)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertTrue(result.stderr.startswith("tcpstep: "), result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)

    def assert_left(self, *names):
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), sorted(names))
