"""The rules of the tree, checked on its files:

    layering_test.py ROOT        one line a violation, exit status 1 if there is any
    layering_test.py --self-test each rule, on made trees that break it
"""
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TOP_LEVEL = {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md",
             "app", "assets", "capture", "model", "tests"}
LAYERS = {"model": {"model"}, "capture": {"capture", "model"},
          "app": {"app", "capture", "model"}, "tests": {"app", "capture", "model", "tests"}}
CODE = {".hpp", ".cpp", ".h", ".def"}
README_LINES = 30

# The standard library as the model may use it: without threads, for it has none.
STANDARD = set("""algorithm any array bit bitset cassert cctype cerrno cfloat charconv chrono
    cinttypes climits cmath compare complex concepts cstddef cstdint cstdio cstdlib cstring ctime
    deque exception format forward_list functional initializer_list iomanip ios iosfwd istream
    iterator limits list locale map memory memory_resource new numbers numeric optional ostream
    queue random ranges ratio regex set span sstream stack stdexcept streambuf string string_view
    system_error tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray
    variant vector version""".split())
WINDOW_HEADER = re.compile(r"^(.*/)?(imgui|imstb_|GLFW/|GL/|GLES\d?/|glad/|KHR/|EGL/)")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
CLOCK = re.compile(r"\b(clock_gettime|gettimeofday)\s*\(|_clock::now\s*\(")


def code_files(root, *folders):
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in CODE:
                yield path


def includes(path):
    """(line number, '<' or '"', header) of each include."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1], match[2]


def check_layers(root):
    """Includes go only app -> capture -> model, and start at the root."""
    for path in code_files(root, *LAYERS):
        layer = path.relative_to(root).parts[0]
        for number, kind, header in includes(path):
            target = header.split("/")[0]
            if kind == '"' and target not in LAYERS:
                yield path, number, f'"{header}" does not start at the root of the tree'
            elif target in LAYERS and "/" in header and target not in LAYERS[layer]:
                yield path, number, f"{layer} must not know {header}"


def check_model(root):
    """model knows only the standard library, tl::expected, and JSON where traces are read."""
    for path in code_files(root, "model"):
        place = path.relative_to(root)
        for number, kind, header in includes(path):
            if kind == '"' or header in STANDARD:
                continue
            if header == "tl/expected.hpp" and place == Path("model/result.hpp"):
                continue
            if header.startswith("nlohmann/") and place.match("model/qlog/*.cpp"):
                continue
            yield path, number, f"model must not know <{header}>"


def check_clock(root):
    """The model has no clock: times are passed in."""
    for path in code_files(root, "model"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if CLOCK.search(line.split("//")[0]):
                yield path, number, "model must not read a clock"


def check_window(root):
    """The headers of the window's libraries are seen only in app/ui and its tests."""
    for path in code_files(root, *LAYERS):
        if path.relative_to(root).as_posix().startswith(("app/ui/", "tests/app/ui/")):
            continue
        for number, _, header in includes(path):
            if WINDOW_HEADER.match(header):
                yield path, number, f"{header} belongs into app/ui"


def app_order(text):
    """What each folder of app may include, as the comment on top of app/CMakeLists.txt tells:
    `a -> b -> c` lets a know b and c; `a, b -> c` is two lines; `all` is every folder."""
    may, for_all = {}, set()
    for chain in re.findall(r"[a-z, ]+(?:->[a-z, ]+)+", text.replace("#", ";").replace("\n", ";")):
        links = [{name.strip() for name in link.split(",")} for link in chain.split("->")]
        for i, sources in enumerate(links):
            below = set().union(*links[i + 1:])
            for source in sources:
                if source == "all":
                    for_all |= below
                else:
                    may.setdefault(source, set()).update(below)
    return {folder: {folder} | known | for_all for folder, known in may.items()} | {
        folder: {folder} for folder in for_all}


def check_app(root):
    """Inside app includes go as its CMakeLists.txt says; main.cpp stands above all."""
    lists = root / "app/CMakeLists.txt"
    order = app_order(lists.read_text(encoding="utf-8")) if lists.exists() else {}
    for path in code_files(root, "app"):
        parts = path.relative_to(root / "app").parts
        if len(parts) == 1:
            continue
        if parts[0] not in order:
            yield path, 1, f"app/CMakeLists.txt does not say where {parts[0]} stands in the order"
            continue
        for number, _, header in includes(path):
            target = header.split("/")
            if target[0] == "app" and target[1] not in order[parts[0]]:
                yield path, number, f"app/{parts[0]} must not know {header}"


# Folders of one subject whose parts look only down: each may include itself and what follows.
CHAINS = [["app/ui/window", "app/ui/panel", "app/ui", "app/ui/font"]] + [
    [f"app/view/{part}", "app/view"] for part in
    ("diagram", "ladder", "lists", "octets", "terminal")] + [
    ["app/exports/html", "app/exports/picture", "app/exports"],
    ["app/exports/packets", "app/exports"], ["app/exports/packetdrill", "app/exports"]]


def check_chains(root):
    """Inside ui, view and exports, too, includes go one way."""
    for chain in CHAINS:
        subject = chain[-1] if chain[-1] != "app/ui/font" else "app/ui"
        for i, folder in enumerate(chain):
            for path in sorted((root / folder).glob("*.?pp")):
                for number, _, header in includes(path):
                    target = str(Path(header).parent)
                    if Path(subject) in [Path(target), *Path(target).parents] and \
                            target not in chain[i:]:
                        yield path, number, f"{folder} must not know {header}"


def top_level(root):
    """What git knows of; everything but build folders where there is no git."""
    if (root / ".git").exists():
        # The clone may belong to another user than the one who tests it.
        git = subprocess.run(["git", "-c", "safe.directory=*", "-C", str(root), "ls-files"],
                             capture_output=True, text=True, check=False)
        if git.returncode == 0 and git.stdout:
            return {line.split("/")[0] for line in git.stdout.splitlines()}
    return {path.name for path in root.iterdir() if not path.name.startswith("build")}


def check_top_level(root):
    """The top level is fixed."""
    for name in sorted(top_level(root) - TOP_LEVEL):
        if not name.startswith("."):
            yield root / name, 1, "does not belong on the top level"


def check_readmes(root):
    """Each folder with code has a README of at most 30 lines, so that a newcomer reads it."""
    folders = {path.parent for path in code_files(root, "app", "capture", "model")}
    for folder in sorted(folders):
        if not (folder / "README.md").exists():
            yield folder, 1, "has no README.md"
    for readme in sorted(path for layer in LAYERS for path in (root / layer).rglob("README.md")):
        lines = len(readme.read_text(encoding="utf-8").splitlines())
        if lines > README_LINES:
            yield readme, lines, f"is longer than {README_LINES} lines"


PRINT = re.compile(r"\bfmt::print\s*\(|\bprintf\s*\(")


def check_print(root):
    """What the program says goes through app/cli/output.hpp: fmt::print() throws on a full disk."""
    for path in code_files(root, "app"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if PRINT.search(line.split("//")[0]):
                yield path, number, "print with app/cli/output.hpp, which does not throw"


RULES = [check_layers, check_model, check_clock, check_window, check_app, check_chains, check_top_level,
         check_readmes, check_print]


def violations(root):
    """One line each: file:line: what is wrong."""
    return [f"{path.relative_to(root)}:{number}: {what}"
            for rule in RULES for path, number, what in rule(root)]


class SelfTest(unittest.TestCase):
    """A made tree that keeps every rule, and what each broken rule says."""

    SOUND = {
        "CMakeLists.txt": "", ".gitignore": "", "build-dev/junk.txt": "",
        "model/README.md": "", "model/result.hpp": "#include <tl/expected.hpp>\n#include <string>",
        "model/seq_num.hpp": '#include "model/result.hpp"\n// system_clock::now() is not for us',
        "model/qlog/README.md": "", "model/qlog/reader.cpp": "#include <nlohmann/json.hpp>",
        "capture/README.md": "", "capture/live.cpp": '#include <pcap.h>\n#include "model/time.hpp"',
        "app/CMakeLists.txt": "# go one way:\n#   cli -> ui -> lab\n#   cli, ui -> view;  all -> strings"
                              "\nadd_subdirectory(cli)\n",
        "app/README.md": "", "app/main.cpp": '#include "app/cli/program.hpp"',
        "app/ui/README.md": "", "app/ui/panel.cpp": "#include <GLFW/glfw3.h>\n"
                                                    '#include "app/view/ladder.hpp"',
        "app/strings/README.md": "", "app/strings/strings.cpp": '#include "app/strings/table.def"',
        "app/view/README.md": "", "app/view/ladder.cpp": '#include "app/strings/strings.hpp"',
        "tests/model/seq_num_test.cpp": "#include <gtest/gtest.h>\n#include <thread>",
        "tests/app/ui/panel_test.cpp": "#include <imgui.h>",
    }

    def told_of(self, changes=None):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name, text in {**self.SOUND, **(changes or {})}.items():
                if text is not None:
                    (root / name).parent.mkdir(parents=True, exist_ok=True)
                    (root / name).write_text(text, encoding="utf-8")
            return violations(root)

    def test_a_sound_tree_breaks_no_rule(self):
        self.assertEqual(self.told_of(), [])

    def test_each_broken_rule_is_told_with_its_place(self):
        for name, text, told in (
                ("model/a.hpp", '\n#include "capture/live.hpp"', "2: model must not know capture/"),
                ("model/a.hpp", "#include <capture/live.hpp>", "1: model must not know capture/"),
                ("model/a.hpp", '#include "seq_num.hpp"', "1: \"seq_num.hpp\" does not start"),
                ("capture/a.cpp", '#include "app/cli/x.hpp"', "1: capture must not know app/cli"),
                ("model/a.cpp", "#include <unistd.h>", "1: model must not know <unistd.h>"),
                ("model/a.cpp", "#include <thread>", "1: model must not know <thread>"),
                ("model/a.cpp", "#include <fmt/core.h>", "1: model must not know <fmt/core.h>"),
                ("model/a.cpp", "#  include <tl/expected.hpp>", "1: model must not know <tl/"),
                ("model/a.cpp", "#include <nlohmann/json.hpp>", "1: model must not know <nlohm"),
                ("model/qlog/a.hpp", "#include <nlohmann/json.hpp>", "1: model must not know <nlo"),
                ("model/a.cpp", "auto t = std::chrono::system_clock::now();", "1: model must not re"),
                ("app/view/a.cpp", "#include <imgui.h>", "1: imgui.h belongs into app/ui"),
                ("app/view/a.cpp", "#include <imgui/imgui.h>", "1: imgui/imgui.h belongs into"),
                ("tests/app/lab/a.cpp", "#include <GL/gl.h>", "1: GL/gl.h belongs into app/ui"),
                ("app/view/a.cpp", '#include "app/ui/panel.hpp"', "1: app/view must not know app/ui"),
                ("app/view/a.cpp", '#include "app/view/lists/x.hpp"', "1: app/view must not know"),
                ("app/view/lists/a.cpp", '#include "app/view/ladder/x.hpp"', "1: app/view/lists mus"),
                ("app/ui/font/a.cpp", '#include "app/ui/painter.hpp"', "1: app/ui/font must not"),
                ("app/ui/panel/a.cpp", '#include "app/ui/window/x.hpp"', "1: app/ui/panel must no"),
                ("app/strings/a.cpp", '#include "app/view/x.hpp"', "1: app/strings must not know"),
                ("app/new/a.cpp", "", "1: app/CMakeLists.txt does not say where new stands"),
                ("app/view/a.cpp", 'fmt::print("{}", 1);', "1: print with app/cli/output.hpp"),
                ("notes.txt", "", "1: does not belong on the top level"),
                ("capture/README.md", "line\n" * 31, "31: is longer than 30 lines")):
            with self.subTest(name=name, text=text):
                self.assertIn(f"{name}:{told}", "\n".join(self.told_of({name: text})))

    def test_a_folder_without_readme(self):
        self.assertEqual(self.told_of({"model/qlog/README.md": None}),
                         ["model/qlog:1: has no README.md"])

    def test_a_chain_lets_the_first_know_the_last(self):
        self.assertEqual(self.told_of({"app/cli/README.md": "", "app/lab/README.md": "",
                                       "app/cli/a.cpp": '#include "app/lab/run.hpp"'}), [])


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        unittest.main(argv=sys.argv[:1])
    found = violations(Path(sys.argv[1]).resolve())
    print("\n".join(found) if found else "every rule holds")
    sys.exit(1 if found else 0)
