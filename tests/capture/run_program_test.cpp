#include "capture/run_program.hpp"

#include <gtest/gtest.h>

namespace tcpstep::capture {
namespace {

TEST(RunProgram, TellsHowItEndedAndWhatItSaidFirst) {
    struct Row {
        const char* script;
        bool succeeded;
        const char* answer;
    };
    const Row kRows[] = {
        {"true", true, ""},
        {"exit 3", false, ""},
        {"kill -9 $$", false, ""},
        {"echo one; echo two", true, "one"},
        {"echo error >&2; exit 1", false, "error"},
        {"echo '# Warning: of no interest'; echo; echo error; exit 1", false, "error"},
        {"printf 'no end of line'", true, "no end of line"},
        {"read line && echo \"$line\"", false, ""},  // there is nothing to read
        {"echo $TCPSTEP_TEST $0", true, "ours sh"},
        {"i=0; while [ $i -lt 20000 ]; do echo $i; i=$((i+1)); done", true, "0"},
    };
    for (const Row& row : kRows) {
        SCOPED_TRACE(row.script);
        const ProgramEnd end =
            run_program(find_program("sh"), {"sh", "-c", row.script}, {"TCPSTEP_TEST=ours"});
        EXPECT_EQ(end.succeeded, row.succeeded);
        EXPECT_EQ(end.answer, row.answer);
    }
}

TEST(RunProgram, SaysWhyItDidNotRun) {
    const ProgramEnd end = run_program("/nowhere/at-all", {"at-all"});
    EXPECT_FALSE(end.succeeded);
    EXPECT_EQ(end.answer, "No such file or directory");
}

TEST(FindProgram, LooksInPathAndNowhereForWhatIsNot) {
    EXPECT_NE(find_program("sh").find("/sh"), std::string::npos);
    EXPECT_EQ(find_program("tcpstep-no-such-program"), "");
}

}  // namespace
}  // namespace tcpstep::capture
