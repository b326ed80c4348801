#include "app/lab/script.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::lab {

using lesson::WireAction;
using lesson::WireRule;

Script::Script(std::vector<WireRule> rules) : rules_(std::move(rules)), seen_(rules_.size()) {}

std::optional<Script::Step> Script::next(const std::vector<Aloft>& aloft,
                                         const ConnectionOf& connection_of,
                                         const Progress& progress, model::Time now) {
    due_.reset();
    for (const Aloft& segment : aloft) {
        if (!segment.held()) continue;
        const WireRule* rule = rule_of(segment, connection_of);
        if (rule == nullptr) return Step{segment.id, WireAction::Deliver};
        if (rule->action == WireAction::Stay || !progress.holds(rule->after)) continue;
        if (const model::Time until = segment.since + rule->at_least; now < until) {
            due_ = due_ ? std::min(*due_, until) : until;
            continue;
        }
        assigned_[segment.id] = nullptr;
        return Step{segment.id, rule->action};
    }
    return std::nullopt;
}

bool Script::keeps_back(const Aloft& segment, const ConnectionOf& connection_of,
                        const Progress& progress) {
    const WireRule* rule = segment.held() ? rule_of(segment, connection_of) : nullptr;
    return rule != nullptr && (rule->action == WireAction::Stay || !progress.holds(rule->after));
}

bool Script::stays(const Aloft& segment, const ConnectionOf& connection_of) {
    const WireRule* rule = segment.held() ? rule_of(segment, connection_of) : nullptr;
    return rule != nullptr && rule->action == WireAction::Stay;
}

bool Script::takes_its_time(const Aloft& segment, const ConnectionOf& connection_of) {
    const WireRule* rule = segment.held() ? rule_of(segment, connection_of) : nullptr;
    return rule != nullptr && rule->at_least > rule->at_least.zero();
}

bool Script::asks_for(WireAction action, const Aloft& segment, const ConnectionOf& connection_of) {
    const WireRule* rule = rule_of(segment, connection_of);
    return rule != nullptr && rule->action == action;
}

const WireRule* Script::rule_of(const Aloft& segment, const ConnectionOf& connection_of) {
    const auto known = assigned_.find(segment.id);
    if (known != assigned_.end()) return known->second;
    const WireRule*& rule = assigned_[segment.id];
    for (std::size_t i = 0; i < rules_.size() && !segment.is_copy; ++i) {
        const model::SegmentChoice& choice = rules_[i].segment;
        if (!describes(choice, segment.packet.segment, connection_of(segment.id), false)) continue;
        const unsigned number = ++seen_[i];
        if (rule == nullptr && (choice.nth == 0 || choice.nth == number)) rule = &rules_[i];
    }
    return rule;
}

}  // namespace tcpstep::lab
