// The ladder of every lesson as it was run here, at each of its steps: nothing that is written lies
// over anything else, and what is left out had no place.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "app/view/columns.hpp"
#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/places.hpp"
#include "app/view/ladder/texts.hpp"
#include "model/qlog/reader.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/view/ladder/sample.hpp"

namespace tcpstep::view {
namespace {

using namespace model;
using namespace std::chrono_literals;
using testing::InChinese;
using testing::LadderSample;

// The ladder's own part of a window of 1600 x 900 and of 1280 x 720, and its body text there.
struct Panel {
    float width, height, em;
};

Panel panel(bool large, unsigned percent) {
    Panel p = large ? Panel{766, 430, 18} : Panel{612, 330, 14.4F};
    const float growth = static_cast<float>(percent) / 100;
    // As app/ui/arrangement does it.
    p.em =
        std::min({p.em * growth, (p.height + 5 * p.em) / 14, p.width / (24 - 1.5F * (growth - 1))});
    return p;
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

bool crosses(const ladder::Arrow& arrow, Rect box) {
    // A line that touches the edge is not in the way.
    const float edge = 0.5F;
    box = {box.x + edge, box.y + edge, box.w - 2 * edge, box.h - 2 * edge};
    for (int i = 0; i <= 400; ++i) {
        if (box.contains(along(arrow, static_cast<float>(i) / 400))) return true;
    }
    return false;
}

class Judge {
  public:
    Judge(const ladder::Ladder& ladder, const ladder::LadderInput& input, std::string where)
        : ladder_(ladder), in_(input), where_(std::move(where)) {}

    void judge() {
        texts();
        arrows();
        now_line();
        what_is_left_out();
    }

  private:
    void texts() {
        for (std::size_t i = 0; i < ladder_.texts.size(); ++i) {
            const ladder::LadderText& one = ladder_.texts[i];
            EXPECT_GE(one.box.x, 0) << say_of(one);
            EXPECT_LE(one.box.right(), in_.width) << say_of(one);
            EXPECT_GE(one.squeeze, 0.8F) << say_of(one);
            for (const float x : {ladder_.client_x, ladder_.server_x}) {
                EXPECT_FALSE(one.box.x < x && one.box.right() > x)
                    << say_of(one) << " over a lifeline";
            }
            for (std::size_t j = i + 1; j < ladder_.texts.size(); ++j) {
                EXPECT_FALSE(overlap(one.box, ladder_.texts[j].box))
                    << say_of(one) << " over " << ladder_.texts[j].text;
            }
        }
    }

    // What has a ground of its own may lie over a line.
    void arrows() {
        for (const ladder::LadderText& text : ladder_.texts) {
            if (text.frame != ladder::Frame::None) continue;
            for (const ladder::Arrow& arrow : ladder_.arrows) {
                EXPECT_FALSE(crosses(arrow, text.box))
                    << say_of(text) << " over the arrow of " << arrow.segment;
            }
        }
    }

    void now_line() {
        for (std::size_t i = 0; i + 1 < ladder_.now_line.size(); i += 2) {
            const Point a = ladder_.now_line[i];
            for (const ladder::LadderText& text : ladder_.texts) {
                EXPECT_FALSE(overlap(text.box, {a.x, a.y, ladder_.now_line[i + 1].x - a.x, 0.1F}))
                    << say_of(text) << " over the line of now";
            }
        }
    }

    // Flags give way only where not even the shortest have a place.
    void what_is_left_out() {
        std::vector<ladder::LadderText> texts = ladder_.texts;
        const ladder::LadderFrame frame(in_);
        ladder::TextPlacer placer(in_.measure, in_.em, texts);
        ladder::ArrowPlaces places(frame, placer, ladder_.arrows);
        for (const ladder::Arrow& arrow : ladder_.arrows) {
            const Segment* segment = in_.timeline.segment(arrow.segment);
            const bool seen = std::max(arrow.from.y, arrow.to.y) > 0;
            if (segment == nullptr || has_flags(arrow) || !seen) continue;
            ladder::LadderText text;
            text.style = TextStyle::Flags;
            text.text = to_label(segment->flags);
            text.box.w = placer.width(text.style, text.text);
            text.box.h = placer.height(text.style);
            for (const ladder::Side side : {ladder::Side::Above, ladder::Side::Below}) {
                EXPECT_FALSE(places.along(text, arrow, side, {0.5F, 0.36F, 0.64F, 0.24F, 0.76F}))
                    << text.text << " of " << arrow.segment << where_;
            }
            left_out_.push_back(text.text + " of " + std::to_string(arrow.segment) + where_);
        }
    }

    bool has_flags(const ladder::Arrow& arrow) const {
        return std::any_of(ladder_.texts.begin(), ladder_.texts.end(), [&](const auto& text) {
            return text.segment == arrow.segment && text.style == TextStyle::Flags;
        });
    }

    std::string say_of(const ladder::LadderText& text) const {
        return "'" + text.text + "'" + where_;
    }

    const ladder::Ladder& ladder_;
    const ladder::LadderInput& in_;
    std::string where_;

  public:
    std::vector<std::string> left_out_;
};

struct Look {
    TimeAxis axis = TimeAxis::ByEvent;
    unsigned percent = 100;
    bool large = true;
    float zoom = 1;
};

// The flags that were left out.
std::vector<std::string> judge_lesson(const std::string& name, const LadderSample& sample,
                                      const Look& look, std::size_t& arrows) {
    const Panel p = panel(look.large, look.percent);
    std::vector<std::string> left_out;
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
            Judge judge(ladder, input, where.str());
            judge.judge();
            arrows += ladder.arrows.size();
            left_out.insert(left_out.end(), judge.left_out_.begin(), judge.left_out_.end());
            if (::testing::Test::HasFailure()) return left_out;  // one story is enough
        }
    }
    return left_out;
}

class LadderOfLessons : public ::testing::Test {
  protected:
    void SetUp() override {
        for (auto& [name, trace] : lessons()) samples_.emplace(name, std::move(trace));
        ASSERT_FALSE(samples_.empty()) << "no lesson was run: see lesson_traces";
    }
    void judge_all(const Look& look) {
        for (const auto& [name, sample] : samples_) {
            for (std::string& one : judge_lesson(name, sample, look, arrows_))
                left_out_.push_back(std::move(one));
        }
    }

    std::map<std::string, LadderSample> samples_;
    std::vector<std::string> left_out_;
    std::size_t arrows_ = 0;
};

TEST_F(LadderOfLessons, IsClearInAnySize) {
    for (unsigned percent : {100U, 150U, 200U}) {
        for (bool large : {true, false}) judge_all({TimeAxis::ByEvent, percent, large});
    }
}

// Only where many segments are in flight at once, and cross.
TEST_F(LadderOfLessons, LeavesHardlyAnyFlagsOutAsItIsAtFirst) {
    judge_all({});
    EXPECT_GT(arrows_, 1000U);
    EXPECT_LT(left_out_.size(), arrows_ / 200) << ::testing::PrintToString(left_out_);
}

TEST_F(LadderOfLessons, IsClearInChinese) {
    const InChinese chinese;
    for (unsigned percent : {100U, 150U, 200U}) {
        for (bool large : {true, false}) judge_all({TimeAxis::ByEvent, percent, large});
    }
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

}  // namespace
}  // namespace tcpstep::view
