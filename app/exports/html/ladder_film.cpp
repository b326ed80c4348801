#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include "app/exports/html/ladder_window.hpp"
#include "app/exports/html/pictures.hpp"
#include "app/exports/picture/ladder_page.hpp"
#include "app/exports/picture/letter_width.hpp"
#include "app/exports/picture/svg_ladder.hpp"
#include "app/view/ladder/axis.hpp"

namespace tcpstep::exports::html {

namespace {

constexpr float kEm = picture::Page::kEm;
constexpr std::size_t kLayers = static_cast<std::size_t>(picture::Layer::Words) + 1;
constexpr float kBelow = 0.6F * kEm;  // room for what is written beside the last event

// Time in proportion is drawn as high as the same events are in rows, or its words would have no
// room.
float height_in_rows(view::ladder::LadderInput input) {
    input.axis = view::TimeAxis::ByEvent;
    input.position = input.timeline.size();
    return static_cast<float>(view::ladder::ladder_height(input, false));
}

view::ladder::LadderInput input_of(const Played& played, float width) {
    view::ladder::LadderInput input{played.timeline, played.index, played.rows};
    input.raw_numbers = played.raw_numbers;
    input.em = kEm;
    input.width = width;
    input.measure = picture::letter_measure(kEm);
    input.most_events = played.timeline.size() + 1;
    input.axis = played.axis;
    input.times = &played.times;
    if (played.axis != view::TimeAxis::ByEvent) input.height = height_in_rows(input);
    if (played.from_event == 0) return input;
    using view::ladder::LadderRows;
    const view::ladder::LadderAxis axis(input);
    const float above = played.rows.joins_entry(played.from_event) ? LadderRows::kTextLine : 0;
    // Arrows begin at the very moments, on an axis of time.
    const double air = axis.by_event() ? 0 : static_cast<double>(kEm);
    input.scroll = std::max(0.0, axis.at(played.from_event) - axis.within(above) - air);
    return input;
}

// As high as the highest frame: what is foretold may reach below the last event.
float height_of(const Played& played, view::ladder::LadderInput input) {
    double height = 1;
    for (const std::size_t position : played.positions) {
        input.position = position;
        const bool more = position < played.timeline.size();
        height = std::max(height, view::ladder::ladder_height(input, more) - input.scroll);
    }
    return static_cast<float>(std::ceil(height)) + kBelow;
}

}  // namespace

nlohmann::ordered_json ladder_film(const Played& played, PieceStore& store, float width) {
    view::ladder::LadderInput input = input_of(played, width);
    const float end_of_axis = height_of(played, input);
    // Where time is in proportion, what is said beside the last moment, or held, reaches below it.
    const bool by_event = played.axis == view::TimeAxis::ByEvent;
    set_height(input, end_of_axis + (by_event ? 0 : height_in_rows(input)));
    float height = end_of_axis;
    LadderWindow window(played, input);
    Film film(store, kLayers);
    picture::Page page;
    page.area = {0, 0, width, input.height};
    std::ostringstream out;
    const picture::SvgCanvas canvas(out, std::nullopt, kEm);
    auto now = nlohmann::ordered_json::array();
    for (std::size_t frame = 0; frame < played.frames(); ++frame) {
        page.ladder = window.lay_out(frame);
        if (frame > 0) film.settle(frame - 1, window.line());
        std::erase_if(page.ladder.texts, [](const auto& text) { return text.box.y < 0; });
        for (const view::ladder::LadderText& text : page.ladder.texts)
            height = std::max(height, std::ceil(text.box.bottom()) + kBelow);
        const auto reach = reaches(page.ladder);
        std::array<std::size_t, kLayers> painted{};
        picture::paint_ladder(canvas, page, [&](picture::Layer layer) {
            const auto l = static_cast<std::size_t>(layer);
            const Reach where = reach[l][painted[l]++];
            if (!out.str().empty()) film.show(frame, l, where, out.str());
            out.str({});
        });
        const double end =
            view::ladder::LadderAxis(input).end(played.positions[frame]) - input.scroll;
        now.push_back(std::lround(page.ladder.now ? page.ladder.now->centre().y : end));
    }
    if (by_event) height = input.height;
    return {{"size", {std::lround(width), std::lround(height)}},
            {"ends", {std::lround(page.ladder.client_x), std::lround(page.ladder.server_x)}},
            {"now", std::move(now)},
            {"layers", film.json(played.frames() - 1)}};
}

}  // namespace tcpstep::exports::html
