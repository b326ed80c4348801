// Predict mode on this kernel: the handshake with right and wrong answers.
#include "app/session/predicting.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Asked;
using model::Question;
using model::SeqNum;
using session::Predicting;
using testing::shipped;
using testing::SteppedRun;

// What every kernel does in a handshake (LESSONS: `handshake`).
std::string truth(const Question& question, const model::Segment& segment) {
    const bool syn_ack = segment.flags.syn() && segment.flags.ack();
    switch (question.asked) {
        case Asked::NextState:
            return segment.flags.syn() && !syn_ack ? "SYN_RCVD" : "ESTABLISHED";
        case Asked::AckNumber:
            return std::to_string((segment.seq + 1).raw());
        case Asked::CallReturns:
            return syn_ack ? "client connect" : segment.flags.syn() ? "none" : "server accept";
    }
    return "";
}

class PredictedHandshake : public ::testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Live, PredictedHandshake, ::testing::Range<std::uint64_t>(0, 8));

TEST_P(PredictedHandshake, TwoRightAnswersAndAWrongOne) {
    SteppedRun run(shipped("handshake"));
    Predicting predicting(GetParam());
    predicting.turn(true);
    ASSERT_TRUE(run.settle()) << run.text();
    for (int segment = 0; segment < 3; ++segment) {
        const model::InFlight* held = model::next_held(run.connection());
        ASSERT_NE(held, nullptr) << run.text();
        const model::Segment next = held->segment;
        predicting.look(run.trace, 0, next);
        ASSERT_NE(predicting.open(), nullptr) << run.text();
        const Question question = predicting.open()->question;
        const auto& choices = question.choices;
        const auto right =
            std::find(choices.begin(), choices.end(), truth(question, next)) - choices.begin();
        ASSERT_LT(static_cast<std::size_t>(right), choices.size()) << name(question.asked);
        const bool wrong = segment == 1;
        predicting.answer((static_cast<std::size_t>(right) + (wrong ? 1 : 0)) % choices.size());
        run.deliver();
        ASSERT_TRUE(predicting.check(run.trace, true)) << run.text();
        ASSERT_TRUE(predicting.verdict());
        EXPECT_EQ(predicting.verdict()->right(), !wrong) << name(question.asked) << run.text();
        EXPECT_EQ(predicting.verdict()->outcome.actual, truth(question, next)) << run.text();
    }
    EXPECT_EQ(model::score_of(run.trace), (model::Score{2, 3})) << run.text();
}

// Whatever is asked in a close, the model's own expectation is what the kernel does.
TEST(Predicting, TheModelPredictsTheFourWayClose) {
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
        SteppedRun run(shipped("four-way-close"));
        Predicting predicting(seed);
        predicting.turn(true);
        run.settle();
        while (run.status() == LabRun::Status::Running) {
            while (run.next() == 0 && run.wait()) {
            }
            run.settle();
            const model::InFlight* held = model::next_held(run.connection());
            if (held == nullptr) break;
            const model::Segment next = held->segment;
            predicting.look(run.trace, 0, next);
            const bool asked = predicting.open() != nullptr;
            const std::string kind =
                asked ? std::string(name(predicting.open()->question.asked)) : "";
            std::string state;
            if (asked && kind == "next_state") {
                model::Connection after = run.connection();
                model::apply(after,
                             {model::Time(), std::nullopt, model::SegmentDelivered{next.id}});
                state = name(after.end(peer(next.from)).state());
            }
            if (asked) predicting.answer(0);
            run.deliver();
            predicting.check(run.trace, true);
            if (!state.empty()) {
                ASSERT_TRUE(predicting.verdict()) << run.text();
                EXPECT_EQ(predicting.verdict()->outcome.actual, state) << run.text();
            }
            predicting.withdraw();
        }
        EXPECT_EQ(run.states_now(), "TIME_WAIT CLOSED") << run.text();
        EXPECT_GT(model::score_of(run.trace).asked, 2U) << run.text();
    }
}

}  // namespace
}  // namespace tcpstep::lab
