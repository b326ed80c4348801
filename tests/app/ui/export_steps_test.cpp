// Which steps the export menu takes.
#include "app/ui/export_steps.hpp"

#include <gtest/gtest.h>

namespace tcpstep::ui {
namespace {

using Range = ExportSteps::Range;
using Which = ExportSteps::Which;

TEST(ExportSteps, AreAllUpToTheShownOneOrThoseThatWereTyped) {
    ExportSteps steps;
    steps.from = "2";
    steps.to = "9";
    EXPECT_EQ(steps.range(4), Range{});
    steps.which = Which::ToHere;
    EXPECT_EQ(steps.range(4), (Range{std::nullopt, 4}));
    EXPECT_EQ(steps.range(0), (Range{std::nullopt, 1})) << "there is no step 0";
    steps.which = Which::Between;
    EXPECT_EQ(steps.range(4), (Range{2, 9}));
    steps.to.clear();
    EXPECT_EQ(steps.range(4), (Range{2, std::nullopt}));
}

TEST(ExportSteps, OfWhatIsTypedDigitsStay) {
    EXPECT_EQ(ExportSteps::digits_of("1a-2 3"), "123");
    EXPECT_EQ(ExportSteps::digits_of("99999999999999999999"), "999999999");
    EXPECT_EQ(ExportSteps::digits_of("x"), "");
}

}  // namespace
}  // namespace tcpstep::ui
