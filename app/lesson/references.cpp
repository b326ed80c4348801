#include "app/lesson/references.hpp"

#include <algorithm>
#include <set>

#include "app/lesson/model_fields.hpp"

namespace tcpstep::lesson {

namespace {

using model::Role;

// Who waits for a condition: a step, or (nobody) a rule of the wire.
struct Waiting {
    std::optional<Role> actor;
    std::size_t step = 0;
    std::string place;
};

void check_conditions(const Lesson& lesson, const std::vector<Condition>& conditions,
                      const Waiting& who, FirstFault& fault) {
    for (const Condition& condition : conditions) {
        const auto* reached = std::get_if<StepReached>(&condition);
        if (reached == nullptr) continue;
        const auto& steps = lesson.steps(reached->actor);
        const auto other = std::find_if(steps.begin(), steps.end(), [&](const Step& step) {
            return step.label == reached->label;
        });
        if (other == steps.end()) {
            fault.add(who.place + "/after", fmt::format("the {} has no step \"{}\"",
                                                        name(reached->actor), reached->label));
        } else if (reached->actor == who.actor &&
                   other - steps.begin() >= static_cast<std::ptrdiff_t>(who.step)) {
            fault.add(who.place + "/after",
                      fmt::format("\"{}\" is not before this step, it would wait for itself",
                                  reached->label));
        }
    }
}

void check_steps(const Lesson& lesson, Role role, FirstFault& fault) {
    std::set<std::string> labels;
    std::set<std::string> descriptors;
    const auto& steps = lesson.steps(role);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        const std::string place = fmt::format("/{}/{}", name(role), i);
        if (!labels.insert(step.label).second)
            fault.add(place, fmt::format("a second step labelled \"{}\"", step.label));
        if (!step.on.empty() && descriptors.count(step.on) == 0)
            fault.add(place + "/on", fmt::format("no step before makes \"{}\"", step.on));
        if (!step.as.empty()) descriptors.insert(step.as);
        if (step.address && step.address->ip.v6 != lesson.server.ip.v6)
            fault.add(place + "/address", fmt::format("sockets are IPv{}, as server_address is",
                                                      lesson.server.ip.v6 ? 6 : 4));
        check_conditions(lesson, step.after, {role, i, place}, fault);
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

}  // namespace

void check_references(const Lesson& lesson, FirstFault& fault) {
    for (Role role : kRoles) check_steps(lesson, role, fault);
    check_claims(lesson, fault);
    for (std::size_t i = 0; i < lesson.wire.size(); ++i) {
        check_conditions(lesson, lesson.wire[i].after,
                         {std::nullopt, 0, fmt::format("/wire/{}", i)}, fault);
    }
}

}  // namespace tcpstep::lesson
