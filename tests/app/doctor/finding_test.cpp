#include "app/doctor/finding.hpp"

#include <gtest/gtest.h>

namespace tcpstep::doctor {
namespace {

TEST(CanRunLessons, UnlessSomethingThatTheyNeedIsMissing) {
    struct Case {
        Verdict verdict;
        bool lessons_need_it;
        bool run;
    };
    for (const Case& c :
         {Case{Verdict::Works, true, true}, Case{Verdict::Limited, true, true},
          Case{Verdict::Missing, true, false}, Case{Verdict::Works, false, true},
          Case{Verdict::Limited, false, true}, Case{Verdict::Missing, false, true}}) {
        const Finding works{"A", Verdict::Works, "", "", true};
        const Finding finding{"B", c.verdict, "", "", c.lessons_need_it};
        EXPECT_EQ(can_run_lessons({works, finding}), c.run);
    }
}

TEST(Report, IsALineEachWithItsRemedyUnderIt) {
    EXPECT_EQ(report({{"Private network", Verdict::Works, "without root", "", true},
                      {"Display", Verdict::Limited, "none", "start it from a desktop"}}),
              "Private network   works    without root\n"
              "Display           limited  none\n"
              "                           -> start it from a desktop\n"
              "\n"
              "Lessons run live on this machine.\n");
}

TEST(Report, SaysInItsLastLineThatLessonsDoNotRun) {
    EXPECT_EQ(report({{"Private network", Verdict::Missing, "forbidden", "", true}}),
              "Private network   missing  forbidden\n"
              "\n"
              "Lessons do not run live on this machine: see what is missing above.\n");
}

}  // namespace
}  // namespace tcpstep::doctor
