#include "tests/judge/verdict.hpp"

#include <gtest/gtest.h>

namespace tcpstep::judge {
namespace {

using model::Doubt;
using model::State;
using model::TrackedChange;

struct Real {
    State state;
    bool unseen = false;
};

struct Told {
    State state;
    Doubt doubt = Doubt::None;
};

struct Row {
    std::string name;
    std::vector<Real> real;
    std::vector<Real> shown;
    std::vector<Told> told;
    Verdict verdict;
};

std::vector<TrueState> states_of(const std::vector<Real>& real) {
    std::vector<TrueState> states;
    for (const Real& one : real) states.push_back({one.state, {}, Source::Diag, one.unseen});
    return states;
}

Verdict judged(const Row& row, bool complete) {
    Truth truth;
    truth.complete = complete;
    std::vector<TrackedChange> told;
    for (const Told& one : row.told) {
        TrackedChange change;
        change.to = one.state;
        change.doubt = one.doubt;
        told.push_back(change);
    }
    return judge(truth, {{}, states_of(row.real), states_of(row.shown)}, told);
}

constexpr auto kGuess = Doubt::NothingFollows;

const std::vector<Row> kRows = {
    {"what comes before the opening does not count",
     {{State::SynRcvd}, {State::Established}},
     {},
     {{State::Unknown}, {State::Listen}, {State::SynRcvd}, {State::Established}},
     Verdict::Agrees},
    {"a state is missing",
     {{State::SynSent}, {State::Established}, {State::CloseWait}},
     {},
     {{State::SynSent}, {State::Established}},
     Verdict::Differs},
    {"a state is missing in between",
     {{State::FinWait1}, {State::FinWait2}, {State::TimeWait}},
     {},
     {{State::FinWait1}, {State::TimeWait}},
     Verdict::Differs},
    {"a state too many",
     {{State::SynSent}},
     {},
     {{State::SynSent}, {State::Established}},
     Verdict::Differs},
    {"a state too many, in doubt",
     {{State::SynSent}},
     {},
     {{State::SynSent}, {State::Established, kGuess}},
     Verdict::Assumed},
    {"a doubt that comes after the first difference is no excuse",
     {{State::SynSent}, {State::Established}, {State::CloseWait}},
     {},
     {{State::SynSent}, {State::Established}, {State::FinWait1}, {State::Closed, kGuess}},
     Verdict::Differs},
    {"an unseen state may be left out",
     {{State::SynSent}, {State::Closed, true}},
     {},
     {{State::SynSent}},
     Verdict::Agrees},
    {"and it may be told",
     {{State::SynSent}, {State::Closed, true}},
     {},
     {{State::SynSent}, {State::Closed}},
     Verdict::Agrees},
    {"whether somebody listens is not on the wire",
     {{State::SynRcvd}, {State::Listen}},
     {},
     {{State::SynRcvd}, {State::Closed}},
     Verdict::Agrees},
    {"the end of TIME_WAIT may be told",
     {{State::TimeWait}},
     {},
     {{State::TimeWait}, {State::Closed}},
     Verdict::Agrees},
    {"the FIN was never sent",
     {{State::Established}, {State::FinWait1}, {State::Closing}, {State::Closed}},
     {{State::Established}, {State::CloseWait}, {State::Closed}},
     {{State::Established}, {State::CloseWait}, {State::Closed}},
     Verdict::AgreesAsShown},
    {"and it is known all the same",
     {{State::Established}, {State::FinWait1}, {State::Closing}, {State::Closed}},
     {{State::Established}, {State::CloseWait}, {State::Closed}},
     {{State::Established}, {State::FinWait1}, {State::Closing}, {State::Closed}},
     Verdict::Agrees},
    {"no end was found", {{State::SynSent}}, {}, {}, Verdict::Differs},
};

TEST(Verdict, TakesEveryStateInOrder) {
    for (const Row& row : kRows) EXPECT_EQ(judged(row, true), row.verdict) << row.name;
}

TEST(Verdict, OfSamplesAloneWantsThemInOrder) {
    const Row passed{"",
                     {{State::SynRcvd}, {State::CloseWait}},
                     {},
                     {{State::SynRcvd}, {State::Established}, {State::CloseWait}},
                     {}};
    EXPECT_EQ(judged(passed, false), Verdict::Agrees);
    const Row missed{"",
                     {{State::SynRcvd}, {State::CloseWait}},
                     {},
                     {{State::SynRcvd}, {State::Established}},
                     {}};
    EXPECT_EQ(judged(missed, false), Verdict::Differs);
}

}  // namespace
}  // namespace tcpstep::judge
