// Urgent data: the segment says so, and nothing else about the connection changes.
#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"
#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;
using testing::SteppedRun;

lesson::Lesson urging() {
    auto lesson = lesson::parse_lesson(
        R"({"id":"x","order":900,"title":{"en":"x"},"summary":{"en":"x"},"segments":"held_only",
        "server_address":"127.0.0.1:8000","server":[{"call":"socket","as":"l"},
        {"call":"bind","on":"l"},{"call":"listen","on":"l","backlog":5},
        {"call":"accept","on":"l","as":"c"},{"call":"recv","on":"c","size":100},
        {"call":"recv","on":"c","size":100,"label":"end"},{"call":"close","on":"c"}],
        "client":[{"call":"socket","as":"s"},
        {"call":"connect","on":"s","after":[{"actor":"server","step":"accept","has":"entered"}]},
        {"call":"send","on":"s","data":"stop!","urgent":true},{"call":"close","on":"s"}],
        "ends_with":{"client":"TIME_WAIT","server":"CLOSED"}})",
        "x");
    EXPECT_TRUE(lesson) << lesson.error().line();
    return *lesson;
}

TEST(Urgent, TheSegmentSaysSoAndModelAndKernelAgree) {
    SteppedRun run(urging());
    run.deliver_all();
    EXPECT_EQ(run.status(), LabRun::Status::Finished) << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
    EXPECT_NE(run.flags().find("URG"), std::string::npos) << run.flags();
    // The urgent octet is not in the stream: recv() without MSG_OOB does not give it.
    EXPECT_EQ(run.received(Role::Server), 4) << run.text();
    const auto& events = run.trace.events();
    const auto call = std::find_if(events.begin(), events.end(), [](const model::Event& event) {
        const auto* entered = std::get_if<model::CallEntered>(&event.fact);
        return entered != nullptr && entered->call == "send";
    });
    ASSERT_NE(call, events.end());
    EXPECT_EQ(std::get<model::CallEntered>(call->fact).arguments.back(),
              (model::CallArgument{"flags", "MSG_OOB"}));
}

}  // namespace
}  // namespace tcpstep::lab
