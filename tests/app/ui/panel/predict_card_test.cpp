#include "app/ui/panel/predict_card.hpp"

#include <algorithm>
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

    explicit Asked(bool on = true) {
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

TEST(PredictCard, EachChoiceIsAButton) {
    for (const auto& [width, height] : {std::pair{1600.0F, 900.0F}, std::pair{640.0F, 480.0F}}) {
        const Asked asked;
        const auto* open = asked.session.predicting().open();
        ASSERT_NE(open, nullptr);
        Headless ui(width, height);
        const Commands found =
            clicks_in(ui, asked.session, window::arrange(width, height, 100, 0).bytes);
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
