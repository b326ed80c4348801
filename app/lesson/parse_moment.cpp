#include "app/lesson/parse_moment.hpp"

#include <algorithm>

#include "app/lesson/model_fields.hpp"

namespace tcpstep::lesson {

namespace {

using model::SegmentChoice;
using namespace model::claim;

constexpr std::int64_t kMostSegments = 1'000'000;
// In the order of the enumerators.
constexpr std::array<std::string_view, 5> kFates = {"sent", "held", "delivered", "dropped",
                                                    "delivered_twice"};
constexpr std::array<std::string_view, 2> kHas = {"entered", "returned"};

// The step of that label among those of one process, from 1; 0: there is none.
unsigned number_of(const std::string& label, const std::vector<Step>& steps) {
    const auto step = std::find_if(steps.begin(), steps.end(),
                                   [&](const Step& one) { return one.label == label; });
    return step == steps.end() ? 0 : static_cast<unsigned>(step - steps.begin()) + 1;
}

Moment read_moment(JsonObject& object, const Lesson& lesson, FirstFault& fault) {
    if (object.has("segment")) {
        OfSegment of;
        of.segment = parse_segment_choice(object, fault);
        of.fate = static_cast<Fate>(object.choose("is", kFates));
        return of;
    }
    if (object.has("datagram")) return parse_datagram(object, "datagram", fault);
    if (object.has("icmp_error")) {
        const auto [from, nth] = parse_datagram(object, "icmp_error", fault);
        return OfIcmpError{from, nth};
    }
    if (object.has("state")) {
        OfState of;
        of.endpoint = object.one_of("endpoint", kRoles);
        of.state = read_state(object, "state");
        of.connection = static_cast<unsigned>(object.number_or("connection", 1, 1, kMostSegments));
        return of;
    }
    OfCall of = read_call(object, lesson);
    of.returned = object.choose("has", kHas) == 1;
    return of;
}

}  // namespace

Moment parse_moment(const nlohmann::json& value, const std::string& place, const Lesson& lesson,
                    FirstFault& fault) {
    JsonObject object(value, place, fault);
    Moment moment = read_moment(object, lesson, fault);
    object.finish();
    return moment;
}

Moment parse_moment(JsonObject& object, const char* key, const Lesson& lesson, FirstFault& fault) {
    const nlohmann::json* value = object.object(key);
    return value == nullptr ? Moment() : parse_moment(*value, object.place_of(key), lesson, fault);
}

SegmentChoice parse_segment_choice(JsonObject& object, FirstFault& fault) {
    SegmentChoice choice;
    const nlohmann::json* segment = object.object("segment");
    if (segment == nullptr) return choice;
    JsonObject fields(*segment, object.place_of("segment"), fault);
    if (fields.has("from")) choice.from = fields.one_of("from", kRoles);
    if (fields.has("flags")) {
        choice.flags = read_flags(fields, "flags");
        // Linux sets it on the last segment of what one send() gave: no lesson is about that.
        if (choice.flags->psh()) fields.refuse("flags", "PSH is not compared, leave it out");
    }
    choice.data = fields.truth_if_any("data");
    choice.again = fields.truth_if_any("again");
    choice.absorbed = fields.truth_if_any("absorbed").value_or(false);
    choice.connection = read_connection(fields);
    choice.nth = static_cast<unsigned>(fields.number_or("nth", 0, 1, kMostSegments));
    fields.finish();
    return choice;
}

SegmentChoice parse_counted_segment(JsonObject& object, FirstFault& fault) {
    const SegmentChoice choice = parse_segment_choice(object, fault);
    if (choice.again) {
        object.refuse("segment", "\"again\" is for claims; count what is sent again with \"nth\"");
    } else if (choice.absorbed) {
        object.refuse("segment", "\"absorbed\" is for claims and the story");
    }
    return choice;
}

OfDatagram parse_datagram(JsonObject& object, const char* key, FirstFault& fault) {
    OfDatagram of;
    const nlohmann::json* datagram = object.object(key);
    if (datagram == nullptr) return of;
    JsonObject fields(*datagram, object.place_of(key), fault);
    if (fields.has("from")) of.from = fields.one_of("from", kRoles);
    of.nth = static_cast<unsigned>(fields.number_or("nth", 0, 1, kMostSegments));
    fields.finish();
    return of;
}

OfCall read_call(JsonObject& object, const Lesson& lesson) {
    OfCall of;
    of.actor = object.one_of("actor", kRoles);
    const std::string label = object.text("step");
    // The nth call of the client's role is known by its place in the trace, and both clients have
    // it.
    if (of.actor == model::Role::Client && !lesson.second_client_steps.empty()) {
        object.refuse("step", "no client's step can be named where there is a second client");
        return of;
    }
    const auto& steps =
        lesson.steps(of.actor == model::Role::Client ? Actor::Client : Actor::Server);
    of.nth = number_of(label, steps);
    unsigned children = 0;
    for (const Step& step : steps) {
        if (step.call != Call::Fork) continue;
        ++children;
        if (of.nth != 0) continue;
        of.nth = number_of(label, step.child);
        of.child = of.nth == 0 ? 0 : children;
    }
    if (of.nth == 0)
        object.refuse("step", fmt::format("the {} has no step \"{}\"", name(of.actor), label));
    return of;
}

}  // namespace tcpstep::lesson
