"""TIME_WAIT waited out: `tcpstep run --patience`. It takes a minute, and no processor.

    patience_test.py PROGRAM SOURCE_TREE
"""
import json
import resource
import unittest

from program_case import ProgramTest


class Patience(ProgramTest):
    def test_time_wait_is_over_after_2_msl(self):
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        result = self.run_program("run", "time-wait", "--patience", "--json", "t.qlog", timeout=200)
        self.assertEqual((result.returncode, result.stderr), (0, ""), result)
        events = json.loads((self.folder / "t.qlog").read_text())["traces"][0]["events"]
        claims = {e["data"]["claim"]: e["data"] for e in events if e["name"] == "lesson:claim_checked"}
        self.assertTrue(all(claim["holds"] for claim in claims.values()), claims)
        measured = int(claims["two-msl"]["evidence"]["found"].removesuffix(" µs"))
        self.assertTrue(59_900_000 <= measured <= 65_000_000, measured)
        states = [e["data"]["state"] for e in events
                  if e["name"] == "kernel:socket_sampled" and e["data"]["endpoint"] == "server"]
        self.assertEqual(states[-2:], ["TIME_WAIT", "CLOSED"])
        self.assertNotIn("--patience", result.stdout)
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.assertLess(spent.ru_utime + spent.ru_stime - used.ru_utime - used.ru_stime, 10)


if __name__ == "__main__":
    unittest.main(argv=["patience_test.py"])
