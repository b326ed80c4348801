#include "app/exports/picture/ladder_page.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/exports/picture/letter_width.hpp"
#include "app/exports/writers.hpp"
#include "app/view/claim_list.hpp"
#include "app/view/escape.hpp"
#include "app/view/event_numbers.hpp"
#include "app/view/ladder/axis.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_title.hpp"
#include "app/view/shorten.hpp"

namespace tcpstep::exports::picture {

using view::ColourRole;
using view::Rect;
using view::say;
using view::Text;
using view::TextStyle;

namespace {

constexpr float kEm = Page::kEm;
constexpr float kWidth = 960;
constexpr float kPad = 1.2F * kEm;
constexpr float kLineGap = 1.45F;  // from line to line, of the letters' height
// More would be a picture that no program shows.
constexpr std::size_t kMostEvents = 10'000;

struct Range {
    std::size_t from, to;  // steps, from 1 on, both in it
    std::size_t all;
};

Result<Range> range_of(const view::TimelineIndex& index, const Options& options) {
    const std::size_t all = index.steps().size();
    const Range range{options.from_step.value_or(1), options.to_step.value_or(all), all};
    const bool asked = options.from_step || options.to_step;
    if (asked && (range.from < 1 || range.from > range.to || range.to > all)) {
        return fail(ErrorKind::BadInput,
                    fmt::format("steps {} to {}: there are no such steps, the connection has {}",
                                range.from, range.to, all),
                    "choose with --from-step and --to-step, from 1 on");
    }
    return range;
}

class PageLayout {
  public:
    PageLayout(const model::Timeline& timeline, const Options& options, double most)
        : timeline_(timeline), options_(options), most_(most), measure_(letter_measure(kEm)) {
        index_.catch_up(timeline);
        rows_.catch_up(timeline, index_);
        if (options.axis != view::TimeAxis::ByEvent) times_.catch_up(timeline, index_);
        page_.width = kWidth;
    }

    Result<Page> lay_out() {
        const Result<Range> range = range_of(index_, options_);
        if (!range) return tl::make_unexpected(range.error());
        position_ = options_.to_step ? index_.stop(*options_.to_step) : timeline_.size();
        first_ = range->from > 1 ? index_.steps()[range->from - 1] : 0;
        if (position_ - std::min(first_, position_) > kMostEvents) {
            return fail(ErrorKind::BadInput,
                        fmt::format("{} events are too many for one picture, which holds {}",
                                    position_ - first_, kMostEvents),
                        "choose with --from-step and --to-step");
        }
        add_heading(*range);
        if (Result<void> added = add_ladder(); !added) return tl::make_unexpected(added.error());
        if (!options_.from_step && !options_.to_step) add_claims();
        describe(*range);
        page_.height = std::ceil(y_ + kPad);
        return std::move(page_);
    }

  private:
    void add_line(std::string text, TextStyle style, ColourRole colour, float left = kPad,
                  PageText::Mark mark = PageText::Mark::None) {
        const float h = kEm * view::scale_of(style);
        page_.texts.push_back(
            {{left, y_, measure_(style, text), h}, std::move(text), style, colour, false, mark});
        y_ += h * kLineGap;
    }

    void add_wrapped(std::string_view text, TextStyle style, ColourRole colour, float left = kPad,
                     PageText::Mark mark = PageText::Mark::None) {
        for (const std::string_view line :
             view::break_lines(text, style, kWidth - kPad - left, measure_)) {
            add_line(view::shorten_end(line, style, kWidth - kPad - left, measure_), style, colour,
                     left, mark);
            mark = PageText::Mark::None;
        }
    }

    void add_heading(const Range& range) {
        y_ = kPad;
        page_.title = title_in(strings::language(), timeline_.trace(), options_);
        if (page_.title.empty()) page_.title = say(Text::LadderTitle);
        add_wrapped(page_.title, TextStyle::Title, ColourRole::Text);
        std::string what = axis_words();
        what += " · " + say(options_.raw_numbers ? Text::NumbersRaw : Text::NumbersRelative);
        if (range.all > 0) {
            what = say(Text::ExportSteps, range.from, range.to, range.all) + " · " + what;
        }
        if (timeline_.trace().connections().size() > 1 && timeline_.connection()) {
            what = say(Text::ConnectionOf, *timeline_.connection() + 1,
                       timeline_.trace().connections().size()) +
                   " · " + what;
        }
        add_wrapped(what, TextStyle::Small, ColourRole::TextDim);
        y_ += 0.6F * kEm;
    }

    std::string axis_words() const {
        switch (options_.axis) {
            case view::TimeAxis::ByEvent:
                return say(Text::TimeByEvent);
            case view::TimeAxis::Linear:
                return say(Text::TimeLinear);
            case view::TimeAxis::Collapsed:
                break;
        }
        return say(Text::TimeCollapsed);
    }

    Result<void> add_ladder() {
        const float ends = y_;
        y_ += 2.6F * kEm;
        if (first_ > 0) add_states_before();
        view::ladder::LadderInput input{timeline_, index_, rows_};
        input.position = position_;
        // Where one stops to look, what comes next is foretold, as it is on the screen; an excerpt
        // tells only what was.
        const bool stops = options_.to_step && !options_.from_step && position_ < timeline_.size();
        input.foretells = input.marks_now = stops;
        input.axis = options_.axis;
        input.times = &times_;
        input.raw_numbers = options_.raw_numbers;
        input.em = kEm;
        input.width = kWidth - 2 * kPad;
        input.measure = measure_;
        input.most_events = kMostEvents;
        input.height = height_in_rows(input);
        if (first_ > 0) {
            const view::ladder::LadderAxis axis(input);
            const float above = rows_.joins_entry(first_) ? view::ladder::LadderRows::kTextLine : 0;
            // Arrows begin at the very moments, on an axis of time.
            const double air = axis.by_event() ? 0 : static_cast<double>(kEm);
            input.scroll = std::max(0.0, axis.at(first_) - axis.within(above) - air);
        }
        set_height(input, stops);
        const double height =
            std::ceil(std::ceil(static_cast<double>(y_ + input.height + kPad)) * options_.scale);
        if (height > most_)
            return too_many_pixels(std::ceil(static_cast<double>(kWidth) * options_.scale), height,
                                   most_);
        page_.ladder = view::ladder::lay_out_ladder(input);
        page_.area = {kPad, y_, input.width, input.height};
        // What began before the first step, or ends beyond the last, is cut off; but no word.
        std::erase_if(page_.ladder.texts, [&](const view::ladder::LadderText& text) {
            return text.box.y < 0 || text.box.bottom() > input.height;
        });
        if (!stops) page_.ladder.now.reset();
        y_ += input.height + 0.6F * kEm;
        add_ends(ends);
        for (PageText& state : states_before_) {
            const bool client = state.colour == view::role_colour(model::Role::Client);
            const float x = client ? page_.ladder.client_x : page_.ladder.server_x;
            state.box.x = page_.area.x + x - state.box.w / 2;
            page_.texts.push_back(std::move(state));
        }
        add_tips();
        return {};
    }

    // In which an excerpt begins: what brought them is not on it. At the top of the lifelines.
    void add_states_before() {
        const float h = kEm * view::scale_of(TextStyle::Small) + 0.35F * kEm;
        for (const model::Role role : {model::Role::Client, model::Role::Server}) {
            const model::State state = timeline_.at(first_).end(role).state();
            if (state == model::State::Unknown) continue;
            std::string text(model::name(state));
            const float w = measure_(TextStyle::Small, text) + kEm;
            states_before_.push_back({{0, y_, w, h},
                                      std::move(text),
                                      TextStyle::Small,
                                      view::role_colour(role),
                                      true,
                                      PageText::Mark::None,
                                      true});
        }
        y_ += h + 0.2F * kEm;
    }

    // Time in proportion is drawn as high as the same events are in rows, or its words would have
    // no room.
    static float height_in_rows(view::ladder::LadderInput input) {
        input.axis = view::TimeAxis::ByEvent;
        input.position = input.rows.size();
        return static_cast<float>(view::ladder::ladder_height(input, false));
    }

    // As high as what is to be seen, with room for what is written beside the last event. The
    // window draws as much time as fits into its height: here that must not change the scale.
    static void set_height(view::ladder::LadderInput& input, bool more) {
        const double scale = view::ladder::LadderAxis(input).per_second();
        const double height = view::ladder::ladder_height(input, more) - input.scroll;
        input.height = static_cast<float>(std::max(height, 1.0)) + 0.6F * kEm;
        const double fitted = view::ladder::LadderAxis(input).per_second();
        if (fitted > 0) input.zoom = static_cast<float>(scale / fitted);
    }

    void add_ends(float top) {
        const std::optional<model::ConnectionIndex> connection = timeline_.connection();
        const float room = 17 * kEm;
        for (const model::Role role : {model::Role::Client, model::Role::Server}) {
            const float x = page_.area.x + (role == model::Role::Client ? page_.ladder.client_x
                                                                        : page_.ladder.server_x);
            // An address is wider than the margin: it may not leave the page.
            const float half = std::min({room / 2, x - kPad, kWidth - kPad - x});
            float y = top;
            const auto line = [&](std::string text, TextStyle style, ColourRole colour) {
                text = view::shorten_middle(text, style, 2 * half, measure_);
                const float w = measure_(style, text);
                const float h = kEm * view::scale_of(style);
                page_.texts.push_back(
                    {{x - w / 2, y, w, h}, std::move(text), style, colour, true, {}});
                y += h * 1.25F;
            };
            line(view::role_word(role), TextStyle::Strong, view::role_colour(role));
            if (!connection) continue;
            const model::ConnectionId& id = timeline_.trace().connections()[*connection];
            line(to_string(role == model::Role::Client ? id.client : id.server),
                 TextStyle::MonoSmall, ColourRole::TextDim);
        }
    }

    void add_tips() {
        for (const view::ladder::Arrow& arrow : page_.ladder.arrows) {
            if (auto tip = view::segment_tip(timeline_, arrow.segment, options_.raw_numbers))
                page_.tips.push_back({arrow.segment, std::move(*tip)});
        }
        std::sort(page_.tips.begin(), page_.tips.end(),
                  [](const SegmentTip& a, const SegmentTip& b) { return a.segment < b.segment; });
    }

    void add_claims() {
        const auto claims = view::claim_list(timeline_, index_, {}, position_);
        if (claims.empty()) return;
        page_.texts.reserve(page_.texts.size() + 2 * claims.size());
        y_ += 0.5F * kEm;
        add_line(say(Text::ClaimsTitle), TextStyle::Label, ColourRole::TextDim);
        for (const view::ClaimEntry& claim : claims) {
            using Outcome = view::ClaimEntry::Outcome;
            const PageText::Mark mark = claim.outcome == Outcome::Holds ? PageText::Mark::Holds
                                        : claim.outcome == Outcome::DoesNotHold
                                            ? PageText::Mark::DoesNotHold
                                            : PageText::Mark::Open;
            add_wrapped(view::escaped(claim.text), TextStyle::Small,
                        mark == PageText::Mark::DoesNotHold ? ColourRole::Rst : ColourRole::Text,
                        kPad + 1.4F * kEm, mark);
        }
    }

    void describe(const Range& range) {
        std::string& text = page_.description;
        if (const auto connection = timeline_.connection()) {
            const model::ConnectionId& id = timeline_.trace().connections()[*connection];
            text = say(Text::TerminalEnds, to_string(id.client), to_string(id.server)) + "\n";
        }
        if (range.all > 0) text += say(Text::ExportSteps, range.from, range.to, range.all) + "\n";
        for (const model::Role role : {model::Role::Client, model::Role::Server}) {
            std::string states;
            for (const view::ladder::LifelineSpan& span : page_.ladder.lifelines) {
                if (span.role == role && span.state != model::State::Unknown)
                    states += fmt::format(" {}", model::name(span.state));
            }
            text += fmt::format("{}:{}\n", view::role_word(role), states);
        }
    }

    const model::Timeline& timeline_;
    const Options& options_;
    double most_;  // pixels of the picture
    view::Measure measure_;
    view::TimelineIndex index_;
    view::ladder::LadderRows rows_;
    view::ladder::LadderTimes times_;
    std::size_t first_ = 0, position_ = 0;
    std::vector<PageText> states_before_;
    float y_ = 0;
    Page page_;
};

}  // namespace

std::vector<SegmentTip> segment_tips(const model::Timeline& timeline, bool raw_numbers) {
    std::vector<SegmentTip> tips;
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        const model::SegmentId id = view::segment_of(timeline.event(i).fact);
        if (id == 0 || timeline.event_of_segment(id) != i) continue;
        if (auto tip = view::segment_tip(timeline, id, raw_numbers))
            tips.push_back({id, std::move(*tip)});
    }
    std::sort(tips.begin(), tips.end(),
              [](const SegmentTip& a, const SegmentTip& b) { return a.segment < b.segment; });
    return tips;
}

Result<Page> lay_out_page(const model::Timeline& timeline, const Options& options, double most) {
    return PageLayout(timeline, options, most).lay_out();
}

tl::unexpected<Error> too_many_pixels(double w, double h, double most) {
    return fail(
        ErrorKind::BadInput,
        fmt::format("the picture would have {:.0f} x {:.0f} pixels: more than {:.0f} either "
                    "way",
                    w, h, most),
        "choose a smaller --scale, or fewer steps with --from-step and --to-step");
}

}  // namespace tcpstep::exports::picture
