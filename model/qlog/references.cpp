#include "model/qlog/references.hpp"

namespace tcpstep::model::qlog {

void References::check_new(SegmentId id, std::string_view member, const Fields& data) const {
    if (!segments_.contains(id) && !lost_segments_.contains(id)) return;
    data.fault(member, std::to_string(id) + " is the number of an earlier segment");
}

bool References::check_known(SegmentId id, std::string_view member, const Place& of,
                             Faults& faults) const {
    if (segments_.contains(id)) return true;
    if (lost_unnamed_ || lost_segments_.contains(id)) return false;
    faults.add(Place(of, member),
               std::string(member) + ": no segment before has the number " + std::to_string(id));
    return false;
}

// Of a gated run each segment ends its way once.
void References::check_in_flight(SegmentId id, const Fields& data) const {
    if (!bounded_ || !gated_ || !segments_.contains(id) || in_flight_.contains(id)) return;
    data.fault("id", "segment " + std::to_string(id) + " was delivered or dropped before");
}

void References::check_room(std::string_view member, const Fields& data) const {
    if (in_flight_.size() < kMostOpen) return;
    data.fault(member,
               "more than " + std::to_string(kMostOpen) + " segments are in flight at once");
}

void References::check_entry(const CallEntered& entered, const Fields& data) const {
    if (calls_.contains(entered.id) || lost_calls_.contains(entered.id)) {
        data.fault("call_id", std::to_string(entered.id) + " is the number of an earlier call");
    } else if (bounded_ && open_calls_ >= kMostOpen) {
        data.fault("call_id", "more than " + std::to_string(kMostOpen) + " calls are open at once");
    }
}

bool References::check_return(const CallReturned& returned, const Fields& data) const {
    const auto found = calls_.find(returned.id);
    if (found == calls_.end()) {
        if (lost_unnamed_ || lost_calls_.contains(returned.id)) return false;
        data.fault("call_id", "no call before has the number " + std::to_string(returned.id));
        return false;
    }
    const Call& call = found->second;
    if (call.returned) {
        data.fault("call_id", "call " + std::to_string(returned.id) + " has returned already");
    }
    if (call.name != returned.call) {
        data.fault("call", "expected \"" + call.name + "\", which was entered");
    }
    if (call.endpoint != returned.endpoint) {
        data.fault("endpoint",
                   "expected \"" + std::string(name(call.endpoint)) + "\", which called");
    }
    if (call.process != returned.process) {
        data.fault("pid", call.process == 0
                              ? "the end's own process called, which has none"
                              : "expected " + std::to_string(call.process) + ", which called");
    }
    return true;
}

bool References::check(const Fact& fact, const Fields& data) const {
    struct Check {
        const References& references;
        const Fields& data;
        bool refers_to_taken = true;

        void known(SegmentId id, std::string_view member = "id") {
            known(id, member, data.place());
        }
        void known(SegmentId id, std::string_view member, const Place& of) {
            const bool taken = references.check_known(id, member, of, data.faults());
            refers_to_taken = taken && refers_to_taken;
        }
        void on_its_way(SegmentId id) {
            known(id);
            references.check_in_flight(id, data);
        }
        void operator()(const SegmentSent& sent) {
            references.check_new(sent.segment.id, "id", data);
            references.check_room("id", data);
            if (sent.copy_of != 0) known(sent.copy_of, "copy_of");
        }
        void operator()(const SegmentInjected& injected) const {
            references.check_new(injected.segment.id, "id", data);
            references.check_room("id", data);
        }
        void operator()(const SegmentHeld& held) { on_its_way(held.id); }
        void operator()(const SegmentHeldBack& back) {
            on_its_way(back.id);
            if (back.behind != 0) known(back.behind, "behind");
        }
        void operator()(const SegmentDelivered& delivered) { on_its_way(delivered.id); }
        void operator()(const SegmentDropped& dropped) { on_its_way(dropped.id); }
        void operator()(const SegmentDuplicated& duplicated) {
            on_its_way(duplicated.id);
            references.check_new(duplicated.copy, "copy", data);
            references.check_room("copy", data);
        }
        void operator()(const CallEntered& entered) const { references.check_entry(entered, data); }
        void operator()(const CallReturned& returned) {
            refers_to_taken = references.check_return(returned, data);
        }
        void operator()(const PredictionChecked& checked) { known(checked.segment, "segment"); }
        void operator()(const ClaimChecked& checked) {
            if (references.claims_.contains(checked.claim))
                data.fault("claim", "\"" + checked.claim + "\" is decided already");
            const Place evidence(data.place(), "evidence");
            const Place seen(evidence, "seen");
            for (std::size_t i = 0; i < checked.seen.size(); ++i) {
                const SegmentId id = checked.seen[i].segment;
                const Place place(seen, i);
                if (id != 0) known(id, "segment", place);
            }
        }
        void operator()(const Scenario&) const {}
        void operator()(const Marker&) const {}
        void operator()(const DatagramSent&) const {}
        void operator()(const IcmpErrorSent&) const {}
        void operator()(const SocketSampled&) const {}
        void operator()(const ListenerSampled&) const {}
        void operator()(const SegmentsLost&) const {}
        void operator()(const Unrecognized&) const {}
    };
    Check check{*this, data};
    std::visit(check, fact);
    return check.refers_to_taken;
}

void References::lose(const Fact& fact) {
    const auto lose_segment = [&](SegmentId id) {
        if (id == 0) lost_unnamed_ = true;
        if (id != 0 && !segments_.contains(id)) lost_segments_.insert(id);
    };
    if (const auto* sent = std::get_if<SegmentSent>(&fact)) {
        lose_segment(sent->segment.id);
    } else if (const auto* injected = std::get_if<SegmentInjected>(&fact)) {
        lose_segment(injected->segment.id);
    } else if (const auto* duplicated = std::get_if<SegmentDuplicated>(&fact)) {
        lose_segment(duplicated->copy);
    } else if (const auto* entered = std::get_if<CallEntered>(&fact)) {
        if (entered->id == 0) lost_unnamed_ = true;
        if (entered->id != 0 && !calls_.contains(entered->id)) lost_calls_.insert(entered->id);
    }
}

void References::take_segment(SegmentId id, bool in_flight) {
    segments_.insert(id);
    if (bounded_ && in_flight) in_flight_.insert(id);
}

void References::take(const Fact& fact) {
    if (const auto* scenario = std::get_if<Scenario>(&fact)) {
        gated_ = scenario->gated;
    } else if (const auto* sent = std::get_if<SegmentSent>(&fact)) {
        take_segment(sent->segment.id, gated_);
    } else if (const auto* injected = std::get_if<SegmentInjected>(&fact)) {
        take_segment(injected->segment.id, true);  // the gate did it
    } else if (const auto* duplicated = std::get_if<SegmentDuplicated>(&fact)) {
        take_segment(duplicated->copy, true);
    } else if (const auto* delivered = std::get_if<SegmentDelivered>(&fact)) {
        in_flight_.erase(delivered->id);
    } else if (const auto* dropped = std::get_if<SegmentDropped>(&fact)) {
        in_flight_.erase(dropped->id);
    } else if (const auto* entered = std::get_if<CallEntered>(&fact)) {
        ++open_calls_;
        calls_[entered->id] = {entered->endpoint, entered->process, entered->call, false};
    } else if (const auto* returned = std::get_if<CallReturned>(&fact)) {
        --open_calls_;
        calls_[returned->id].returned = true;
    } else if (const auto* checked = std::get_if<ClaimChecked>(&fact)) {
        claims_.insert(checked->claim);
    }
}

}  // namespace tcpstep::model::qlog
