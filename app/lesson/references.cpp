#include "app/lesson/references.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace tcpstep::lesson {

namespace {

// Who waits for a condition: a step, or (nobody) a rule of the wire.
struct Waiting {
    std::optional<Actor> actor;
    std::size_t step = 0;
    std::string place;
};

// Where the step of that label stands; both clients play the same role.
struct Found {
    Actor actor;
    std::size_t step;
};

std::optional<Found> find_step(const Lesson& lesson, const StepReached& reached) {
    for (const Actor actor : kActors) {
        if (role_of(actor) != reached.actor) continue;
        const auto& steps = lesson.steps(actor);
        const auto found = std::find_if(steps.begin(), steps.end(), [&](const Step& step) {
            return step.label == reached.label;
        });
        if (found != steps.end())
            return Found{actor, static_cast<std::size_t>(found - steps.begin())};
    }
    return std::nullopt;
}

void check_conditions(const Lesson& lesson, const std::vector<Condition>& conditions,
                      const Waiting& who, FirstFault& fault) {
    for (const Condition& condition : conditions) {
        const auto* reached = std::get_if<StepReached>(&condition);
        if (reached == nullptr) continue;
        const auto other = find_step(lesson, *reached);
        if (!other) {
            fault.add(who.place + "/after", fmt::format("the {} has no step \"{}\"",
                                                        name(reached->actor), reached->label));
        } else if (other->actor == who.actor && other->step >= who.step) {
            fault.add(who.place + "/after",
                      fmt::format("\"{}\" is not before this step, it would wait for itself",
                                  reached->label));
        }
    }
}

using Labels = std::set<std::pair<model::Role, std::string>>;

// A socket is given addresses of its own family.
void check_address(const Lesson& lesson, const Step& step, SocketKind kind,
                   const std::string& place, FirstFault& fault) {
    if (step.address && step.address->ip.v6 != lesson.server.ip.v6) {
        fault.add(place + "/address", fmt::format("sockets are IPv{}, as server_address is",
                                                  lesson.server.ip.v6 ? 6 : 4));
    }
    const bool takes_one =
        step.call == Call::Bind || step.call == Call::Connect || step.call == Call::SendTo;
    if (!takes_one) return;
    if (kind.family == Family::Unix && step.address) {
        fault.add(place + "/address",
                  fmt::format("\"{}\" is a UNIX socket: it has a \"path\"", step.on));
    } else if (kind.family == Family::Unix && step.path.empty()) {
        fault.add(place, "\"path\" is missing");
    } else if (kind.family == Family::Inet && !step.path.empty()) {
        fault.add(place + "/path",
                  fmt::format("\"{}\" is no UNIX socket: it has an \"address\"", step.on));
    }
}

void check_steps(const Lesson& lesson, Actor actor, Labels& labels, FirstFault& fault) {
    std::map<std::string, SocketKind> descriptors;
    const auto& steps = lesson.steps(actor);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        const std::string place = fmt::format("/{}/{}", name(actor), i);
        if (!labels.emplace(role_of(actor), step.label).second)
            fault.add(place, fmt::format("a second step labelled \"{}\"", step.label));
        SocketKind kind = step.kind;
        if (!step.on.empty()) {
            const auto on = descriptors.find(step.on);
            if (on == descriptors.end()) {
                fault.add(place + "/on", fmt::format("no step before makes \"{}\"", step.on));
            } else {
                kind = on->second;
            }
        }
        if (!step.as.empty()) descriptors[step.as] = kind;
        check_address(lesson, step, kind, place, fault);
        if (step.may_stay_blocked && i + 1 < steps.size())
            fault.add(place + "/may_stay_blocked", "only an actor's last step may stay blocked");
        check_conditions(lesson, step.after, {actor, i, place}, fault);
    }
}

void check_claims(const Lesson& lesson, FirstFault& fault) {
    std::set<std::string> ids;
    for (std::size_t i = 0; i < lesson.claims.size(); ++i) {
        if (ids.insert(lesson.claims[i].id).second) continue;
        fault.add(fmt::format("/claims/{}/id", i),
                  fmt::format("a second claim named \"{}\"", lesson.claims[i].id));
    }
}

// Without TCP there are no states to end in, and no segments to hold.
void check_without_tcp(const Lesson& lesson, FirstFault& fault) {
    if (speaks_tcp(lesson)) return;
    constexpr const char* kReason = "no socket of this lesson speaks TCP";
    if (lesson.held) fault.add("/segments", kReason);
    if (!lesson.ends_with.empty()) fault.add("/ends_with", kReason);
}

}  // namespace

void check_references(const Lesson& lesson, FirstFault& fault) {
    Labels labels;
    for (const Actor actor : kActors) check_steps(lesson, actor, labels, fault);
    check_claims(lesson, fault);
    check_without_tcp(lesson, fault);
    for (std::size_t i = 0; i < lesson.wire.size(); ++i) {
        check_conditions(lesson, lesson.wire[i].after,
                         {std::nullopt, 0, fmt::format("/wire/{}", i)}, fault);
    }
}

}  // namespace tcpstep::lesson
