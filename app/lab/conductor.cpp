#include "app/lab/conductor.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::lab {

using lesson::WireAction;
using model::SegmentId;
using model::Time;

Conductor::Conductor(std::vector<lesson::WireRule> rules, bool automatic, Gatekeeper& keeper,
                     const Recorder& recorder, const Progress& progress)
    : script_(std::move(rules)),
      automatic_(automatic),
      keeper_(keeper),
      recorder_(recorder),
      progress_(progress),
      connection_of_([this](SegmentId id) { return recorder_.connection_of(id); }) {}

void Conductor::set(const SetAutomatic& automatic) {
    automatic_ = automatic.on;
    pace_ = automatic.pace;
}

std::optional<Time> Conductor::due(Time now) const {
    if (!automatic_) return std::nullopt;
    std::optional<Time> due = script_.due();
    const Time paced = last_step_ + pace_;
    if (paced > now && (!due || paced < *due)) due = paced;
    return due;
}

std::optional<GateCommand> Conductor::next(Time now) {
    if (!automatic_ || last_step_ + pace_ > now) return std::nullopt;
    const auto step = script_.next(keeper_.flight().aloft(), connection_of_, progress_, now);
    if (!step && !script_.due()) {
        if (!waits_since_) waits_since_ = now;
        return std::nullopt;
    }
    waits_since_.reset();
    if (!step) return std::nullopt;
    last_step_ = now;
    return command_of(*step);
}

bool Conductor::clear() {
    const auto& aloft = keeper_.flight().aloft();
    return std::all_of(aloft.begin(), aloft.end(), [&](const Aloft& one) {
        return one.copy_of != 0 || script_.stays(one, connection_of_);
    });
}

GateCommand Conductor::command_of(const Script::Step& step) const {
    switch (step.action) {
        case WireAction::Deliver:
            return Deliver{step.segment};
        case WireAction::Drop:
            return Drop{step.segment};
        case WireAction::Duplicate:
            return Duplicate{step.segment};
        case WireAction::HoldBack:
            return HoldBack{step.segment};
        case WireAction::Reset:
        case WireAction::ResetBack:
        case WireAction::Stay:  // no step of a script
            break;
    }
    const auto& aloft = keeper_.flight().aloft();
    const auto segment = std::find_if(aloft.begin(), aloft.end(),
                                      [&](const Aloft& one) { return one.id == step.segment; });
    const model::Role from = segment->packet.segment.from;
    const bool back = step.action == WireAction::ResetBack;
    return InjectReset{connection_of_(step.segment).value_or(0), back ? from : peer(from)};
}

Result<void> Conductor::keep_order() {
    const auto& aloft = keeper_.flight().aloft();
    const auto kept_back = [&](const Aloft& one) {
        return script_.keeps_back(one, connection_of_, progress_);
    };
    const bool others = std::any_of(aloft.begin(), aloft.end(), [&](const Aloft& one) {
        return one.held() && !kept_back(one) && !script_.takes_its_time(one, connection_of_);
    });
    std::vector<std::pair<SegmentId, bool>> changes;
    for (const Aloft& one : aloft) {
        const bool back = kept_back(one) || (others && script_.takes_its_time(one, connection_of_));
        if (back != kept_back_.contains(one.id)) changes.emplace_back(one.id, back);
    }
    for (const auto& [id, back] : changes) {
        back ? void(kept_back_.insert(id)) : void(kept_back_.erase(id));
        if (auto kept = keeper_.keep_back(id, back); !kept) return kept;
    }
    return {};
}

bool Conductor::asks_for(const GateCommand& command) {
    if (const auto* drop = std::get_if<Drop>(&command)) return is_asked(WireAction::Drop, drop->id);
    if (const auto* copy = std::get_if<Duplicate>(&command))
        return is_asked(WireAction::Duplicate, copy->id);
    if (std::holds_alternative<InjectReset>(command)) {
        return is_asked(WireAction::Reset, std::nullopt) ||
               is_asked(WireAction::ResetBack, std::nullopt);
    }
    return false;
}

// Of any held segment, where none is named.
bool Conductor::is_asked(WireAction action, std::optional<SegmentId> segment) {
    const auto& aloft = keeper_.flight().aloft();
    return std::any_of(aloft.begin(), aloft.end(), [&](const Aloft& one) {
        const bool meant = segment ? one.id == *segment : one.held();
        return meant && script_.asks_for(action, one, connection_of_);
    });
}

}  // namespace tcpstep::lab
