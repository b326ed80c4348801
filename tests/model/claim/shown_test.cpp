#include "model/claim/shown.hpp"

#include <gtest/gtest.h>

namespace tcpstep::model::claim {
namespace {

TEST(ShownValues, HaveTheirUnits) {
    EXPECT_EQ(shown(TimeBetween{}, 25), "25 µs");
    EXPECT_EQ(shown(Shortest{}, 862), "0.8 µs");
    EXPECT_EQ(shown(Shortest{}, 12'050), "12.0 µs");
    EXPECT_EQ(shown(SampledOf{SampledField::RtoUs, Role::Client, 1, {}}, 204'000), "204000 µs");
    EXPECT_EQ(shown(SampledOf{SampledField::TimerMs, Role::Client, 1, {}}, 59'987), "59.98 s");
    EXPECT_EQ(shown(CellOf{{}, Row::Server, 1, Column::TmWhen}, 5'903), "59.03 s");
    EXPECT_EQ(shown(CellOf{{}, Row::Server, 1, Column::TmWhen}, -7), "-0.07 s");
    EXPECT_EQ(shown(SampledOf{}, 17), "17");
    EXPECT_EQ(shown(std::int64_t{3}, 3), "3");
}

}  // namespace
}  // namespace tcpstep::model::claim
