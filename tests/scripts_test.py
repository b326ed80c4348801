"""What app/demo.sh and tests/run.sh do to a machine, told by a made machine: a PATH of stand-ins
that write down how they were called, and a made clone whose program says how it was run."""
import os
import pty
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REAL_TOOLS = ["bash", "awk", "grep", "sed", "cat", "env", "dirname", "readlink", "stat", "cmp", "mktemp", "rm",
              "mkdir", "tee"]
BUILD_AND_RUN = """g++ cmake ninja-build pkg-config libimgui-dev libglfw3-dev libgl-dev libpcap-dev
    nlohmann-json3-dev libcli11-dev libfmt-dev libexpected-dev libnetfilter-queue-dev libmnl-dev
    libstb-dev libfontconfig-dev librsvg2-dev iptables libcap2-bin fontconfig fonts-inter fonts-dejavu-core
    fonts-noto-cjk libgl1-mesa-dri""".split()
TEST = (
    "libgtest-dev libbenchmark-dev python3 python3-jsonschema tshark xvfb xauth xdotool"
    " chromium clang libclang-rt-dev"
).split()


class Machine:
    """A made machine; what is called there is in `calls`, in order."""

    def __init__(self, folder, uid=1000, installed=(), manager="apt", sudo=True, display=None):
        self.folder = Path(folder)
        self.bin = self.folder / "bin"
        self.clone = self.folder / "clone"
        self.log = self.folder / "calls"
        self.log.touch()
        self.environment = {"PATH": str(self.bin), "HOME": str(self.folder), "LOG": str(self.log),
                            "TCPSTEP_USERNS_RESTRICTION": str(self.folder / "restriction"),
                            "TCPSTEP_APPARMOR_FOLDER": str(self.folder), "TCPSTEP_SBIN": str(self.bin)}
        if display:
            self.environment["DISPLAY"] = display
        self.bin.mkdir()
        for tool in REAL_TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.tool("id", f"echo {uid}", logged=False)
        for tool in ("cmake", "apparmor_parser"):
            self.tool(tool, "exit 0")
        self.tool("ctest", "echo '100% tests passed'")
        if sudo:
            self.tool("sudo", 'exec "$@"')
        self.add_manager(manager, installed)
        self.make_clone()

    def add_manager(self, manager, installed):
        if manager == "apt":
            self.tool("apt-get", "exit 0")
            rows = "\n".join(f"installed {name} " for name in installed)
            self.tool("dpkg-query", f"cat <<'END'\n{rows}\nEND", logged=False)
        elif manager == "dnf":
            self.tool("dnf", "exit 0")
            self.tool("rpm", f'[[ " {" ".join(installed)} " == *" $3 "* ]]', logged=False)
        elif manager == "pacman":
            names = " ".join(installed)
            self.tool("pacman", f'[ "$1" = -T ] || exit 0; shift; for n; do '
                                f'[[ " {names} " == *" $n "* ]] || echo "$n"; done; exit 127')

    def make_clone(self):
        for name in ("app/demo.sh", "app/install_packages.sh", "app/allow_user_namespaces.sh",
                     "app/allow_watching.sh",
                     "assets/apparmor/tcpstep", "tests/run.sh", ".ci/run"):
            (self.clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.clone / name)
        (self.clone / "build").mkdir()
        self.executable(self.clone / "build/tcpstep", 'echo "tcpstep($*) in $PWD"')

    def tool(self, name, body, logged=True):
        note = f'echo "{name} $*" >>"$LOG"\n' if logged else ""
        self.executable(self.bin / name, note + body)

    @staticmethod
    def executable(path, body):
        path.write_text(f"#!{shutil.which('bash')}\n{body}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)

    def run(self, script, *arguments, cwd=None, **more):
        self.environment.update(more)
        return subprocess.run([str(self.clone / script), *arguments], env=self.environment,
                              cwd=cwd or self.folder, stdin=subprocess.DEVNULL, text=True,
                              capture_output=True, check=False)

    def run_at_terminal(self, script, typed):
        ours, theirs = pty.openpty()
        os.write(ours, typed.encode())
        result = subprocess.run([str(self.clone / script)], env=self.environment, stdin=theirs,
                                cwd=self.folder, text=True, capture_output=True, check=False)
        os.close(ours)
        os.close(theirs)
        return result

    def calls(self, *tools):
        return [line for line in self.log.read_text().splitlines() if line.split()[0] in tools]


class ScriptTest(unittest.TestCase):
    def machine(self, **more):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return Machine(folder.name, **more)


def without(names, *missing):
    return [name for name in names if name not in missing]


class WhatIsInstalled(ScriptTest):
    def test_nothing_is_missing_so_nothing_is_called(self):
        for uid in (0, 1000):
            machine = self.machine(uid=uid, installed=BUILD_AND_RUN)
            result = machine.run("app/demo.sh")
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertEqual(machine.calls("apt-get", "sudo"), [])

    def test_root_installs_exactly_what_is_missing(self):
        machine = self.machine(uid=0, installed=without(BUILD_AND_RUN, "libpcap-dev", "cmake"))
        self.assertEqual(machine.run("app/demo.sh").returncode, 0)
        self.assertEqual(machine.calls("apt-get", "sudo"), [
            "apt-get update",
            "apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300"
            " cmake libpcap-dev"])

    def test_an_ordinary_user_installs_by_sudo(self):
        machine = self.machine(installed=without(BUILD_AND_RUN, "g++"))
        self.assertEqual(machine.run("app/demo.sh").returncode, 0)
        self.assertEqual([call.split()[0] for call in machine.calls("apt-get", "sudo")],
                         ["sudo", "apt-get", "sudo", "apt-get"])

    def test_without_sudo_one_line_names_the_command_and_nothing_is_built(self):
        machine = self.machine(installed=without(BUILD_AND_RUN, "g++", "xvfb"), sudo=False)
        result = machine.run("app/demo.sh")
        self.assertEqual(result.returncode, 3)
        self.assertEqual(result.stderr, "tcpstep: these packages are missing and there is no sudo"
                         " - run as root: apt-get update && apt-get install -y"
                         " --no-install-recommends g++\n")
        self.assertEqual(machine.calls("apt-get", "cmake"), [])

    def test_a_refusing_sudo_ends_with_the_command_too(self):
        machine = self.machine(installed=without(BUILD_AND_RUN, "g++"))
        machine.tool("sudo", "echo 'not in the sudoers file' >&2; exit 1")
        result = machine.run("app/demo.sh")
        self.assertEqual(result.returncode, 3)
        self.assertIn("run as root: apt-get update && apt-get install", result.stderr)
        self.assertEqual(machine.calls("cmake"), [])

    def test_a_list_that_cannot_be_fetched_does_not_hinder(self):
        machine = self.machine(uid=0, installed=without(BUILD_AND_RUN, "g++"))
        machine.tool("apt-get", '[ "$1" != update ]')
        self.assertEqual(machine.run("app/demo.sh").returncode, 0)

    def test_a_removed_package_is_missing_and_a_provided_one_is_not(self):
        machine = self.machine(uid=0)
        rows = [f"installed {name} " for name in without(BUILD_AND_RUN, "g++", "pkg-config")]
        rows += ["config-files g++ ", "installed pkgconf pkg-config (= 1.8), other"]
        machine.tool("dpkg-query", "cat <<'END'\n" + "\n".join(rows) + "\nEND", logged=False)
        self.assertEqual(machine.run("app/demo.sh").returncode, 0)
        self.assertTrue(machine.calls("apt-get")[1].endswith("=300 g++"))

    def test_the_tests_need_more_than_the_program(self):
        machine = self.machine(uid=0, installed=BUILD_AND_RUN)
        self.assertEqual(machine.run("tests/run.sh").returncode, 0)
        self.assertTrue(machine.calls("apt-get")[1].endswith("=300 " + " ".join(TEST)))

    def test_a_system_without_a_known_package_manager(self):
        result = self.machine(manager=None).run("app/demo.sh")
        self.assertEqual(result.returncode, 3)
        self.assertEqual(len(result.stderr.splitlines()), 1)


class OtherDistributions(ScriptTest):
    def installed_by(self, manager):
        machine = self.machine(uid=0, manager=manager)
        machine.tool("pkg-config", "exit 0")
        self.assertEqual(machine.run("app/demo.sh").returncode, 0)
        return machine.calls(manager)[-1].split()

    def test_names_of_fedora(self):
        words = self.installed_by("dnf")
        self.assertEqual(words[:3], ["dnf", "install", "-y"])
        self.assertTrue({"gcc-c++", "expected-devel", "json-devel"} <= set(words))

    def test_names_of_arch(self):
        words = self.installed_by("pacman")
        self.assertEqual(words[:4], ["pacman", "-S", "--needed", "--noconfirm"])
        self.assertTrue({"gcc", "tl-expected", "nlohmann-json"} <= set(words))
        self.assertEqual(words.count("fontconfig"), 1)

    def test_what_they_do_not_package_is_named_not_installed(self):
        for manager in ("dnf", "pacman"):
            machine = self.machine(uid=0, manager=manager)
            machine.tool("pkg-config", "exit 1")
            result = machine.run("app/demo.sh")
            self.assertEqual(result.returncode, 3)
            self.assertIn("no package of imgui", result.stderr)
            self.assertNotIn("imgui", " ".join(machine.calls(manager)))


class HowTheProgramIsRun(ScriptTest):
    def test_in_the_terminal_in_the_window_or_as_told(self):
        for display, arguments, ran_with in ((None, [], "run handshake --hold"), (":0", [], ""),
                                             (":0", ["check", "a b"], "check a b")):
            machine = self.machine(installed=BUILD_AND_RUN, display=display)
            with tempfile.TemporaryDirectory() as elsewhere:
                result = machine.run("app/demo.sh", *arguments, cwd=elsewhere)
                last = result.stdout.splitlines()[-1]
                self.assertEqual(last, f"tcpstep({ran_with}) in {os.path.realpath(elsewhere)}")

    def test_a_failed_build_runs_nothing(self):
        machine = self.machine(installed=BUILD_AND_RUN)
        machine.tool("cmake", '[ "$1" != --build ]')
        result = machine.run("app/demo.sh")
        self.assertNotEqual(result.returncode, 0)
        self.assertNotIn("tcpstep(", result.stdout)


class HowTheTestsAreRun(ScriptTest):
    def run_tests(self, ctest, script="tests/run.sh", *arguments, **more):
        machine = self.machine(installed=BUILD_AND_RUN + TEST)
        machine.tool("ctest", ctest)
        return machine, machine.run(script, *arguments, **more)

    def test_the_summary_is_last_and_the_status_is_ctests(self):
        _, result = self.run_tests("echo '50% tests passed'; exit 8")
        self.assertEqual(result.returncode, 8)
        self.assertEqual((result.stdout + result.stderr).splitlines()[-1], "50% tests passed")

    def test_options_are_ctests(self):
        machine, _ = self.run_tests("exit 0", "tests/run.sh", "-R", "model")
        self.assertTrue(machine.calls("ctest")[0].endswith("--parallel 2 -R model"))

    def test_a_failed_build_runs_no_test(self):
        machine = self.machine(installed=BUILD_AND_RUN + TEST)
        machine.tool("cmake", '[ "$1" != --build ]')
        self.assertNotEqual(machine.run("tests/run.sh").returncode, 0)
        self.assertEqual(machine.calls("ctest"), [])

    def test_a_skipped_test_is_a_failure_in_ci_only(self):
        skipping = "echo '1/1 Test #1: live ...***Skipped 0.1 sec'"
        _, at_home = self.run_tests(skipping)
        self.assertEqual(at_home.returncode, 0)
        _, in_ci = self.run_tests(skipping, CI="true")
        self.assertEqual(in_ci.returncode, 1)
        self.assertIn("Test #1: live", in_ci.stderr)

    def test_ci_makes_warnings_errors_and_does_the_rest_alike(self):
        machine, _ = self.run_tests("exit 0")
        self.assertIn("-DTCPSTEP_WERROR=OFF", machine.calls("cmake")[0])
        for script, more in (("tests/run.sh", {"CI": "true"}), (".ci/run", {})):
            machine, _ = self.run_tests("exit 0", script, **more)
            self.assertIn("-DTCPSTEP_WERROR=ON", machine.calls("cmake")[0])


class UbuntusUserNamespaces(ScriptTest):
    def restricted(self, **more):
        machine = self.machine(installed=BUILD_AND_RUN, **more)
        (machine.folder / "restriction").write_text("1\n")
        return machine, machine.folder / "tcpstep"

    def test_without_a_terminal_the_remedy_is_told_and_the_demo_goes_on(self):
        machine, profile = self.restricted()
        result = machine.run("app/demo.sh")
        self.assertEqual(result.returncode, 0)
        self.assertIn(f"apparmor_parser --replace {profile}", result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1)
        self.assertFalse(profile.exists())

    def test_yes_at_a_terminal_installs_the_profile_once(self):
        machine, profile = self.restricted()
        self.assertEqual(machine.run_at_terminal("app/demo.sh", "y\n").returncode, 0)
        self.assertIn(f"profile tcpstep {machine.clone}/build/", profile.read_text())
        self.assertIn("userns,", profile.read_text())
        self.assertEqual(machine.calls("apparmor_parser"), [f"apparmor_parser --replace {profile}"])
        again = machine.run("app/demo.sh")
        self.assertEqual(again.stderr, "")

    def test_anything_else_at_a_terminal_does_not(self):
        machine, profile = self.restricted()
        self.assertEqual(machine.run_at_terminal("app/demo.sh", "\n").returncode, 0)
        self.assertFalse(profile.exists())
        self.assertEqual(machine.calls("sudo"), [])

    def test_root_and_other_systems_are_left_alone(self):
        as_root, _ = self.restricted(uid=0)
        unrestricted, _ = self.restricted()
        (unrestricted.folder / "restriction").write_text("0\n")
        for machine in (as_root, unrestricted):
            self.assertEqual(machine.run("app/demo.sh").stderr, "")


class WatchingOthers(ScriptTest):
    def with_setcap(self, granted="", **more):
        machine = self.machine(installed=BUILD_AND_RUN, **more)
        machine.tool("setcap", "exit 0")
        machine.tool("getcap", f"echo '{granted}'", logged=False)
        return machine

    def test_yes_at_a_terminal_grants_the_capability(self):
        machine = self.with_setcap()
        result = machine.run_at_terminal("app/demo.sh", "y\n")
        self.assertEqual(result.returncode, 0, result)
        self.assertEqual(machine.calls("setcap"), [f"setcap cap_net_raw+ep {machine.clone}/build/tcpstep"])

    def test_anything_else_does_not_and_is_not_asked_again(self):
        machine = self.with_setcap()
        self.assertIn("CAP_NET_RAW", machine.run_at_terminal("app/demo.sh", "\n").stdout)
        again = machine.run_at_terminal("app/demo.sh", "y\n")
        self.assertNotIn("CAP_NET_RAW", again.stdout)
        self.assertEqual(machine.calls("setcap", "sudo"), [])

    def test_nobody_is_asked_without_a_terminal_or_as_root_or_where_it_is_granted(self):
        for machine in (self.with_setcap(uid=0), self.with_setcap("tcpstep cap_net_raw=ep")):
            self.assertNotIn("CAP_NET_RAW", machine.run_at_terminal("app/demo.sh", "y\n").stdout)
            self.assertEqual(machine.calls("setcap"), [])
        machine = self.with_setcap()
        result = machine.run("app/demo.sh")
        self.assertNotIn("CAP_NET_RAW", result.stdout + result.stderr)
        self.assertEqual(machine.calls("setcap"), [])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
