#include "app/lab/who_waits.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace tcpstep::lab {

namespace {

using lesson::Step;
using model::Role;

struct Words {
    std::string operator()(const lesson::StepReached& of) const {
        return fmt::format("the {}'s step {} {}", name(of.actor), of.label,
                           of.returned ? "has returned" : "was entered");
    }
    std::string operator()(const lesson::InState& of) const {
        return fmt::format("the {} is in {}", name(of.endpoint), name(of.state));
    }
    std::string operator()(const lesson::HasReceived& of) const {
        return fmt::format("{} octets have reached the {}", of.octets, name(of.endpoint));
    }
    std::string operator()(const lesson::WasSent& of) const {
        const auto& choice = of.segment;
        const std::string from = choice.from ? fmt::format("the {}'s ", name(*choice.from)) : "";
        const std::string what = choice.flags ? to_label(*choice.flags) : "segment";
        const std::string nth = choice.nth > 1 ? fmt::format(" number {}", choice.nth) : "";
        return fmt::format("{}{}{} was sent", from, what, nth);
    }
};

class Search {
  public:
    explicit Search(const Progress& progress) : progress_(progress) {}

    void look(const std::string& who, Role role, const std::vector<Step>& steps) {
        for (const Step& step : steps) {
            const bool returned = is_so(lesson::StepReached{role, step.label, true});
            if (returned && !step.child.empty()) look(who + "'s child", role, step.child);
            if (returned) continue;
            const bool entered = is_so(lesson::StepReached{role, step.label, false});
            if (!entered || !step.may_stay_blocked) tell(who, step, entered);
            return;
        }
    }

    std::string text() const { return fmt::format("{}", fmt::join(told_, "; ")); }

  private:
    bool is_so(const lesson::Condition& condition) const { return progress_.holds({condition}); }

    void tell(const std::string& who, const Step& step, bool entered) {
        const auto missing = std::find_if(step.after.begin(), step.after.end(),
                                          [this](const auto& one) { return !is_so(one); });
        if (entered || missing == step.after.end()) {
            told_.push_back(fmt::format("the {} waits in its step {}", who, step.label));
        } else {
            told_.push_back(fmt::format("the {}'s step {} waits until {}", who, step.label,
                                        std::visit(Words{}, *missing)));
        }
    }

    const Progress& progress_;
    std::vector<std::string> told_;
};

}  // namespace

std::string who_waits(const lesson::Lesson& lesson, const Progress& progress) {
    Search search(progress);
    search.look("server", Role::Server, lesson.server_steps);
    search.look("client", Role::Client, lesson.client_steps);
    search.look("second client", Role::Client, lesson.second_client_steps);
    return search.text();
}

}  // namespace tcpstep::lab
