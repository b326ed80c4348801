#include "app/lesson/references.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace tcpstep::lesson {

namespace {

// Where a step stands among those of its actor. That of a child has the fork before it.
struct Place {
    Actor actor = Actor::Client;
    std::optional<std::size_t> fork;  // nothing: a step of the actor itself
    std::size_t step = 0;
};

// Who waits for a condition: a step, or (nobody) a rule of the wire.
struct Waiting {
    std::optional<Place> step;
    std::string place;
    std::string_view key = "/after";
};

std::optional<std::size_t> find_label(const std::vector<Step>& steps, const std::string& label) {
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [&](const Step& step) { return step.label == label; });
    if (found == steps.end()) return std::nullopt;
    return static_cast<std::size_t>(found - steps.begin());
}

// Where the step of that label stands; both clients play the same role.
std::optional<Place> find_step(const Lesson& lesson, const StepReached& reached) {
    for (const Actor actor : kActors) {
        if (role_of(actor) != reached.actor) continue;
        const auto& steps = lesson.steps(actor);
        if (const auto own = find_label(steps, reached.label))
            return Place{actor, std::nullopt, *own};
        for (std::size_t fork = 0; fork < steps.size(); ++fork) {
            if (const auto in_child = find_label(steps[fork].child, reached.label))
                return Place{actor, fork, *in_child};
        }
    }
    return std::nullopt;
}

// It cannot come before the one that waits for it.
bool in_vain(const Place& waiting, const Place& other) {
    if (waiting.actor != other.actor) return false;
    if (waiting.fork == other.fork) return other.step >= waiting.step;
    return !waiting.fork && *other.fork >= waiting.step;  // of a child that is not yet there
}

void check_conditions(const Lesson& lesson, const std::vector<Condition>& conditions,
                      const Waiting& who, FirstFault& fault) {
    for (const Condition& condition : conditions) {
        const auto* reached = std::get_if<StepReached>(&condition);
        if (reached == nullptr) continue;
        const auto other = find_step(lesson, *reached);
        if (!other) {
            fault.add(
                fmt::format("{}{}", who.place, who.key),
                fmt::format("the {} has no step \"{}\"", name(reached->actor), reached->label));
        } else if (who.step && in_vain(*who.step, *other)) {
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

// The steps of an actor, and of its children.
class StepsChecked {
  public:
    StepsChecked(const Lesson& lesson, Actor actor, Labels& labels, FirstFault& fault)
        : lesson_(lesson), actor_(actor), labels_(labels), fault_(fault) {}

    void check() { check(lesson_.steps(actor_), std::nullopt, fmt::format("/{}", name(actor_))); }

  private:
    void check(const std::vector<Step>& steps, std::optional<std::size_t> fork,
               const std::string& list) {
        const auto inherited = descriptors_;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const Step& step = steps[i];
            const std::string place = fmt::format("{}/{}", list, i);
            if (!labels_.emplace(role_of(actor_), step.label).second)
                fault_.add(place, fmt::format("a second step labelled \"{}\"", step.label));
            check_process(step, fork.has_value(), place);
            check_names(step, place);
            if (step.may_stay_blocked && i + 1 < steps.size())
                fault_.add(place + "/may_stay_blocked",
                           "only an actor's last step may stay blocked");
            if (step.call == Call::Exit && i + 1 < steps.size())
                fault_.add(place, "exit() is the last thing that a child does");
            check_conditions(lesson_, step.after, {Place{actor_, fork, i}, place}, fault_);
            if (step.call == Call::Fork && !fork) check(step.child, i, place + "/child");
        }
        if (fork) descriptors_ = inherited;  // what a child opens is its own
    }

    // What only the end's own process can do, or only a child.
    void check_process(const Step& step, bool in_child, const std::string& place) {
        const bool of_parent =
            step.call == Call::Fork || step.call == Call::WaitPid || step.call == Call::ProcNetTcp;
        if (in_child && of_parent) {
            fault_.add(place + "/call", fmt::format("a child cannot make \"{}\"", name(step.call)));
        } else if (!in_child && step.call == Call::Exit) {
            fault_.add(place + "/call", "only a child ends before the run does");
        } else if (step.call == Call::Fork && actor_ != Actor::Server &&
                   !lesson_.second_client_steps.empty()) {
            // Both clients act as one process in the trace, but only one's descriptors are copied.
            fault_.add(place + "/call", "a client cannot fork beside a second client");
        }
    }

    void check_names(const Step& step, const std::string& place) {
        SocketKind kind = step.kind;
        if (step.call == Call::WaitPid) {
            if (!children_.contains(step.on))
                fault_.add(place + "/on", fmt::format("no fork before makes \"{}\"", step.on));
            return;
        }
        if (!step.on.empty()) {
            const auto on = descriptors_.find(step.on);
            if (on == descriptors_.end()) {
                fault_.add(place + "/on", fmt::format("no step before makes \"{}\"", step.on));
            } else {
                kind = on->second;
            }
        }
        if (step.call == Call::Fork) {
            children_.insert(step.as);
        } else if (!step.as.empty()) {
            descriptors_[step.as] = kind;
        }
        check_address(lesson_, step, kind, place, fault_);
    }

    const Lesson& lesson_;
    Actor actor_;
    Labels& labels_;
    FirstFault& fault_;
    std::map<std::string, SocketKind> descriptors_;
    std::set<std::string> children_;
};

void check_claims(const Lesson& lesson, FirstFault& fault) {
    std::set<std::string> ids;
    const auto check = [&](const std::vector<Claim>& claims, const char* list) {
        for (std::size_t i = 0; i < claims.size(); ++i) {
            if (ids.insert(claims[i].id).second) continue;
            fault.add(fmt::format("{}/{}/id", list, i),
                      fmt::format("a second claim named \"{}\"", claims[i].id));
        }
    };
    check(lesson.claims, "/claims");
    if (lesson.patience) check(lesson.patience->claims, "/patience/claims");
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
    for (const Actor actor : kActors) StepsChecked(lesson, actor, labels, fault).check();
    check_claims(lesson, fault);
    check_without_tcp(lesson, fault);
    for (std::size_t i = 0; i < lesson.wire.size(); ++i) {
        check_conditions(lesson, lesson.wire[i].after, {std::nullopt, fmt::format("/wire/{}", i)},
                         fault);
    }
    check_conditions(lesson, lesson.ends_when, {std::nullopt, "", "/ends_when"}, fault);
}

}  // namespace tcpstep::lesson
