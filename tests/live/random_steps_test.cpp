// Whatever is done to the segments, every octet arrives, and model and kernel never disagree.
#include <cstdlib>
#include <random>

#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"
#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;
using testing::SteppedRun;

// A long talk takes more steps than this; a short one is nearly all opening and closing.
constexpr int kSteps = 200;
struct Length {
    int rounds, burst;
};
constexpr Length kLong{60, 30};
constexpr Length kShort{0, 3};

// Question and answer many times; then the client sends many small messages without waiting
// (TCP_NODELAY), which the server reads when all have arrived; both close.
lesson::Lesson talk(Length length) {
    std::string client = R"({"call":"socket","as":"s"},
        {"call":"setsockopt","on":"s","option":"TCP_NODELAY","value":1},
        {"call":"connect","on":"s","after":[{"actor":"server","step":"accept","has":"entered"}]})";
    std::string server = R"({"call":"socket","as":"l"},{"call":"bind","on":"l"},
        {"call":"listen","on":"l","backlog":1},{"call":"accept","on":"l","as":"c"})";
    for (int i = 0; i < length.rounds; ++i) {
        const std::string n = std::to_string(i) + "\"}";
        client += R"(,{"call":"send","on":"s","data":"0123456789","label":"ask)" + n;
        client += R"(,{"call":"recv","on":"s","size":100,"label":"hear)" + n;
        server += R"(,{"call":"recv","on":"c","size":100,"label":"hear)" + n;
        server += R"(,{"call":"send","on":"c","data":"yes","label":"say)" + n;
    }
    for (int i = 0; i < length.burst; ++i) {
        client += R"(,{"call":"send","on":"s","data":"0123456789","label":"send)" +
                  std::to_string(i) + "\"}";
    }
    client += R"(,{"call":"shutdown","on":"s","how":"SHUT_WR"},
        {"call":"recv","on":"s","size":100,"label":"end"},{"call":"close","on":"s"})";
    server += R"(,{"call":"recv","on":"c","size":100000,
             "after":[{"endpoint":"server","state":"CLOSE_WAIT"}]},{"call":"close","on":"c"})";
    const std::string text =
        R"({"id":"talk","order":900,"title":{"en":"x"},"summary":{"en":"x"},"segments":"held",
        "server_address":"127.0.0.1:8000","server":[)" +
        server + R"(],"client":[)" + client +
        R"(],"ends_with":{"client":"TIME_WAIT","server":"CLOSED"}})";
    auto lesson = lesson::parse_lesson(text, "talk");
    EXPECT_TRUE(lesson) << lesson.error().line();
    return *lesson;
}

// One step of the game: what is done to which of the held ones.
GateCommand random_command(std::mt19937& random, const std::vector<model::SegmentId>& held) {
    const auto pick = [&](std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
    };
    const model::SegmentId any = held[pick(held.size())];
    switch (pick(10)) {
        case 0:
            return Drop{held.front()};
        case 1:
            return Duplicate{any};
        case 2:
            return HoldBack{held.front()};
        case 3:
            return Deliver{any};  // out of order
        default:
            return Deliver{held.front()};
    }
}

class RandomSteps : public ::testing::TestWithParam<unsigned> {
  public:
    // Plays to the end, and says how many steps it took.
    int play(Length length) {
        SteppedRun run(talk(length));
        std::mt19937 random(GetParam());
        int steps = 0;
        while (run.settle()) {
            std::vector<model::SegmentId> held;
            if (run.trace.connections().empty()) continue;
            for (const model::InFlight& one : run.connection().in_flight) {
                if (one.held && one.copy_of == 0) held.push_back(one.segment.id);
            }
            if (held.empty()) {
                run.wait();  // for a timer of the kernel
            } else if (++steps < 2000) {
                run.command(random_command(random, held));
            } else {
                ADD_FAILURE() << "it does not end\n" << run.text();
                break;
            }
        }
        EXPECT_EQ(run.status(), LabRun::Status::Finished) << run.text();
        EXPECT_EQ(run.trace.connections().size(), 1U) << run.text();
        EXPECT_EQ(run.received(Role::Server), (length.rounds + length.burst) * 10) << run.text();
        EXPECT_EQ(run.received(Role::Client), length.rounds * 3) << run.text();
        EXPECT_EQ(run.disagreements(), "") << run.text();
        return steps;
    }
};

TEST_P(RandomSteps, LoseNoOctetAndDisagreeNowhere) {
    EXPECT_GE(play(kLong), kSteps);
}

TEST_P(RandomSteps, OpenAndCloseSafely) {
    play(kShort);
}

// TCPSTEP_SEEDS=100 plays a hundred games instead of the few.
std::vector<unsigned> seeds() {
    const char* wanted = std::getenv("TCPSTEP_SEEDS");
    std::vector<unsigned> seeds(wanted != nullptr ? std::strtoul(wanted, nullptr, 10) : 4);
    for (std::size_t i = 0; i < seeds.size(); ++i) seeds[i] = static_cast<unsigned>(i + 1);
    return seeds;
}
INSTANTIATE_TEST_SUITE_P(Held, RandomSteps, ::testing::ValuesIn(seeds()));

}  // namespace
}  // namespace tcpstep::lab
