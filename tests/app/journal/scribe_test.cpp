#include "app/journal/scribe.hpp"

#include <chrono>
#include <future>

#include "app/files/whole_file.hpp"
#include "tests/app/journal/sessions.hpp"
#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::journal {
namespace {

// The first events of it.
model::Trace beginning(const model::Trace& whole, std::size_t events) {
    model::Trace trace;
    trace.title = whole.title;
    trace.description = whole.description;
    for (const model::ConnectionId& id : whole.connections()) trace.intern(id);
    for (std::size_t i = 0; i < events; ++i) trace.append(whole.events()[i]);
    return trace;
}

TEST_F(Sessions, OfAWindowAreWrittenBeforeItEnds) {
    const model::Trace first = model::qlog::lab_run(0);
    const model::Trace second = model::qlog::gated_run();
    {
        Scribe scribe;
        scribe.grown(first);  // of no run
        scribe.begin("first");
        model::Trace growing = beginning(first, 1);
        for (std::size_t i = 1; i <= first.events().size(); ++i) {
            scribe.grown(growing);
            if (i < first.events().size()) growing.append(first.events()[i]);
        }
        scribe.begin("without events");
        scribe.begin("second");
        scribe.grown(second);
        EXPECT_EQ(scribe.take_fault(), std::nullopt);
    }
    ASSERT_EQ(names().size(), 2U);
    EXPECT_NE(names()[0].find("first"), std::string::npos);
    EXPECT_EQ(*files::read_whole(folder / names()[0]), model::qlog::sequential_text(first));
    EXPECT_EQ(*files::read_whole(folder / names()[1]), model::qlog::sequential_text(second));
}

TEST_F(Sessions, ThatCannotBeWrittenAreToldOnceForEachRun) {
    std::ofstream(state / "tcpstep") << "in the way";
    const model::Trace run = model::qlog::lab_run(0);
    Scribe scribe;
    for (int i = 0; i < 2; ++i) {
        std::promise<void> woken;
        scribe.set_wake([&] { woken.set_value(); });  // twice would throw
        scribe.begin("lesson");
        model::Trace growing = beginning(run, 1);
        scribe.grown(growing);
        growing.append(run.events()[1]);
        scribe.grown(growing);
        ASSERT_EQ(woken.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
        const auto fault = scribe.take_fault();
        ASSERT_TRUE(fault);
        EXPECT_NE(fault->what.find("Not a directory"), std::string::npos) << fault->what;
        EXPECT_EQ(scribe.take_fault(), std::nullopt);
    }
}

}  // namespace
}  // namespace tcpstep::journal
