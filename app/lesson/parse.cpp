#include "app/lesson/parse.hpp"

#include <algorithm>
#include <utility>

#include "app/lesson/json_object.hpp"
#include "app/lesson/line_of.hpp"
#include "app/lesson/model_fields.hpp"
#include "app/lesson/move_to_port.hpp"
#include "app/lesson/parse_claim.hpp"
#include "app/lesson/parse_condition.hpp"
#include "app/lesson/parse_moment.hpp"
#include "app/lesson/parse_step.hpp"
#include "app/lesson/parse_text.hpp"
#include "app/lesson/parse_wire.hpp"
#include "app/lesson/port_words.hpp"
#include "app/lesson/references.hpp"
#include "app/lesson/repeated_key.hpp"

namespace tcpstep::lesson {

namespace {

using model::Role;
using nlohmann::json;

// How "segments" may be spelled.
enum class Segments { Free, Held, HeldOnly };

std::string_view name(Segments segments) {
    switch (segments) {
        case Segments::Free:
            return "free";
        case Segments::Held:
            return "held";
        case Segments::HeldOnly:
            return "held_only";
    }
    return "";
}

// Reads one file; stops at the first fault.
class Parser {
  public:
    FirstFault fault;

    Lesson lesson(const json& root) {
        Lesson lesson;
        JsonObject object(root, "", fault);
        object.ignore("$schema");
        lesson.id = read_id(object, "id");
        lesson.order = static_cast<int>(object.number("order", 1, 1000));
        lesson.title = parse_text(object, "title", fault);
        lesson.summary = parse_text(object, "summary", fault);
        read_segments(object, lesson);
        lesson.server = read_address(object, "server_address");
        lesson.client_steps = steps(object, "client");
        lesson.second_client_steps = steps(object, "second_client");
        lesson.server_steps = steps(object, "server");
        read_wire(object, lesson);
        lesson.ends_with = end_states(object);
        read_stop(object, lesson);
        if (!fault.found()) read_story(object, lesson);
        if (!fault.found()) lesson.claims = claims(object, lesson);
        if (!fault.found()) read_patience(object, lesson);
        object.finish();
        if (!fault.found()) check_references(lesson, fault);
        return lesson;
    }

  private:
    static void read_segments(JsonObject& object, Lesson& lesson) {
        const Segments segments = object.one_of(
            "segments", std::array{Segments::Free, Segments::Held, Segments::HeldOnly});
        lesson.held = segments != Segments::Free;
        lesson.needs_gate = segments == Segments::HeldOnly;
    }

    std::vector<Step> steps(JsonObject& object, const char* key) {
        return object.list(key, [this](const json& value, const std::string& place) {
            return parse_step(value, place, fault);
        });
    }

    void read_wire(JsonObject& object, Lesson& lesson) {
        lesson.wire = object.list("wire", [this](const json& value, const std::string& place) {
            return parse_wire_rule(value, place, fault);
        });
        if (!lesson.wire.empty() && !lesson.held)
            object.refuse("wire", "no segment of a free lesson can be stopped on its way");
    }

    // Where a lesson stops on the way.
    void read_stop(JsonObject& object, Lesson& lesson) {
        lesson.ends_when = parse_conditions(object, "ends_when", fault);
        if (!lesson.ends_when.empty() && !lesson.held)
            object.refuse("ends_when", "a free lesson cannot stop while segments are on their way");
        lesson.differs = object.list("differs", [this](const json& value, const std::string& at) {
            JsonObject both(value, at, fault);
            return parse_text(both);
        });
    }

    void read_story(JsonObject& object, Lesson& lesson) {
        lesson.story = object.list("story", [&](const json& value, const std::string& place) {
            JsonObject fields(value, place, fault);
            Passage passage{parse_text(fields, "text", fault), {}};
            if (fields.has("until")) {
                passage.until = parse_moment(fields, "until", lesson, fault);
            }
            fields.finish();
            return passage;
        });
        for (std::size_t i = 0; i + 1 < lesson.story.size(); ++i) {
            if (lesson.story[i].until) continue;
            fault.add(fmt::format("/story/{}", i), "\"until\" is missing: only the last lasts");
        }
    }

    std::vector<Claim> claims(JsonObject& object, const Lesson& lesson) {
        return object.list("claims", [&](const json& value, const std::string& place) {
            return parse_claim(value, place, lesson, fault);
        });
    }

    void read_patience(JsonObject& object, Lesson& lesson) {
        const json* patience = object.has("patience") ? object.object("patience") : nullptr;
        if (patience == nullptr) return;
        JsonObject fields(*patience, object.place_of("patience"), fault);
        lesson.patience.emplace();
        lesson.patience->ends_with = end_states(fields);
        lesson.patience->claims = claims(fields, lesson);
        fields.finish();
    }

    std::vector<InState> end_states(JsonObject& object) {
        const json* ends = object.object("ends_with");
        if (ends == nullptr) return {};
        std::vector<InState> states;
        JsonObject fields(*ends, object.place_of("ends_with"), fault);
        for (Role role : kRoles) {
            const std::string key(name(role));
            if (fields.has(key.c_str())) states.push_back({role, read_state(fields, key.c_str())});
        }
        fields.finish();
        return states;
    }
};

}  // namespace

Result<Lesson> parse_lesson(std::string_view text, const std::string& file_name,
                            std::optional<std::uint16_t> port) {
    const std::string remedy = "assets/lessons/README.md describes lesson files";
    try {
        const json root = json::parse(text);
        if (const auto repeated = repeated_key(text)) {
            return fail(ErrorKind::BadInput,
                        fmt::format("{}:{}: \"{}\" stands twice in one object", file_name,
                                    repeated->line, repeated->key),
                        "keep one of them");
        }
        Parser parser;
        Lesson lesson = parser.lesson(root);
        if (parser.fault.found())
            return fail(ErrorKind::BadInput,
                        fmt::format("{}:{}: {}", file_name, line_of(text, parser.fault.place()),
                                    *parser.fault.text()),
                        remedy);
        lesson.source = std::string(text);
        if (port) {
            if (auto moved = move_to_port(lesson, *port); !moved)
                return tl::make_unexpected(moved.error());
        }
        fill_in_port(lesson);
        return lesson;
    } catch (const json::exception& error) {
        // Only a number that is none names no place.
        if (error.id == 406) {
            const std::string_view all = error.what();
            const std::size_t quote = std::min(all.find('\''), all.size());
            const std::string_view number = all.substr(std::min(quote + 1, all.size()));
            const std::string_view shown = number.substr(0, number.rfind('\''));
            const auto at = static_cast<std::ptrdiff_t>(std::min(text.find(shown), text.size()));
            return fail(ErrorKind::BadInput,
                        fmt::format("{}:{}: the number {} is too large", file_name,
                                    1 + std::count(text.begin(), text.begin() + at, '\n'), shown),
                        remedy);
        }
        // nlohmann's text names line and column, after its own number in brackets.
        std::string_view why = error.what();
        why.remove_prefix(std::min(why.find(']') + 1, why.size()));
        return fail(ErrorKind::BadInput, fmt::format("{}:{}", file_name, why), remedy);
    }
}

// Its texts have the old port filled in: it is read once more.
Result<Lesson> on_port(const Lesson& lesson, std::uint16_t port) {
    return parse_lesson(lesson.source, lesson.id, port);
}

}  // namespace tcpstep::lesson
