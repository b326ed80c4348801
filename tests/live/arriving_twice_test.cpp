// Segments that arrive twice or in another order, where states depend on them: asked of the kernel
// after each.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"
#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;
using testing::SteppedRun;

lesson::Lesson lesson_of(const std::string& server, const std::string& client) {
    auto lesson = lesson::parse_lesson(
        R"({"id":"x","order":900,"title":{"en":"x"},"summary":{"en":"x"},"segments":"held_only",
        "server_address":"127.0.0.1:8000","server":[{"call":"socket","as":"l"},
        {"call":"bind","on":"l"},{"call":"listen","on":"l","backlog":5},
        {"call":"accept","on":"l","as":"c"})" +
            server + R"(],"client":[{"call":"socket","as":"s"},
        {"call":"connect","on":"s","after":[{"actor":"server","step":"accept","has":"entered"}]})" +
            client + R"(],"ends_with":{"client":"LISTEN","server":"CLOSED"}})",
        "x");
    EXPECT_TRUE(lesson) << lesson.error().line();
    return *lesson;
}

class Held : public SteppedRun {
  public:
    explicit Held(const std::string& server = "", const std::string& client = "")
        : SteppedRun(lesson_of(server, client)) {
        settle();
    }
    // Delivers the next segments, up to and without the first with these flags from that end.
    model::SegmentId up_to(Role from, const std::string& flags) {
        for (int most = 30; most > 0; --most) {
            const model::InFlight* one = next_held(connection());
            if (one == nullptr) break;
            if (one->segment.from == from && to_label(one->segment.flags) == flags) {
                return one->segment.id;
            }
            let_go(one->segment.id);
        }
        ADD_FAILURE() << "no " << flags << "\n" << text();
        return 0;
    }
    // A copy of it; the copy's id.
    model::SegmentId copy(model::SegmentId id) {
        command(Duplicate{id});
        settle();
        for (const model::Event& event : trace.events()) {
            const auto* copied = std::get_if<model::SegmentDuplicated>(&event.fact);
            if (copied != nullptr && copied->id == id) return copied->copy;
        }
        ADD_FAILURE() << "no copy\n" << text();
        return 0;
    }
    void let_go(model::SegmentId id) {
        command(Deliver{id});
        settle();
        EXPECT_EQ(disagreements(), "") << text();
    }
    // All but that one, until nothing else is held.
    void let_go_all_but(model::SegmentId kept) {
        for (int most = 30; most > 0; --most) {
            const auto held = held_now();
            const auto other =
                std::find_if(held.begin(), held.end(), [&](auto id) { return id != kept; });
            if (other == held.end()) return;
            let_go(*other);
        }
    }
    std::vector<model::SegmentId> held_now() {
        std::vector<model::SegmentId> ids;
        for (const model::InFlight& one : connection().in_flight) {
            if (one.held && one.copy_of == 0) ids.push_back(one.segment.id);
        }
        return ids;
    }
};

TEST(ArrivingTwice, ASynFindsItsRequest) {
    Held run;
    const auto copy = run.copy(run.next());
    run.let_go(run.next());
    run.let_go(copy);
    EXPECT_EQ(run.states_now(), "SYN_SENT SYN_RCVD") << run.text();
    run.let_go_all_but(0);
    EXPECT_EQ(run.states_now(), "ESTABLISHED ESTABLISHED") << run.text();
}

TEST(ArrivingTwice, ASynIsAStrayInItsOpenConnection) {
    Held run;
    const auto copy = run.copy(run.next());
    run.let_go_all_but(copy);
    EXPECT_EQ(run.states_now(), "ESTABLISHED ESTABLISHED") << run.text();
    run.let_go(copy);
    run.let_go_all_but(0);
    EXPECT_EQ(run.states_now(), "ESTABLISHED ESTABLISHED") << run.text();
}

TEST(ArrivingTwice, ASynAckIsAnsweredByAnAckThatOpensTheServer) {
    Held run;
    const auto answer = run.up_to(Role::Server, "SYN, ACK");
    const auto copy = run.copy(answer);
    run.let_go(answer);
    const auto third = run.up_to(Role::Client, "ACK");
    run.let_go(copy);
    EXPECT_EQ(run.states_now(), "ESTABLISHED SYN_RCVD") << run.text();
    // The second answer to it overtakes the third segment.
    const auto held = run.held_now();
    ASSERT_EQ(held.size(), 2U) << run.text();
    run.let_go(held[1]);
    EXPECT_EQ(run.states_now(), "ESTABLISHED ESTABLISHED") << run.text();
    run.let_go(third);
    EXPECT_EQ(run.states_now(), "ESTABLISHED ESTABLISHED") << run.text();
}

TEST(ArrivingTwice, ASynAckIsAStrayInAnOpenConnection) {
    Held run;
    const auto answer = run.up_to(Role::Server, "SYN, ACK");
    const auto copy = run.copy(answer);
    run.let_go_all_but(copy);
    EXPECT_EQ(run.states_now(), "ESTABLISHED ESTABLISHED") << run.text();
    run.let_go(copy);
    run.let_go_all_but(0);
    EXPECT_EQ(run.states_now(), "ESTABLISHED ESTABLISHED") << run.text();
}

constexpr const char* kClientCloses =
    R"(,{"call":"shutdown","on":"s","how":"SHUT_WR",
         "after":[{"actor":"server","step":"accept","has":"returned"}]})";
constexpr const char* kServerClosesThen =
    R"(,{"call":"shutdown","on":"c","how":"SHUT_WR",
         "after":[{"endpoint":"server","state":"CLOSE_WAIT"}]})";

TEST(ArrivingTwice, AFinReachesTimeWaitOnceMore) {
    Held run(kServerClosesThen, kClientCloses);
    const auto fin = run.up_to(Role::Server, "FIN, ACK");
    const auto copy = run.copy(fin);
    run.let_go(fin);
    EXPECT_EQ(run.states_now(), "TIME_WAIT LAST_ACK") << run.text();
    run.let_go(copy);
    EXPECT_EQ(run.states_now(), "TIME_WAIT LAST_ACK") << run.text();
    run.let_go_all_but(0);
    EXPECT_EQ(run.state(Role::Server), "CLOSED") << run.text();
}

// The answer to the second FIN finds no socket any more; the RST that answers it ends TIME_WAIT.
TEST(ArrivingTwice, AFinReachesTimeWaitWhenItsSenderIsGone) {
    Held run(kServerClosesThen, kClientCloses);
    const auto fin = run.up_to(Role::Server, "FIN, ACK");
    const auto copy = run.copy(fin);
    run.let_go_all_but(copy);
    EXPECT_EQ(run.states_now(), "TIME_WAIT CLOSED") << run.text();
    run.let_go(copy);
    EXPECT_EQ(run.states_now(), "TIME_WAIT CLOSED") << run.text();
    run.let_go_all_but(0);
    EXPECT_EQ(run.states_now(), "CLOSED CLOSED") << run.text();
}

TEST(ArrivingTwice, AFinReachesCloseWaitAndLastAckOnceMore) {
    for (const bool late : {false, true}) {
        Held run(kServerClosesThen, kClientCloses);
        const auto fin = run.up_to(Role::Client, "FIN, ACK");
        const auto copy = run.copy(fin);
        if (late) {
            run.up_to(Role::Server, "FIN, ACK");
            EXPECT_EQ(run.state(Role::Server), "LAST_ACK") << run.text();
        } else {
            run.let_go(fin);
        }
        run.let_go(copy);
        run.let_go_all_but(0);
        EXPECT_EQ(run.state(Role::Server), "CLOSED") << run.text();
    }
}

// One end sends data and a FIN while the other's FIN is on its way: every order of the three, and
// each of them twice.
constexpr const char* kServerSpeaksAndCloses =
    R"(,{"call":"send","on":"c","data":"hello",
         "after":[{"actor":"client","step":"shutdown","has":"returned"}]},
        {"call":"shutdown","on":"c","how":"SHUT_WR"})";

class CrossingFins : public ::testing::TestWithParam<int> {};

TEST_P(CrossingFins, AgreeInEveryOrder) {
    for (int copied = -1; copied < 3; ++copied) {
        Held run(kServerSpeaksAndCloses, kClientCloses);
        for (int i = 0; i < 3; ++i) run.let_go(run.next());
        std::vector<model::SegmentId> order = run.held_now();
        ASSERT_EQ(order.size(), 3U) << run.text();
        model::SegmentId copy = 0;
        if (copied >= 0) copy = run.copy(order[static_cast<std::size_t>(copied)]);
        for (int i = 0; i < GetParam(); ++i) std::next_permutation(order.begin(), order.end());
        for (const model::SegmentId id : order) run.let_go(id);
        if (copy != 0) run.let_go(copy);
        run.let_go_all_but(0);
        const std::string client = run.state(Role::Client);
        EXPECT_TRUE(client == "TIME_WAIT" || client == "CLOSED") << client << "\n" << run.text();
        EXPECT_EQ(run.disagreements(), "") << run.text();
    }
}
INSTANTIATE_TEST_SUITE_P(Orders, CrossingFins, ::testing::Range(0, 6));

}  // namespace
}  // namespace tcpstep::lab
