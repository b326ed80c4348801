#include "app/lesson/parse_claim.hpp"

#include <algorithm>
#include <utility>

#include "app/lesson/model_fields.hpp"
#include "app/lesson/parse_moment.hpp"
#include "app/lesson/parse_text.hpp"
#include "app/lesson/parse_value.hpp"

namespace tcpstep::lesson {

namespace {

using namespace model::claim;

constexpr std::int64_t kMostConnections = 1'000'000;

// What a claim is read from.
struct Source {
    JsonObject& object;
    const Lesson& lesson;
    FirstFault& fault;

    unsigned connection() const {
        return static_cast<unsigned>(object.number_or("connection", 1, 1, kMostConnections));
    }
    Moment moment(const char* key) const { return parse_moment(object, key, lesson, fault); }
};

Predicate in_order(const Source& from) {
    const auto read = [&](const nlohmann::json& value, const std::string& place) {
        return parse_moment(value, place, from.lesson, from.fault);
    };
    InOrder claim{from.object.list("moments", read)};
    if (claim.moments.size() < 2) from.object.refuse("moments", "expected two moments or more");
    return claim;
}

Predicate states(const Source& from) {
    Passes claim;
    claim.endpoint = from.object.one_of("endpoint", kRoles);
    claim.connection = from.connection();
    claim.states = read_states(from.object, "states");
    return claim;
}

Predicate state_is(const Source& from) {
    StateIs claim;
    claim.endpoint = from.object.one_of("endpoint", kRoles);
    claim.connection = from.connection();
    claim.state = read_state(from.object, "state");
    claim.at = from.moment("at");
    return claim;
}

Predicate never(const Source& from) {
    Moment moment = from.moment("moment");
    return Never{std::move(moment), parse_span(from.object, from.lesson, from.fault)};
}

template <Relation relation>
Predicate compares(const Source& from) {
    Compares claim;
    claim.relation = relation;
    claim.left = parse_value(from.object, "left", from.lesson, from.fault);
    claim.right = parse_value(from.object, "right", from.lesson, from.fault);
    const auto of_time = [](const Value& value) {
        return std::holds_alternative<TimeBetween>(value) ||
               std::holds_alternative<SampledOf>(value);
    };
    const auto is_shortest = [](const Value& value) {
        return std::holds_alternative<Shortest>(value);
    };
    if ((is_shortest(claim.left) && of_time(claim.right)) ||
        (is_shortest(claim.right) && of_time(claim.left))) {
        from.object.refuse("right",
                           "\"shortest\" is in nanoseconds: compare it with another, or "
                           "with a whole number");
    }
    claim.plus = from.object.number_or("plus", 0, -1'000'000'000, 1'000'000'000);
    return claim;
}

Predicate fails_with(const Source& from) {
    FailsWith claim;
    claim.call = read_call(from.object, from.lesson);
    claim.error = read_errno(from.object, "error");
    return claim;
}

Predicate gives(const Source& from) {
    Gives claim;
    claim.call = read_call(from.object, from.lesson);
    claim.value = from.object.any_text("value");
    return claim;
}

Predicate column_is(const Source& from) {
    ColumnIs claim;
    claim.cell = parse_cell(from.object, from.lesson);
    claim.value = from.object.any_text("value");
    return claim;
}

// Two capital digits an octet, as the trace is compared with them.
bool is_hexadecimal(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool space = i % 3 == 2;
        if (space ? text[i] != ' ' : kDigits.find(text[i]) == std::string_view::npos) return false;
    }
    return text.size() % 3 == 2;
}

Predicate octets_are(const Source& from) {
    // In the order of the enumerators.
    constexpr std::array<std::string_view, 8> kFields = {"source_address",
                                                         "destination_address",
                                                         "source_port",
                                                         "destination_port",
                                                         "seq",
                                                         "ack",
                                                         "flags",
                                                         "window"};
    OctetsAre claim;
    claim.segment = parse_segment_choice(from.object, from.fault);
    claim.field = static_cast<HeaderField>(from.object.choose("field", kFields));
    claim.value = from.object.text("value");
    if (!is_hexadecimal(claim.value)) {
        from.object.refuse("value", "expected octets as \"1F 40\"");
    }
    return claim;
}

struct Kind {
    std::string_view name;
    Predicate (*read)(const Source& from);
};

constexpr std::array kKinds = {
    Kind{"in_order", in_order},
    Kind{"states", states},
    Kind{"state_is", state_is},
    Kind{"never", never},
    Kind{"equal", compares<Relation::Equal>},
    Kind{"differ", compares<Relation::Differ>},
    Kind{"at_least", compares<Relation::AtLeast>},
    Kind{"at_most", compares<Relation::AtMost>},
    Kind{"fails_with", fails_with},
    Kind{"gives", gives},
    Kind{"column_is", column_is},
    Kind{"octets_are", octets_are},
};

}  // namespace

Claim parse_claim(const nlohmann::json& value, const std::string& place, const Lesson& lesson,
                  FirstFault& fault) {
    Claim claim;
    JsonObject object(value, place, fault);
    claim.id = read_id(object, "id");
    claim.text = parse_text(object, "text", fault);
    std::array<std::string_view, kKinds.size()> names;
    std::transform(kKinds.begin(), kKinds.end(), names.begin(),
                   [](Kind kind) { return kind.name; });
    const Kind& kind = kKinds[object.choose("check", names)];
    if (fault.found()) return claim;
    claim.predicate = kind.read({object, lesson, fault});
    if (object.has("given")) {
        claim.given = object.list("given", [&](const nlohmann::json& one, const std::string& at) {
            return parse_moment(one, at, lesson, fault);
        });
    }
    object.finish();
    return claim;
}

}  // namespace tcpstep::lesson
