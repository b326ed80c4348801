#include "app/ui/panel/predict_card.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <gtest/gtest.h>

#include "app/ui/window/arrangement.hpp"
#include "tests/app/session/scripted_source.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using testing::Headless;

constexpr Moment kNow{};

/// A held run that goes on, with a question about the SYN-ACK.
struct Asked {
    std::shared_ptr<testing::Script> script = testing::scripted(testing::held_handshake());
    Session session{testing::setup_with(script)};

    explicit Asked(bool on = true, std::optional<std::uint64_t> seed = std::nullopt) {
        Setup setup = testing::setup_with(script);
        setup.seed = seed;
        session = Session(std::move(setup));
        session.open_lesson("four-way-close");
        testing::arrive(session, *script, script->trace.events().size());
        if (on) session.apply(TogglePredict{}, kNow);
    }
};

Commands clicks_in(Headless& ui, const Session& session, view::Rect area) {
    Commands found;
    for (float y = area.y + 4; y < area.bottom(); y += 12) {
        for (float x = area.x + 4; x < area.right(); x += 24) {
            for (const Command& wish : ui.click(session, x, y)) {
                if (std::find(found.begin(), found.end(), wish) == found.end())
                    found.push_back(wish);
            }
        }
    }
    return found;
}

TEST(PredictCard, IsThereOnlyWhileSomethingIsAsked) {
    EXPECT_FALSE(predict_card_wanted(Asked(false).session));
    Asked asked;
    EXPECT_TRUE(predict_card_wanted(asked.session));
    asked.session.apply(StepBack{}, kNow);
    EXPECT_FALSE(predict_card_wanted(asked.session)) << "in the past one sees the bytes";
    asked.session.apply(GoEnd{}, kNow);
    asked.session.apply(AnswerQuestion{0}, kNow);
    EXPECT_TRUE(predict_card_wanted(asked.session)) << "it waits for the kernel";
}

// The claims may stand where it is told otherwise.
TEST(PredictCard, TellsWhatTheKernelDidUntilTheNextStep) {
    const auto next_state_asked = [] {
        for (std::uint64_t seed = 0; seed < 64; ++seed) {
            Asked asked(true, seed);
            const auto* open = asked.session.predicting().open();
            if (open != nullptr && open->question.asked == model::Asked::NextState) return asked;
        }
        ADD_FAILURE() << "never asked";
        return Asked();
    };
    Asked asked = next_state_asked();
    const auto& choices = asked.session.predicting().open()->question.choices;
    const auto wrong = static_cast<std::size_t>(
        std::find(choices.begin(), choices.end(), "SYN_RCVD") - choices.begin());
    asked.session.apply(AnswerQuestion{wrong}, kNow);
    EXPECT_EQ(told_answer(asked.session, true), "");
    model::SocketSampled sample;
    sample.state = model::State::Established;
    const model::Time last = asked.script->trace.events().back().time;
    asked.script->trace.append({last, model::ConnectionIndex{0}, model::SegmentDelivered{2}});
    asked.script->trace.append({last, model::ConnectionIndex{0}, sample});
    asked.script->settled = true;
    testing::arrive(asked.session, *asked.script, 2);
    ASSERT_TRUE(asked.session.predicting().verdict());
    EXPECT_TRUE(predict_card_wanted(asked.session)) << "though nothing more is asked";
    EXPECT_EQ(told_answer(asked.session, false), "Not SYN_RCVD, but ESTABLISHED.");
    EXPECT_GT(told_answer(asked.session, true).size(), told_answer(asked.session, false).size());
    asked.session.apply(StepBack{}, kNow);
    EXPECT_FALSE(predict_card_wanted(asked.session));
}

TEST(PredictCard, EachChoiceIsAButton) {
    for (const auto& [width, height] : {std::pair{1600.0F, 900.0F}, std::pair{640.0F, 480.0F}}) {
        const Asked asked;
        const auto* open = asked.session.predicting().open();
        ASSERT_NE(open, nullptr);
        Headless ui(width, height);
        window::Wanted question;
        question.question = question.beside = true;
        const Commands found =
            clicks_in(ui, asked.session, window::arrange(width, height, 100, 0, question).bytes);
        EXPECT_EQ(found.size(), open->question.choices.size()) << width;
        for (const Command& command : found)
            EXPECT_TRUE(std::holds_alternative<AnswerQuestion>(command)) << width;
    }
}

TEST(PredictCard, TheSwitchStandsAboveAHeldLadderOnly) {
    const auto has_switch = [](const Session& session) {
        Headless ui;
        const view::Rect ladder = window::arrange(1600, 900, 100, 0).ladder;
        const Commands found =
            clicks_in(ui, session, {ladder.centre().x, ladder.y, ladder.w / 2, 40});
        return std::find(found.begin(), found.end(), Command(TogglePredict{})) != found.end();
    };
    EXPECT_TRUE(has_switch(Asked(false).session));
    EXPECT_TRUE(has_switch(Asked().session));
    Session recording;
    recording.open_recording(testing::whole_run(), "run.qlog");
    recording.apply(GoEnd{}, kNow);
    EXPECT_FALSE(has_switch(recording));
}

}  // namespace
}  // namespace tcpstep::ui::panel
