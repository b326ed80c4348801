// The same port connects anew while segments of the connection before are on their way.
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

lesson::Lesson lesson_of(const std::string& rest) {
    auto lesson = lesson::parse_lesson(R"({"id":"x","order":900,"title":{"en":"x"},
        "summary":{"en":"x"},"segments":"held_only","server_address":"127.0.0.1:8000",)" +
                                           rest + "}",
                                       "x");
    EXPECT_TRUE(lesson) << lesson.error().line();
    return *lesson;
}

// The first connect() gives up after 1.2 s; the second is from the same port.
lesson::Lesson reconnecting() {
    return lesson_of(
        R"("server":[{"call":"socket","as":"l"},{"call":"bind","on":"l"},
           {"call":"listen","on":"l","backlog":10},{"call":"accept","on":"l","as":"c"}],
        "client":[{"call":"socket","as":"a"},
           {"call":"bind","on":"a","address":"127.0.0.1:40000"},
           {"call":"setsockopt","on":"a","option":"TCP_USER_TIMEOUT","value":1200},
           {"call":"connect","on":"a","fails_with":"ETIMEDOUT",
            "after":[{"actor":"server","step":"accept","has":"entered"}]},
           {"call":"close","on":"a"},{"call":"socket","label":"s2","as":"b"},
           {"call":"bind","label":"b2","on":"b","address":"127.0.0.1:40000"},
           {"call":"connect","label":"c2","on":"b"}],
        "ends_with":{"client":"CLOSED","server":"CLOSED"})");
}

class Reconnecting : public SteppedRun {
  public:
    Reconnecting() : SteppedRun(reconnecting()) { settle(); }

    // Until the second connect() has sent its SYN.
    void await_second() {
        while (syns().size() < 2 && wait()) {
        }
        settle();
        ASSERT_EQ(syns().size(), 2U) << text();
        ASSERT_EQ(trace.connections().size(), 2U) << text();
    }
    // The first segment of each initial sequence number.
    std::vector<model::SegmentId> syns() const {
        std::vector<model::SegmentId> ids;
        std::vector<model::SeqNum> numbers;
        for (const model::Event& event : trace.events()) {
            const auto* sent = std::get_if<model::SegmentSent>(&event.fact);
            if (sent == nullptr || !sent->segment.flags.opens()) continue;
            if (std::find(numbers.begin(), numbers.end(), sent->segment.seq) != numbers.end())
                continue;
            numbers.push_back(sent->segment.seq);
            ids.push_back(sent->segment.id);
        }
        return ids;
    }
    void let_go(model::SegmentId id) {
        command(Deliver{id});
        settle();
        EXPECT_EQ(disagreements(), "") << text();
    }
    // What is in flight in both connections; segments that the kernel sends anew end it by chance.
    void let_all_go() {
        for (int most = 20; most > 0 && next() != 0; --most) let_go(next());
    }
    std::string kernel(Role role, model::ConnectionIndex index) {
        const auto& sample = connection(index).end(role).kernel();
        return sample ? std::string(name(sample->state)) : "not asked";
    }
    std::string model_state(Role role, model::ConnectionIndex index) {
        return std::string(name(connection(index).end(role).state()));
    }
    void expect_open(model::ConnectionIndex index) {
        for (Role role : {Role::Client, Role::Server}) {
            EXPECT_EQ(model_state(role, index), "ESTABLISHED") << text();
            EXPECT_EQ(kernel(role, index), "ESTABLISHED") << text();
        }
        EXPECT_EQ(call(Role::Client, "connect"), "returned 0") << text();
        EXPECT_EQ(disagreements(), "") << text();
    }
    // The connection into whose socket the kernel put it, as told: 0 for its own.
    std::uint32_t told_generation(model::SegmentId id) const {
        for (const model::Event& event : trace.events()) {
            const auto* delivered = std::get_if<model::SegmentDelivered>(&event.fact);
            if (delivered != nullptr && delivered->id == id) return delivered->generation;
        }
        ADD_FAILURE() << "it was not delivered";
        return 0;
    }
};

TEST(PortReuse, AnOldSynIsAStrayInTheNewConnection) {
    Reconnecting run;
    run.await_second();
    run.let_go(run.syns()[1]);
    EXPECT_EQ(run.model_state(Role::Server, 1), "SYN_RCVD") << run.text();
    run.let_go(run.syns()[0]);
    EXPECT_EQ(run.told_generation(run.syns()[0]), 2U) << run.text();
    EXPECT_EQ(run.model_state(Role::Server, 0), "LISTEN") << run.text();
    EXPECT_EQ(run.model_state(Role::Server, 1), "SYN_RCVD") << run.text();
    run.let_all_go();
    run.expect_open(1);
}

TEST(PortReuse, AnOldSynIsAStrayInAnOpenConnection) {
    Reconnecting run;
    run.await_second();
    run.command(Duplicate{run.syns()[0]});
    run.settle();
    run.let_go(run.syns()[1]);
    while (run.next(1) != 0) run.let_go(run.next(1));
    run.expect_open(1);
    run.let_go(run.syns()[0]);
    EXPECT_EQ(run.told_generation(run.syns()[0]), 2U) << run.text();
    run.let_all_go();
    run.expect_open(1);
}

// The server cannot tell that the SYN is old. The client's new socket rejects the answer.
TEST(PortReuse, AnOldSynThatComesFirstMakesARequestThatIsRejected) {
    Reconnecting run;
    run.await_second();
    run.let_go(run.syns()[0]);
    EXPECT_EQ(run.model_state(Role::Server, 0), "SYN_RCVD") << run.text();
    EXPECT_EQ(run.kernel(Role::Server, 0), "SYN_RCVD") << run.text();
    EXPECT_EQ(run.kernel(Role::Server, 1), "LISTEN") << run.text();
    while (run.next(0) != 0) run.let_go(run.next(0));
    EXPECT_EQ(run.states(Role::Server, 0), "CLOSED LISTEN SYN_RCVD LISTEN") << run.text();
    EXPECT_EQ(run.model_state(Role::Client, 1), "SYN_SENT") << run.text();
    run.let_all_go();
    run.expect_open(1);
}

// The same, but the new SYN meets the old one's request, which defends itself with an ACK.
TEST(PortReuse, ANewSynThatMeetsTheOldRequestIsAStrayThere) {
    Reconnecting run;
    run.await_second();
    run.let_go(run.syns()[0]);
    run.let_go(run.syns()[1]);
    EXPECT_EQ(run.told_generation(run.syns()[1]), 1U) << run.text();
    EXPECT_EQ(run.model_state(Role::Server, 0), "SYN_RCVD") << run.text();
    EXPECT_EQ(run.model_state(Role::Server, 1), "LISTEN") << run.text();
    // The answers to the old SYN and the new one; the RSTs; then the new SYN again, after 1 s.
    while (run.model_state(Role::Server, 1) != "ESTABLISHED") {
        if (run.next() != 0) {
            run.let_go(run.next());
        } else if (!run.wait()) {
            break;
        }
    }
    run.expect_open(1);
    EXPECT_EQ(run.states(Role::Server, 0), "CLOSED LISTEN SYN_RCVD LISTEN") << run.text();
}

// The old request is there before the port connects anew: nothing on the wire tells the second SYN
// from one of the same connection, but its socket is another.
TEST(PortReuse, ASecondSynInSynRcvdOpensAnotherConnection) {
    Reconnecting run;
    run.let_go(run.syns()[0]);
    EXPECT_EQ(run.states_now(), "SYN_SENT SYN_RCVD") << run.text();
    run.await_second();
    EXPECT_EQ(run.model_state(Role::Client, 0), "CLOSED") << run.text();
    EXPECT_EQ(run.kernel(Role::Client, 1), "SYN_SENT") << run.text();
    run.let_go(run.syns()[1]);
    EXPECT_EQ(run.told_generation(run.syns()[1]), 1U) << run.text();
    while (run.model_state(Role::Server, 1) != "ESTABLISHED") {
        if (run.next() != 0) {
            run.let_go(run.next());
        } else if (!run.wait()) {
            break;
        }
    }
    run.expect_open(1);
}

// The server has closed first, and is in TIME_WAIT when the same port connects anew: the kernel
// lets the SYN in (RFC 9293 3.10.7.4, RFC 6191).
TEST(PortReuse, ATimeWaitMakesRoomForALaterSyn) {
    SteppedRun run(lesson_of(
        R"("server":[{"call":"socket","as":"l"},{"call":"bind","on":"l"},
           {"call":"listen","on":"l","backlog":10},{"call":"accept","on":"l","as":"c"},
           {"call":"close","on":"c"},{"call":"accept","label":"a2","on":"l","as":"d"}],
        "client":[{"call":"socket","as":"a"},
           {"call":"bind","on":"a","address":"127.0.0.1:40000"},
           {"call":"connect","on":"a","after":[{"actor":"server","step":"accept","has":"entered"}]},
           {"call":"recv","on":"a","size":10},{"call":"close","on":"a"},
           {"call":"socket","label":"s2","as":"b"},
           {"call":"bind","label":"b2","on":"b","address":"127.0.0.1:40000",
            "after":[{"endpoint":"server","state":"TIME_WAIT"},{"endpoint":"client","state":"CLOSED"}]},
           {"call":"connect","label":"c2","on":"b"}],
        "ends_with":{"client":"ESTABLISHED","server":"ESTABLISHED"})"));
    run.deliver_all();
    EXPECT_EQ(run.status(), LabRun::Status::Finished) << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
    EXPECT_EQ(run.kernel_states(Role::Server, 1), "LISTEN SYN_RCVD ESTABLISHED") << run.text();
}

}  // namespace
}  // namespace tcpstep::lab
