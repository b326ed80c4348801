#include "app/freelab/wire_story.hpp"

#include <algorithm>
#include <utility>

#include "app/lesson/in_both.hpp"

namespace tcpstep::freelab {

using lesson::Condition;
using lesson::in_both;
using lesson::WireAction;
using model::SegmentId;
using strings::Text;

std::vector<WireStory::Aloft>::iterator WireStory::find(SegmentId id) {
    return std::find_if(aloft_.begin(), aloft_.end(),
                        [id](const Aloft& one) { return one.segment.id == id; });
}

void WireStory::finish() {
    for (Aloft& one : aloft_) {
        if (one.absorbed) continue;
        if (one.ours) {
            remarks_.push_back(in_both(Text::FreeRemarkCopy, numbers_.name(one.segment.id)));
        } else {
            stays_ = true;
            add(one, WireAction::Stay, {});
        }
    }
}

bool WireStory::stops_on_the_way() const {
    return stays_ || !lost_.empty();
}

std::vector<Condition> WireStory::awaited() const {
    std::vector<Condition> conditions;
    for (const lesson::WireRule& rule : rules_) {
        if (rule.action == WireAction::Drop || rule.action == WireAction::Stay)
            conditions.emplace_back(lesson::WasSent{rule.segment});
    }
    return conditions;
}

// A later one that brings as much, and acknowledges as much.
void WireStory::heal(const Aloft& arrived) {
    const model::Segment& now = arrived.segment;
    std::erase_if(lost_, [&](const Aloft& lost) {
        const model::Segment& then = lost.segment;
        return lost.connection == arrived.connection && then.from == now.from &&
               at_or_before(then.end(), now.end()) &&
               (!then.flags.ack() || (now.flags.ack() && at_or_before(then.ack, now.ack)));
    });
}

void WireStory::pass(const model::Event& event, const Moment& after) {
    if (const auto* scenario = std::get_if<model::Scenario>(&event.fact)) gated_ = scenario->gated;
    if (!gated_) return;
    if (const auto* f = std::get_if<model::SegmentSent>(&event.fact)) {
        sent(event, f->segment, f->copy_of != 0, after);
    } else if (const auto* held = std::get_if<model::SegmentHeld>(&event.fact)) {
        // An absorbed copy stands for itself from now on.
        const auto aloft = find(held->id);
        if (aloft != aloft_.end() && aloft->absorbed) {
            aloft->absorbed = false;
            described(*aloft);
        }
    } else if (const auto* arrives = std::get_if<model::SegmentDelivered>(&event.fact)) {
        arrived(arrives->id, after);
    } else if (const auto* lost = std::get_if<model::SegmentDropped>(&event.fact)) {
        dropped(lost->id);
    } else if (const auto* copied = std::get_if<model::SegmentDuplicated>(&event.fact)) {
        const auto original = find(copied->id);
        if (original == aloft_.end()) return;
        if (original->ours) {
            remarks_.push_back(in_both(Text::FreeRemarkCopy, numbers_.name(copied->id)));
        } else {
            add(*original, WireAction::Duplicate, {});
        }
        Aloft copy = *original;
        copy.segment.id = copied->copy;
        copy.ours = true;
        aloft_.push_back(std::move(copy));
    } else if (const auto* reset = std::get_if<model::SegmentInjected>(&event.fact)) {
        injected(event, reset->segment);
    }
}

void WireStory::sent(const model::Event& event, const model::Segment& segment, bool absorbed,
                     const Moment& after) {
    Aloft aloft;
    aloft.segment = segment;
    aloft.connection = event.connection;
    aloft.absorbed = absorbed;
    aloft.since = after.ends();
    if (!absorbed) described(aloft);
    aloft_.push_back(std::move(aloft));
}

// The script counts a segment when it is held for itself.
void WireStory::described(Aloft& aloft) {
    const auto bits = static_cast<std::uint16_t>(aloft.segment.flags.bits() & ~model::Flags::kPsh);
    const bool data = aloft.segment.length > 0;
    model::SegmentChoice& segment = aloft.rule.segment;
    segment.from = aloft.segment.from;
    segment.flags = model::Flags(bits);
    segment.data = data;
    if (aloft.connection) segment.connection = *aloft.connection + 1;
    segment.nth = ++seen_[{aloft.connection, aloft.segment.from, bits, data}];
}

void WireStory::arrived(SegmentId id, const Moment& after) {
    const auto aloft = find(id);
    if (aloft == aloft_.end()) return;
    const Aloft one = *aloft;
    const auto later = aloft_.erase(aloft);
    if (one.ours) return;
    heal(one);
    if (one.overtaken && !one.ruled) {
        if (one.by_same_sender) {
            Aloft late = one;
            add(late, WireAction::HoldBack, one.when_overtaken);
        } else if (!one.when_overtaken.empty()) {
            Aloft late = one;
            add(late, WireAction::Deliver, one.when_overtaken);
        } else {
            remarks_.push_back(in_both(Text::FreeRemarkOrder, numbers_.name(id)));
        }
    }
    // Whatever was sent before it, and is still in flight, it has overtaken.
    for (auto earlier = aloft_.begin(); earlier != later; ++earlier) {
        if (earlier->absorbed || earlier->overtaken) continue;
        earlier->overtaken = true;
        // The script delivers at once what it has made itself.
        if (earlier->ours) {
            remarks_.push_back(in_both(Text::FreeRemarkOrder, numbers_.name(earlier->segment.id)));
            continue;
        }
        earlier->by_same_sender =
            earlier->connection == one.connection && earlier->segment.from == one.segment.from;
        earlier->when_overtaken = after.calls(std::nullopt);
        if (earlier->by_same_sender) continue;
        // By then it must have arrived: what it has changed tells.
        const auto ends = after.changed_ends(earlier->since);
        if (ends.empty()) {
            earlier->when_overtaken.clear();
        } else {
            earlier->when_overtaken.insert(earlier->when_overtaken.end(), ends.begin(), ends.end());
        }
    }
}

void WireStory::dropped(SegmentId id) {
    const auto aloft = find(id);
    if (aloft == aloft_.end()) return;
    if (aloft->ours) {
        remarks_.push_back(in_both(Text::FreeRemarkCopy, numbers_.name(id)));
    } else if (!aloft->absorbed) {
        add(*aloft, WireAction::Drop, {});
        lost_.push_back(*aloft);
    }
    aloft_.erase(aloft);
}

// It looks like the one end's, and overtakes what that has in flight; else it answers what the
// other end has.
void WireStory::injected(const model::Event& event, const model::Segment& reset) {
    const auto first_from = [&](model::Role role) {
        return std::find_if(aloft_.begin(), aloft_.end(), [&](const Aloft& one) {
            return !one.ours && !one.absorbed && one.connection == event.connection &&
                   one.segment.from == role;
        });
    };
    const auto overtaken = first_from(reset.from);
    const auto answered = first_from(peer(reset.from));
    if (overtaken != aloft_.end()) {
        add(*overtaken, WireAction::Reset, {});
    } else if (answered != aloft_.end()) {
        add(*answered, WireAction::ResetBack, {});
    } else {
        remarks_.push_back(in_both(Text::FreeRemarkResetAlone));
    }
    Aloft ours;
    ours.segment = reset;
    ours.connection = event.connection;
    ours.ours = true;
    aloft_.insert(aloft_.begin(), std::move(ours));
}

// Of several rules for one segment only the first would count.
void WireStory::add(Aloft& aloft, WireAction action, std::vector<Condition> after) {
    lesson::WireRule rule = aloft.rule;
    rule.action = action;
    rule.after = std::move(after);
    aloft.ruled = true;
    const auto [place, fresh] = rule_of_.try_emplace(aloft.segment.id, rules_.size());
    if (fresh) {
        rules_.push_back(std::move(rule));
        return;
    }
    remarks_.push_back(in_both(Text::FreeRemarkTwice, numbers_.name(aloft.segment.id)));
    rules_[place->second] = std::move(rule);
}

}  // namespace tcpstep::freelab
