#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/exports/html/shared.hpp"
#include "app/exports/html/words.hpp"
#include "app/view/event_numbers.hpp"
#include "app/view/octets/field_meaning.hpp"
#include "app/view/octets/header_rows.hpp"
#include "app/view/octets/payload_fields.hpp"
#include "app/view/octets/wire_fields.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/segment_title.hpp"

namespace tcpstep::exports::html {

using Json = nlohmann::ordered_json;
using view::say;
using view::Text;

namespace {

std::string_view part_name(view::octets::WirePart part) {
    switch (part) {
        case view::octets::WirePart::Ip:
            return "ip";
        case view::octets::WirePart::Tcp:
            return "tcp";
        case view::octets::WirePart::Options:
            return "options";
        case view::octets::WirePart::Payload:
            return "payload";
    }
    return {};
}

// What many segments have alike is kept once.
struct Alike {
    Shared kinds;    // what a field is
    Shared values;   // what it says
    Shared marks;    // what is marked
    Shared layouts;  // where the boxes of all of them stand
    /// Of each layout: the values of the first segment that has it. The others tell only in which
    /// they differ.
    std::vector<std::vector<std::size_t>> first;
};

// [place, value, place, value ...]
Json differences(const std::vector<std::size_t>& values, const std::vector<std::size_t>& first) {
    Json found = Json::array();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] == first[i]) continue;
        found.push_back(i);
        found.push_back(values[i]);
    }
    return found;
}

// The number of the segment before differs from one to the next, in words that are else the same.
std::string without_number(std::string words, const std::string& number) {
    if (const std::size_t at = words.find(number); at != std::string::npos)
        words.replace(at, number.size(), "#");
    return words;
}

std::size_t field_words(const Played& played, const model::Segment& segment,
                        const view::octets::WireField& field, model::SegmentId previous,
                        Alike& alike) {
    const view::octets::FieldMeaning meaning =
        view::octets::field_meaning(played.timeline, played.index, segment, field, previous);
    const std::size_t kind = alike.kinds.index_of({{"name", field.name},
                                                   {"part", part_name(field.part)},
                                                   {"bit", field.place.bit},
                                                   {"bits", field.place.bits},
                                                   {"title", meaning.name},
                                                   {"place", meaning.place},
                                                   {"meaning", meaning.meaning},
                                                   {"source", meaning.source}});
    const bool names_it = previous != 0 && field.part != view::octets::WirePart::Payload;
    return alike.values.index_of(
        {kind, field.value, meaning.value, field.differs ? 1 : 0,
         names_it ? without_number(meaning.before, played.timeline.number(previous))
                  : meaning.before});
}

Json words_of(const Played& played, model::SegmentId id, const model::Segment& segment,
              Alike& alike) {
    const model::SegmentId previous = played.index.sent_before(played.timeline, id);
    Json words = {{"title", view::segment_title(played.timeline, id)}};
    const auto fields = view::octets::wire_fields(segment, played.timeline.segment(previous));
    if (fields.empty()) {
        words["note"] = say(Text::InspectNoBytes);
        return words;
    }
    if (previous != 0) {
        words["previous"] = played.timeline.number(previous);
        words["marks"] =
            alike.marks.index_of(say(Text::InspectChanged, "#", view::role_word(segment.from)));
    }
    if (segment.length > 0)
        words["data"] = view::octets::payload_extent(segment.length, segment.payload.size());
    std::vector<std::size_t> values;
    for (const view::octets::WireField& field : fields)
        values.push_back(field_words(played, segment, field, previous, alike));
    const view::octets::HeaderRows rows = view::octets::header_rows(fields);
    Json layout = Json::array({view::octets::tall_row(rows, fields), fields.size()});
    for (const view::octets::HeaderBox& box : rows.boxes) {
        layout.push_back(
            {box.field, box.row, box.rows, box.first_bit, box.bits, box.named ? 1 : 0});
    }
    const std::size_t at = alike.layouts.index_of(std::move(layout));
    if (at == alike.first.size()) alike.first.push_back(values);
    words["layout"] = at;
    words["fields"] = differences(values, alike.first[at]);
    return words;
}

// All that are seen, the one of the first frame first.
std::vector<model::SegmentId> segments_of(const Played& played) {
    std::vector<model::SegmentId> all;
    std::unordered_set<model::SegmentId> known;
    const auto add = [&](model::SegmentId id) {
        if (played.timeline.segment(id) != nullptr && known.insert(id).second) all.push_back(id);
    };
    for (std::size_t frame = 0; frame < played.frames(); ++frame) add(played.segment(frame));
    for (std::size_t i = played.positions.front(); i < played.positions.back(); ++i)
        add(view::segment_of(played.timeline.event(i).fact));
    return all;
}

}  // namespace

Json segment_octets(const Played& played) {
    Json all = Json::object();
    for (const model::SegmentId id : segments_of(played)) {
        const model::Segment& segment = *played.timeline.segment(id);
        std::string octets;
        for (const auto* part : {&segment.headers, &segment.payload})
            for (const std::uint8_t octet : *part) octets += fmt::format("{:02x}", octet);
        if (!octets.empty()) all[std::to_string(id)] = std::move(octets);
    }
    return all;
}

Json segment_words(const Played& played) {
    Json all = Json::object();
    Alike alike;
    for (const model::SegmentId id : segments_of(played))
        all[std::to_string(id)] = words_of(played, id, *played.timeline.segment(id), alike);
    return {{"segments", std::move(all)},    {"first", alike.first},
            {"marks", alike.marks.take()},   {"kinds", alike.kinds.take()},
            {"values", alike.values.take()}, {"layouts", alike.layouts.take()}};
}

}  // namespace tcpstep::exports::html
