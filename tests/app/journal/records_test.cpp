#include "app/journal/records.hpp"

#include <gtest/gtest.h>

#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::journal {
namespace {

TEST(Records, TogetherAreTheSequentialForm) {
    const model::Trace whole = model::qlog::lab_run(0);
    model::Trace growing;
    growing.title = whole.title;
    growing.description = whole.description;
    for (const model::ConnectionId& id : whole.connections()) growing.intern(id);
    Records records;
    EXPECT_EQ(records.take_new(growing), "") << "no event, no header";
    std::string all;
    for (const model::Event& event : whole.events()) {
        growing.append(event);
        const std::string added = records.take_new(growing);
        EXPECT_EQ(added.front(), '\x1e');
        EXPECT_EQ(added.back(), '\n');
        all += added;
        EXPECT_EQ(records.take_new(growing), "") << "nothing is given twice";
    }
    EXPECT_EQ(all, model::qlog::sequential_text(whole));
}

}  // namespace
}  // namespace tcpstep::journal
