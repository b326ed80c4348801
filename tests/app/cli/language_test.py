"""The program in Chinese, as a user meets it: by option, by locale, in columns.

    language_test.py PROGRAM SOURCE_TREE
"""
import json
import sys
import unicodedata
import unittest

from made_capture import MadeCapture
from program_case import ProgramTest

CHINESE = {"LC_ALL": "zh_CN.UTF-8"}


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class Choice(ProgramTest):
    def language(self, *arguments, env=None):
        result = self.run_program(*arguments, env=env)
        self.assertEqual(result.returncode, 0, result)
        return "zh" if "三次握手" in result.stdout else "en" if "The three-way handshake" in result.stdout else None

    def test_by_option(self):
        self.assertEqual(self.language("lessons"), "en")
        self.assertEqual(self.language("lessons", "--lang", "zh"), "zh")
        self.assertEqual(self.language("lessons", "--lang=zh", "--json"), "zh")
        self.assertEqual(self.language("--lang", "zh", "lessons"), "zh")
        self.assertEqual(self.language("lessons", "--lang", "en", env=CHINESE), "en", "it beats the locale")

    def test_by_locale(self):
        self.assertEqual(self.language("lessons", env=CHINESE), "zh")
        self.assertEqual(self.language("lessons", env={"LC_ALL": "zh_TW.UTF-8"}), "en", "not in simplified characters")
        self.assertEqual(self.language("lessons", env={"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8",
                                                       "LANG": "en_US.UTF-8"}), "zh")
        self.assertEqual(self.language("lessons", env={"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.utf8"}), "zh")

    def test_behind_each_command(self):
        nothing = {"TCPSTEP_ASSETS": "/nonexistent"}  # which is found out once the options are read
        self.assertEqual(self.run_program("run", "--all", "--lang", "zh", env=nothing).returncode, 3)
        self.assert_refused(self.run_program("lab", "--lang", "zh", "--port", "x"), 2, "--port")

    def test_wrong_value(self):
        for arguments in (["--lang", "fr"], ["--lang=fr", "lessons"], ["lessons", "--lang", "fr"],
                          ["run", "handshake-free", "--lang", "zh_CN"], ["doctor", "--lang", ""]):
            self.assert_refused(self.run_program(*arguments), 2, "--lang: ", " not in {en,zh}")
        self.assert_refused(self.run_program("lessons", "--lang"), 2, "--lang")

    def test_help(self):
        for arguments in (["--help"], ["run", "--help"], ["decode", "--help"], ["lessons", "--help"], ["doctor", "--help"]):
            english = self.run_program(*arguments).stdout
            chinese = self.run_program(*arguments, "--lang", "zh").stdout
            for text in (english, chinese):
                self.assertIn("--lang en|zh", text)
            self.assertIn("显示的语言", chinese)
            self.assertIn("of what is shown", english)
        self.assertIn("退出状态：0 完成", self.run_program("--lang", "zh", "--help").stdout)
        self.assertIn("示例：", self.run_program("run", "--help", env=CHINESE).stdout)


class InChinese(ProgramTest):
    def assert_straight(self, text):
        """Both lifelines stand in their columns in every row, and no row is too long."""
        rows = [line for line in text.splitlines() if line.count("|") >= 2]
        self.assertGreater(len(rows), 10, text)
        for row in rows:
            self.assertEqual(columns(row[:row.index("|")]), 34, row)
            self.assertEqual(columns(row[:row.rindex("|")]), 53, row)
            self.assertLessEqual(columns(row), 80, row)

    def test_a_run(self):
        result = self.run_program("run", "four-way-close", "--lang", "zh", "--json", "t.qlog")
        self.assertEqual((result.returncode, result.stderr), (0, ""), result)
        self.assertEqual(result.stdout.splitlines()[0], "四次挥手")
        for words in ("客户端 127.0.0.1:", "服务器等待 200 ms 再调用 close()", "次与上面的状态一致",
                      "客户端: CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT"):
            self.assertIn(words, result.stdout)
        self.assert_straight(result.stdout)
        trace = json.loads((self.folder / "t.qlog").read_text(encoding="utf-8"))
        self.assertEqual(trace["title"], "The four-way close", "a trace is the same in every language")
        self.assertIn("有效", self.run_program("check", "t.qlog", "--lang", "zh").stdout)

    def test_a_held_run(self):
        result = self.run_program("run", "connect-retries", "--hold", "--auto", "--verify", env=CHINESE)
        self.assertEqual((result.returncode, result.stderr), (0, ""), result)
        self.assertIn("已验证", result.stdout)
        self.assertIn("重传", result.stdout)
        self.assert_straight(result.stdout)

    def test_a_decoded_capture(self):
        capture = MadeCapture().conversation(("10.0.0.1", 40000), ("10.0.0.2", 80))
        capture.handshake(("10.0.0.1", 40001), ("10.0.0.2", 80))
        (self.folder / "c.pcap").write_bytes(capture.octets())
        result = self.run_program("decode", "c.pcap", "--lang", "zh")
        self.assertEqual(result.returncode, 0, result)
        head, first, second, *rest = result.stdout.splitlines()
        for heading, cells in (("服务器 ", ("10.0.0.2:80", "10.0.0.2:80")), ("客户端状态", ("TIME_WAIT", "ESTABLISHED")),
                               ("开始", ("握手", "握手")), ("结束", ("已关闭，客户端先", "仍打开"))):
            at = columns(head[:head.index(heading)])
            self.assertEqual([columns(line[:line.index(cell)]) for line, cell in zip((first, second), cells)], [at, at],
                             result.stdout)
        self.assertIn("分组：12，TCP 报文段：12，连接：2", result.stdout)

    def test_doctor(self):
        result = self.run_program("doctor", "--lang", "zh")
        self.assertEqual(result.returncode, 0, result)
        self.assertRegex(result.stdout, r"私有网络 +可用 ")
        # Name, verdict and detail stand in columns.
        lines = [line for line in result.stdout.splitlines() if " 可用 " in line]
        self.assertEqual({columns(line[:line.index("可用")]) for line in lines}, {18}, result.stdout)

    def test_a_mishap_is_still_one_line(self):
        self.assert_refused(self.run_program("run", "nothing-of-it", env=CHINESE), 2, "nothing-of-it")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
