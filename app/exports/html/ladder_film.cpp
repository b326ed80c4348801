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

view::ladder::LadderInput input_of(const Played& played, float width) {
    view::ladder::LadderInput input{played.timeline, played.index, played.rows};
    input.raw_numbers = played.raw_numbers;
    input.em = kEm;
    input.width = width;
    input.measure = picture::letter_measure(kEm);
    input.most_events = played.timeline.size() + 1;
    if (played.from_event == 0) return input;
    using view::ladder::LadderRows;
    const view::ladder::LadderAxis axis(input);
    const float above = played.rows.joins_entry(played.from_event) ? LadderRows::kTextLine : 0;
    input.scroll = axis.at(played.from_event) - axis.within(above);
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
    input.height = height_of(played, input);
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
    return {{"size", {std::lround(width), std::lround(input.height)}},
            {"ends", {std::lround(page.ladder.client_x), std::lround(page.ladder.server_x)}},
            {"now", std::move(now)},
            {"layers", film.json(played.frames() - 1)}};
}

}  // namespace tcpstep::exports::html
