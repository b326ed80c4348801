#include "app/lesson/parse.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/lesson/json_object.hpp"

namespace tcpstep::lesson {

namespace {

using model::Role;
using nlohmann::json;

constexpr std::array kCalls = {Call::Socket, Call::Bind,     Call::Listen,
                               Call::Accept, Call::Connect,  Call::Send,
                               Call::Recv,   Call::Shutdown, Call::Close};
constexpr std::array kRoles = {Role::Client, Role::Server};

bool is_errno(const std::string& name) {
    constexpr int kHighest = 133;  // EHWPOISON, errno-base.h and errno.h of Linux
    for (int number = 1; number <= kHighest; ++number) {
        const char* known = strerrorname_np(number);
        if (known != nullptr && name == known) return true;
    }
    return false;
}

// Reads one file; stops at the first fault.
class Parser {
  public:
    std::optional<std::string> fault;

    Lesson lesson(const json& root) {
        Lesson lesson;
        JsonObject object(root, "");
        object.ignore("$schema");
        lesson.id = object.text("id");
        if (lesson.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") !=
            std::string::npos) {
            object.refuse(
                "/id", "expected small letters, digits and hyphens, found \"" + lesson.id + "\"");
        }
        lesson.order = static_cast<int>(object.number("order", 1, 1000));
        lesson.title = translated(object, "title");
        lesson.summary = translated(object, "summary");
        lesson.held = one_of(object, "segments", {"free", "held"}) == "held";
        lesson.server = address(object);
        for (Role role : kRoles) {
            const json* steps = object.array(std::string(name(role)).c_str());
            if (steps == nullptr) continue;
            (role == Role::Client ? lesson.client_steps : lesson.server_steps) =
                this->steps(*steps, "/" + std::string(name(role)));
        }
        if (const json* ends = object.object("ends_with")) lesson.ends_with = end_states(*ends);
        take_fault(object);
        if (!fault) check_references(lesson);
        return lesson;
    }

  private:
    void take_fault(JsonObject& object) {
        if (!fault) fault = object.fault();
    }

    // {"en": "...", "zh": "..."}: English must be there and is what this version shows.
    std::string translated(JsonObject& object, const char* key) {
        const json* texts = object.object(key);
        if (texts == nullptr) return {};
        JsonObject languages(*texts, object.place_of(key));
        languages.ignore("zh");
        std::string english = languages.text("en");
        take_fault(languages);
        return english;
    }

    static std::string one_of(JsonObject& object, const char* key,
                              std::initializer_list<const char*> allowed) {
        std::string text = object.text(key);
        if (std::find(allowed.begin(), allowed.end(), text) == allowed.end()) {
            object.refuse(object.place_of(key), fmt::format("expected one of {}, found \"{}\"",
                                                            fmt::join(allowed, ", "), text));
        }
        return text;
    }

    static model::SocketAddress address(JsonObject& object) {
        const std::string text = object.text("server_address");
        const auto address = model::parse_socket_address(text);
        if (!address || address->port == 0) {
            object.refuse(object.place_of("server_address"),
                          fmt::format("expected ADDRESS:PORT, found \"{}\"", text));
            return {};
        }
        return *address;
    }

    static Role role(JsonObject& object, const char* key) {
        return one_of(object, key, {"client", "server"}) == "client" ? Role::Client : Role::Server;
    }

    static model::State state(JsonObject& object, const char* key) {
        const std::string text = object.text(key);
        const auto found = model::state_named(text);
        if (!found || *found == model::State::Unknown) {
            object.refuse(object.place_of(key), fmt::format("unknown state \"{}\"", text));
            return model::State::Closed;
        }
        return *found;
    }

    std::vector<InState> end_states(const json& value) {
        std::vector<InState> states;
        JsonObject object(value, "/ends_with");
        for (Role one : kRoles) {
            const std::string key(name(one));
            if (value.contains(key)) states.push_back({one, state(object, key.c_str())});
        }
        take_fault(object);
        return states;
    }

    std::vector<Step> steps(const json& array, const std::string& place) {
        std::vector<Step> steps;
        for (std::size_t i = 0; i < array.size() && !fault; ++i) {
            steps.push_back(step(array[i], fmt::format("{}/{}", place, i)));
        }
        return steps;
    }

    Step step(const json& value, const std::string& place) {
        Step step;
        JsonObject object(value, place);
        const std::string call_name = object.text("call");
        const auto call = std::find_if(kCalls.begin(), kCalls.end(),
                                       [&](Call c) { return name(c) == call_name; });
        if (call == kCalls.end()) {
            object.refuse(object.place_of("call"), fmt::format("unknown call \"{}\"", call_name));
        } else {
            step.call = *call;
            call_fields(object, step);
        }
        step.label = object.text_or("label", call_name);
        step.pause = std::chrono::milliseconds(object.number_or("pause_ms", 0, 0, 60'000));
        step.fails_with = object.text_or("fails_with", "");
        if (!step.fails_with.empty() && !is_errno(step.fails_with)) {
            object.refuse(object.place_of("fails_with"),
                          fmt::format("unknown errno \"{}\"", step.fails_with));
        }
        if (const json* after = object.array("after")) {
            for (std::size_t i = 0; i < after->size() && !fault; ++i) {
                step.after.push_back(condition((*after)[i], fmt::format("{}/after/{}", place, i)));
            }
        }
        take_fault(object);
        return step;
    }

    static void call_fields(JsonObject& object, Step& step) {
        if (step.call != Call::Socket) step.on = object.text("on");
        switch (step.call) {
            case Call::Socket:
            case Call::Accept:
                step.as = object.text("as");
                break;
            case Call::Listen:
                step.backlog = object.number("backlog", 0, 65535);
                break;
            case Call::Send:
                step.data = object.any_text("data");
                break;
            case Call::Recv:
                step.size = object.number("size", 1, 1 << 20);
                break;
            case Call::Shutdown:
                step.how = one_of(object, "how", {"SHUT_RD", "SHUT_WR", "SHUT_RDWR"});
                break;
            case Call::Bind:
            case Call::Connect:
            case Call::Close:
                break;
        }
    }

    Condition condition(const json& value, const std::string& place) {
        JsonObject object(value, place);
        if (value.is_object() && value.contains("state")) {
            InState in_state;
            in_state.endpoint = role(object, "endpoint");
            in_state.state = state(object, "state");
            take_fault(object);
            return in_state;
        }
        StepReached reached;
        reached.actor = role(object, "actor");
        reached.label = object.text("step");
        reached.returned = one_of(object, "has", {"entered", "returned"}) == "returned";
        take_fault(object);
        return reached;
    }

    // Labels are unique, conditions name steps that exist, descriptors are made before they are
    // used.
    void check_references(const Lesson& lesson) {
        for (Role role : kRoles) {
            std::set<std::string> labels;
            std::set<std::string> descriptors;
            const auto& steps = lesson.steps(role);
            for (std::size_t i = 0; i < steps.size() && !fault; ++i) {
                const std::string place = fmt::format("/{}/{}", name(role), i);
                if (!labels.insert(steps[i].label).second) {
                    fault = fmt::format("{}: a second step labelled \"{}\"", place, steps[i].label);
                }
                if (!steps[i].on.empty() && descriptors.count(steps[i].on) == 0) {
                    fault = fmt::format("{}/on: no step before makes \"{}\"", place, steps[i].on);
                }
                if (!steps[i].as.empty()) descriptors.insert(steps[i].as);
                check_conditions(lesson, role, i, place);
            }
        }
    }

    void check_conditions(const Lesson& lesson, Role role, std::size_t i,
                          const std::string& place) {
        for (const Condition& condition : lesson.steps(role)[i].after) {
            const auto* reached = std::get_if<StepReached>(&condition);
            if (reached == nullptr || fault) continue;
            const auto& steps = lesson.steps(reached->actor);
            const auto other = std::find_if(steps.begin(), steps.end(), [&](const Step& step) {
                return step.label == reached->label;
            });
            if (other == steps.end()) {
                fault = fmt::format("{}/after: the {} has no step \"{}\"", place,
                                    name(reached->actor), reached->label);
            } else if (reached->actor == role &&
                       other - steps.begin() >= static_cast<std::ptrdiff_t>(i)) {
                fault = fmt::format(
                    "{}/after: \"{}\" is not before this step, it would wait for itself", place,
                    reached->label);
            }
        }
    }
};

}  // namespace

Result<Lesson> parse_lesson(std::string_view text, const std::string& file_name) {
    const std::string remedy = "assets/lessons/README.md describes lesson files";
    try {
        const json root = json::parse(text);
        Parser parser;
        Lesson lesson = parser.lesson(root);
        if (parser.fault)
            return fail(ErrorKind::BadInput, fmt::format("{}: {}", file_name, *parser.fault),
                        remedy);
        lesson.source = std::string(text);
        return lesson;
    } catch (const json::exception& error) {
        // nlohmann's text names line and column, after its own number in brackets.
        std::string_view why = error.what();
        why.remove_prefix(std::min(why.find(']') + 1, why.size()));
        return fail(ErrorKind::BadInput, fmt::format("{}:{}", file_name, why), remedy);
    }
}

}  // namespace tcpstep::lesson
