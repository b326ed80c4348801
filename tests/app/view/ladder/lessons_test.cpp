// The ladder of every lesson as it was run here, at each of its steps: nothing that is written lies
// over anything else, and flags that are left out had no place.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "app/ui/panel/ladder_area.hpp"
#include "app/ui/window/arrangement.hpp"
#include "app/view/columns.hpp"
#include "app/view/marker_text.hpp"
#include "model/qlog/reader.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/view/ladder/judge.hpp"
#include "tests/app/view/ladder/sample.hpp"

namespace tcpstep::view {
namespace {

using namespace model;
using namespace std::chrono_literals;
using testing::InChinese;
using testing::judge;
using testing::LadderSample;

// The ladder's own part of a window of 1600 x 900 or of 1280 x 720, and its body text there.
struct Panel {
    float width, height, em;
};

Panel panel(bool large, unsigned percent) {
    const ui::window::Arrangement a = large ? ui::window::arrange(1600, 900, percent, 0)
                                            : ui::window::arrange(1280, 720, percent, 0);
    const Rect area = ui::panel::ladder_area(a.ladder, a.ladder_em, 0);
    return {area.w, area.h, a.ladder_em};
}

float measure(TextStyle style, std::string_view text, float em) {
    const bool mono = style == TextStyle::Mono || style == TextStyle::MonoSmall;
    const bool bold =
        style == TextStyle::Flags || style == TextStyle::Label || style == TextStyle::Strong;
    const float letter = mono ? 0.6F : bold ? 0.62F : 0.56F;
    float width = 0;
    while (!text.empty()) {
        const CodePoint one = first_code_point(text);
        width += is_wide(one.code) ? 1 : letter;
        text.remove_prefix(one.octets);
    }
    return width * em * scale_of(style);
}

std::map<std::string, Trace> lessons() {
    std::map<std::string, Trace> traces;
    const std::filesystem::path folder = TCPSTEP_LESSON_TRACES;
    if (!std::filesystem::exists(folder)) return traces;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        std::stringstream text;
        text << std::ifstream(file.path()).rdbuf();
        Result<qlog::Reading> reading = qlog::read(text.str());
        EXPECT_TRUE(reading.has_value()) << file.path();
        if (reading) traces.emplace(file.path().stem().string(), std::move(reading->trace));
    }
    return traces;
}

bool has_wide(std::string_view text) {
    while (!text.empty()) {
        const CodePoint one = first_code_point(text);
        if (is_wide(one.code)) return true;
        text.remove_prefix(one.octets);
    }
    return false;
}

struct Look {
    TimeAxis axis = TimeAxis::ByEvent;
    unsigned percent = 100;
    bool large = true;
    float zoom = 1;
};

void judge_lesson(const std::string& name, const LadderSample& sample, const Look& look,
                  std::size_t& arrows) {
    const Panel p = panel(look.large, look.percent);
    for (std::size_t at = 0; at <= sample.timeline.size();
         at = at == sample.timeline.size() ? at + 1 : sample.index.next_stop(at)) {
        for (const bool live : {false, true}) {
            ladder::LadderInput input = sample.input_at(at, p.width, p.height);
            input.em = p.em;
            input.axis = look.axis;
            input.zoom = look.zoom;
            input.measure = [em = p.em](TextStyle style, std::string_view text) {
                return measure(style, text, em);
            };
            if (live && at > 0) input.now = sample.timeline.event(at - 1).time + 100ms;
            const double whole = ladder::ladder_height(input, true);
            input.scroll = std::max(0.0, whole - static_cast<double>(p.height));
            const ladder::Ladder ladder = ladder::lay_out_ladder(input);
            std::ostringstream where;
            where << " in " << name << " at " << at << (live ? " live, " : ", ") << p.width << " x "
                  << p.height << ", " << look.percent << " %, axis " << static_cast<int>(look.axis);
            judge(ladder, input, where.str());
            arrows += ladder.arrows.size();
            if (::testing::Test::HasFailure()) return;  // one story is enough
        }
    }
}

class LadderOfLessons : public ::testing::Test {
  protected:
    void SetUp() override {
        for (auto& [name, trace] : lessons()) samples_.emplace(name, std::move(trace));
        ASSERT_FALSE(samples_.empty()) << "no lesson was run: see lesson_traces";
    }
    void judge_all(const Look& look) {
        for (const auto& [name, sample] : samples_) judge_lesson(name, sample, look, arrows_);
    }

    std::map<std::string, LadderSample> samples_;
    std::size_t arrows_ = 0;
};

TEST_F(LadderOfLessons, IsClearInAnySize) {
    for (unsigned percent : {100U, 150U, 200U}) {
        for (bool large : {true, false}) judge_all({TimeAxis::ByEvent, percent, large});
    }
    EXPECT_GT(arrows_, 6000U);
}

TEST_F(LadderOfLessons, IsClearInChinese) {
    const InChinese chinese;
    for (unsigned percent : {100U, 150U, 200U}) {
        for (bool large : {true, false}) judge_all({TimeAxis::ByEvent, percent, large});
    }
}

// What the lab notes of a lesson's run, pauses among it, is said in the program's language.
TEST_F(LadderOfLessons, HasNoNoteInEnglishWhereChineseIsSpoken) {
    const InChinese chinese;
    std::size_t notes = 0;
    for (const auto& [name, sample] : samples_) {
        for (std::size_t i = 0; i < sample.timeline.size(); ++i) {
            const auto* marker = std::get_if<Marker>(&sample.timeline.event(i).fact);
            if (marker == nullptr) continue;
            ++notes;
            EXPECT_TRUE(has_wide(marker_text(*marker, {})))
                << name << ": " << marker_text(*marker, {});
        }
        std::map<std::size_t, std::string> on_ladder;  // a note may have two lines
        for (const ladder::LadderText& text : sample.whole().texts) {
            const auto* note = std::get_if<SelectedEvent>(&text.stands_for);
            if (note != nullptr) on_ladder[note->event] += text.text;
        }
        for (const auto& [event, words] : on_ladder)
            EXPECT_TRUE(has_wide(words)) << name << ": " << words;
    }
    EXPECT_GT(notes, samples_.size()) << "the end of each, and pauses";
}

TEST_F(LadderOfLessons, IsClearOnAxesOfTime) {
    for (TimeAxis axis : {TimeAxis::Linear, TimeAxis::Collapsed}) {
        for (float zoom : {1.0F, 4.0F}) judge_all({axis, 100, true, zoom});
        judge_all({axis, 200, false});
    }
}

TEST_F(LadderOfLessons, IsClearHoweverItIsZoomed) {
    for (float zoom : {0.3F, 0.64F, 1.6F}) judge_all({TimeAxis::ByEvent, 100, true, zoom});
}

// Whoever looks closer sees no less of a segment: its flags, a number. Where several arrows cross
// it may be otherwise, but seldom.
TEST_F(LadderOfLessons, ZoomedInTellsNoLess) {
    std::size_t told_before = 0;
    std::string lost;
    std::size_t losses = 0;
    for (const auto& [name, sample] : samples_) {
        std::map<SegmentId, std::size_t> before;
        for (const float zoom : {0.41F, 0.51F, 0.64F, 0.8F, 1.0F, 1.25F, 1.56F, 1.95F}) {
            ladder::LadderInput input = sample.input_at(sample.timeline.size(), 766, 30000);
            input.zoom = zoom;
            std::map<SegmentId, std::size_t> now;
            for (const ladder::LadderText& text : ladder::lay_out_ladder(input).texts) {
                if (text.segment == 0 || text.style == TextStyle::Small) continue;
                const bool number = text.text.find("seq ") != std::string::npos ||
                                    text.text.find("ack ") != std::string::npos ||
                                    text.text.find("len ") != std::string::npos;
                now[text.segment] |= number ? 3U : 1U;
            }
            for (const auto& [id, told] : before) {
                ++told_before;
                if (now[id] >= told) continue;
                ++losses;
                lost += " " + std::to_string(id) + " of " + name + " at " + std::to_string(zoom);
            }
            before = std::move(now);
        }
    }
    EXPECT_GT(told_before, 1000U);
    EXPECT_LT(losses * 200, told_before) << lost;
}

// The words of short arrows that are wholly in sight; those of tall ones glide.
std::map<std::pair<SegmentId, TextStyle>, ladder::LadderText> resting(
    const ladder::Ladder& ladder, const ladder::LadderInput& input) {
    std::map<std::pair<SegmentId, TextStyle>, ladder::LadderText> words;
    for (const ladder::LadderText& text : ladder.texts) {
        if (text.segment == 0 || text.box.y < 0 || text.box.bottom() > input.height) continue;
        const ladder::Arrow& arrow = testing::arrow_of(ladder, text.segment);
        if (arrow.to.y - arrow.from.y < 8 * input.em)
            words.emplace(std::pair(text.segment, text.style), text);
    }
    return words;
}

// What is in sight stays where it is on its arrow, whatever comes into sight at the edges.
TEST_F(LadderOfLessons, ScrollsWithItsWords) {
    const Panel p = panel(true, 100);
    std::size_t compared = 0;
    for (const auto& [name, sample] : samples_) {
        for (const TimeAxis axis : {TimeAxis::ByEvent, TimeAxis::Collapsed}) {
            ladder::LadderInput input = sample.input_at(sample.timeline.size(), p.width, p.height);
            input.axis = axis;
            const double whole = ladder::ladder_height(input, false);
            auto before = resting(ladder::lay_out_ladder(input), input);
            for (constexpr double kStep = 25; input.scroll < whole - 200;) {
                input.scroll += kStep;
                auto now = resting(ladder::lay_out_ladder(input), input);
                for (const auto& [whose, text] : now) {
                    const auto found = before.find(whose);
                    if (found == before.end()) continue;
                    ++compared;
                    EXPECT_EQ(text.text, found->second.text) << name << " at " << input.scroll;
                    EXPECT_NEAR(text.box.x, found->second.box.x, 0.1)
                        << text.text << " in " << name << " at " << input.scroll;
                    EXPECT_NEAR(text.box.y + static_cast<float>(kStep), found->second.box.y, 0.1)
                        << text.text << " in " << name << " at " << input.scroll;
                }
                // And nothing comes or goes but at the edges.
                const auto step = static_cast<float>(kStep);
                for (const auto& [whose, text] : before) {
                    EXPECT_TRUE(text.box.y < step || now.count(whose) > 0)
                        << text.text << " in " << name << " is gone at " << input.scroll;
                }
                for (const auto& [whose, text] : now) {
                    EXPECT_TRUE(text.box.bottom() > p.height - step || before.count(whose) > 0)
                        << text.text << " in " << name << " comes at " << input.scroll;
                }
                before = std::move(now);
            }
        }
    }
    EXPECT_GT(compared, 1000U);
}

}  // namespace
}  // namespace tcpstep::view
