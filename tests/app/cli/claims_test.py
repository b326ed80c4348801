"""What lessons claim, checked on real runs: `tcpstep run` and `tcpstep run --all`.

    claims_test.py PROGRAM SOURCE_TREE
"""
import json
import shutil
import subprocess
import unittest

from program_case import PROGRAM, SOURCE, ProgramTest


class Claims(ProgramTest):
    def made_assets(self, change):
        """The shipped ones, with the handshake changed and no other lesson."""
        assets = self.folder / "assets"
        shutil.copytree(SOURCE / "assets", assets)
        for file in (assets / "lessons").glob("*.json"):
            if file.name != "handshake.json":
                file.unlink()
        file = assets / "lessons" / "handshake.json"
        lesson = json.loads(file.read_text())
        change(lesson)
        file.write_text(json.dumps(lesson))
        return {"TCPSTEP_ASSETS": str(assets)}

    def claims_of(self, trace):
        events = json.loads((self.folder / trace).read_text())["traces"][0]["events"]
        return {e["data"]["claim"]: e["data"] for e in events if e["name"] == "lesson:claim_checked"}

    def test_each_is_told_with_its_evidence_and_kept(self):
        result = self.run_program("run", "handshake", "--json", "t.qlog")
        self.assertEqual((result.returncode, result.stderr), (0, ""), result)
        lesson = json.loads((SOURCE / "assets/lessons/handshake.json").read_text())
        claims = self.claims_of("t.qlog")
        self.assertEqual(sorted(claims), sorted(claim["id"] for claim in lesson["claims"]))
        self.assertTrue(all(claim["holds"] for claim in claims.values()), claims)
        self.assertEqual(result.stdout.count("\nholds "), len(claims))
        seen = claims["connect-before-third"]["evidence"]["seen"]
        self.assertEqual([one["event"] for one in seen],
                         ["tcp:segment_delivered", "sys:call_returned", "tcp:segment_delivered"])
        self.assertEqual(sorted(seen, key=lambda one: one["at_us"]), seen)
        self.assertRegex(result.stdout.replace("\n               ", " "),
                         r"the server's SYN, ACK was delivered at \+\S+ ms; the client's connect\(\) returned \S+ [µm]s later")
        self.assertEqual(self.run_program("check", "t.qlog").returncode, 0)

    def test_one_that_does_not_hold_is_the_exit_status(self):
        def change(lesson):
            (claim,) = [one for one in lesson["claims"] if one["id"] == "syn-counts"]
            claim["plus"] = 2
        assets = self.made_assets(change)
        result = self.run_program("run", "handshake", env=assets)
        self.assert_refused(result, 1, "1 of ", "claims do not hold")
        self.assertIn("\ndoes not hold  The SYN consumes", result.stdout)
        self.assertIn("expected ", result.stdout)
        result = self.run_program("run", "handshake", "--quiet", env=assets)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertTrue(result.stderr.startswith("does not hold  The SYN consumes"), result.stderr)
        result = self.run_program("run", "--all", env=assets)
        self.assert_refused(result, 1, "1 of 1 lessons do not show what they claim")
        self.assertIn("does not hold  The SYN consumes", result.stdout)

    def test_what_needs_patience_is_open_without_it(self):
        result = self.run_program("run", "time-wait", "--json", "t.qlog")
        self.assertEqual((result.returncode, result.stderr), (0, ""), result)
        lesson = json.loads((SOURCE / "assets/lessons/time-wait.json").read_text())
        patient = [claim["id"] for claim in lesson["patience"]["claims"]]
        self.assertEqual(result.stdout.count("\nopen "), len(patient), result.stdout)
        self.assertEqual(result.stdout.count("not waited for: --patience"), len(patient))
        self.assertFalse(set(patient) & set(self.claims_of("t.qlog")))

    def test_held_otherwise_than_the_lesson_means_nothing_is_claimed(self):
        for how in ("--free", "--hold=client"):
            result = self.run_program("run", "handshake", how, "--auto") if how != "--free" else \
                self.run_program("run", "handshake", how)
            self.assertEqual(result.returncode, 0, result)
            self.assertNotIn("holds ", result.stdout)

    def test_all_takes_no_lesson(self):
        self.assertEqual(self.run_program("run", "--all", "handshake").returncode, 2)
        self.assertEqual(self.run_program("run", "--all", "--free").returncode, 2)
        self.assertEqual(self.run_program("run").returncode, 2)

    def test_every_lesson_shows_what_it_claims(self):
        result = subprocess.run([PROGRAM, "run", "--all"], capture_output=True, text=True, timeout=240)
        self.assertEqual((result.returncode, result.stderr), (0, ""), result.stdout)
        head, *rows, total = result.stdout.splitlines()
        self.assertEqual(head.split(), ["lesson", "claims", "seconds"])
        listed = json.loads(self.run_program("lessons", "--json").stdout)
        self.assertEqual(sum("not waited for: --patience" in row for row in rows), 1, rows)
        rows = [row for row in rows if "--patience" not in row]
        for row in rows:
            holding, claimed = row.split()[1].split("/")
            self.assertEqual(holding, claimed, row)
        self.assertEqual([row.split()[0] for row in rows], [lesson["id"] for lesson in listed])


if __name__ == "__main__":
    unittest.main(argv=["claims_test.py"])
