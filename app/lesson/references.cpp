#include "app/lesson/references.hpp"

#include <algorithm>
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

void check_steps(const Lesson& lesson, Actor actor, Labels& labels, FirstFault& fault) {
    std::set<std::string> descriptors;
    const auto& steps = lesson.steps(actor);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        const std::string place = fmt::format("/{}/{}", name(actor), i);
        if (!labels.emplace(role_of(actor), step.label).second)
            fault.add(place, fmt::format("a second step labelled \"{}\"", step.label));
        if (!step.on.empty() && descriptors.count(step.on) == 0)
            fault.add(place + "/on", fmt::format("no step before makes \"{}\"", step.on));
        if (!step.as.empty()) descriptors.insert(step.as);
        if (step.address && step.address->ip.v6 != lesson.server.ip.v6)
            fault.add(place + "/address", fmt::format("sockets are IPv{}, as server_address is",
                                                      lesson.server.ip.v6 ? 6 : 4));
        if (step.may_stay_blocked && i + 1 < steps.size())
            fault.add(place + "/may_stay_blocked", "only an actor's last step may stay blocked");
        check_conditions(lesson, step.after, {actor, i, place}, fault);
    }
}

}  // namespace

void check_references(const Lesson& lesson, FirstFault& fault) {
    Labels labels;
    for (const Actor actor : kActors) check_steps(lesson, actor, labels, fault);
    for (std::size_t i = 0; i < lesson.wire.size(); ++i) {
        check_conditions(lesson, lesson.wire[i].after,
                         {std::nullopt, 0, fmt::format("/wire/{}", i)}, fault);
    }
}

}  // namespace tcpstep::lesson
