#include "app/exports/packets/packet_comment.hpp"

#include <variant>

#include "app/view/call_list.hpp"
#include "app/view/call_value.hpp"
#include "app/view/datagram_text.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/time_text.hpp"

namespace tcpstep::exports::packets {

using namespace model;
using view::say;
using view::Text;

namespace {

using Fate = PacketStory::Fate;

std::string first_line(const Trace& trace, const Event& event, const PacketStory& story) {
    const std::string way = view::direction_text(story.from);
    if (story.segment != 0)
        return say(Text::PacketSegment, trace.numbers().name(story.segment), way);
    const auto datagram = view::datagram_text(event.fact);
    return datagram ? datagram->words.front() + " · " + way : way;
}

std::string origin_line(const Trace& trace, const Event& event, const PacketStory& story) {
    if (std::holds_alternative<SegmentInjected>(event.fact))
        return say(Text::PacketInjected, view::role_word(story.from));
    if (story.original == 0) return "";
    const std::string original = trace.numbers().name(story.original);
    if (std::holds_alternative<SegmentDuplicated>(event.fact))
        return say(Text::PacketCopy, original);
    if (story.absorbed) {
        const bool stood_in = story.fate == Fate::Delivered;
        return say(stood_in ? Text::PacketStandsIn : Text::PacketAbsorbed, original);
    }
    return say(Text::PacketAgain, original);
}

std::string states_line(const PacketStory& story, Role role) {
    const PacketStory::End& end = story.end(role);
    std::string states(name(end.before));
    if (end.after != end.before) states += " → " + std::string(name(end.after));
    const std::string text = say(Text::PacketStates, view::role_word(role), states);
    return end.assumed ? text + say(Text::PacketAssumed) : text;
}

std::string fate_line(const Event& event, const PacketStory& story) {
    switch (story.fate) {
        case Fate::Taken:
            return "";
        case Fate::InFlight:
            return say(story.held_at ? Text::PacketStillHeld : Text::PacketInFlight);
        case Fate::Delivered:
            if (!story.held_at)
                return say(Text::PacketDelivered, view::span_text(story.landed - event.time));
            return say(Text::PacketHeldDelivered, view::span_text(story.landed - *story.held_at));
        case Fate::Dropped:
            if (!story.held_at) return say(Text::PacketDropped);
            return say(Text::PacketHeldDropped, view::span_text(story.landed - *story.held_at));
    }
    return "";
}

std::string sent_by_line(const Event& event) {
    const auto& call = std::get<CallEntered>(event.fact);
    return say(Text::PacketSentBy, view::caller_word(call.endpoint, call.process),
               view::call_text(call));
}

std::string call_back_line(const Event& event) {
    const auto& call = std::get<CallReturned>(event.fact);
    return say(Text::PacketCallBack, view::caller_word(call.endpoint, call.process),
               view::call_name(call.call), view::result_text(call));
}

}  // namespace

std::string packet_comment(const Trace& trace, const PacketStory& story) {
    const Event& event = trace.events()[story.event];
    std::string text = first_line(trace, event, story);
    const auto add = [&text](const std::string& line) {
        if (!line.empty()) text += "\n" + line;
    };
    add(origin_line(trace, event, story));
    if (story.sent_by) add(sent_by_line(trace.events()[*story.sent_by]));
    if (story.segment != 0) {
        add(states_line(story, Role::Client));
        add(states_line(story, Role::Server));
    }
    add(fate_line(event, story));
    for (const std::size_t back : story.call_backs) add(call_back_line(trace.events()[back]));
    return text;
}

}  // namespace tcpstep::exports::packets
