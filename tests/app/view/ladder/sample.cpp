#include "tests/app/view/ladder/sample.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::testing {

using namespace model;
using namespace view;

LadderSample::LadderSample(Trace t) : trace(std::move(t)), timeline(trace, 0) {
    index.catch_up(timeline);
    rows.catch_up(timeline, index);
    times.catch_up(timeline, index);
}

ladder::LadderInput LadderSample::input_at(std::size_t position, float width, float height,
                                           double scroll) const {
    ladder::LadderInput input{timeline, index, rows};
    input.times = &times;
    input.position = position;
    input.width = width;
    input.height = height;
    input.scroll = scroll;
    input.em = 18;
    input.measure = [](TextStyle style, std::string_view text) {
        return 10 * scale_of(style) * static_cast<float>(text.size());
    };
    return input;
}

ladder::Ladder LadderSample::at(std::size_t position, float width, float height,
                                double scroll) const {
    return ladder::lay_out_ladder(input_at(position, width, height, scroll));
}

ladder::Ladder LadderSample::live(Duration after, float width) const {
    ladder::LadderInput input = input_at(timeline.size(), width);
    input.now = trace.events().back().time + after;
    return ladder::lay_out_ladder(input);
}

double LadderSample::height(std::size_t position) const {
    return ladder::ladder_height(input_at(position), false);
}

bool says(const ladder::Ladder& ladder, std::string_view text) {
    return text_of(ladder, text) != nullptr;
}

const ladder::LadderText* text_of(const ladder::Ladder& ladder, std::string_view words) {
    for (const ladder::LadderText& text : ladder.texts) {
        if (text.text == words) return &text;
    }
    return nullptr;
}

const ladder::LadderText* box_of(const ladder::Ladder& ladder, SegmentId id) {
    for (const ladder::LadderText& text : ladder.texts) {
        if (text.segment == id &&
            (text.frame == ladder::Frame::Box || text.frame == ladder::Frame::FaintBox)) {
            return &text;
        }
    }
    return nullptr;
}

const ladder::Arrow& arrow_of(const ladder::Ladder& ladder, SegmentId id) {
    return *std::find_if(ladder.arrows.begin(), ladder.arrows.end(),
                         [&](const ladder::Arrow& a) { return a.segment == id; });
}

std::vector<Trace> all_runs() {
    return {whole_run(), whole_run(true), held_handshake(), impatient_handshake(), busy_wire()};
}

}  // namespace tcpstep::testing
