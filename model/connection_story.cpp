#include "model/connection_story.hpp"

#include <array>
#include <cstddef>

namespace tcpstep::model {

namespace {

// What the changes of one end tell of it.
struct End {
    State state = State::Unknown;  // the last
    bool opened_actively = false;
    bool answered_syn = false;  // was in SYN_RCVD
    bool established = false;   // or came further
    bool closed_first = false;  // before it knew that the other did
    bool closed = false;        // sent a FIN
};

bool is_past_handshake(State state) {
    switch (state) {
        case State::Unknown:
        case State::Closed:
        case State::Listen:
        case State::SynSent:
        case State::SynRcvd:
            return false;
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
            return true;
    }
    return false;
}

bool happened(const TrackedChange& change, On on) {
    return change.edge() != nullptr && change.edge()->on == on;
}

void take(End& end, End& other, const TrackedChange& change) {
    end.state = change.to;
    end.opened_actively |= happened(change, On::ActiveOpen);
    end.answered_syn |= change.to == State::SynRcvd;
    end.established |= is_past_handshake(change.to);
    end.closed_first |= change.to == State::FinWait1 || change.to == State::FinWait2;
    end.closed |= end.closed_first || change.to == State::Closing || change.to == State::LastAck ||
                  change.to == State::TimeWait;
    // Of the other end nothing else may be known.
    const bool other_was_first = change.to == State::CloseWait || change.to == State::LastAck;
    other.closed_first |= other_was_first;
    other.closed |= other_was_first;
}

class Teller {
  public:
    Teller(std::span<const TrackedChange> changes, bool data_in_syn)
        : changes_(changes), data_in_syn_(data_in_syn) {
        for (const TrackedChange& change : changes) {
            take(end(change.endpoint), end(peer(change.endpoint)), change);
        }
    }

    ConnectionStory tell() const {
        ConnectionStory story;
        story.began = beginning();
        if (tell_abrupt_end(story)) return story;
        if (story.began == Beginning::Attempt) {
            const bool answered = client().answered_syn || server().answered_syn;
            story.ended = answered ? Ending::Unfinished : Ending::NoAnswer;
        } else {
            tell_close(story);
        }
        return story;
    }

  private:
    End& end(Role role) { return ends_[static_cast<std::size_t>(role)]; }
    const End& client() const { return ends_[0]; }
    const End& server() const { return ends_[1]; }

    Beginning beginning() const {
        if (!client().opened_actively) return Beginning::BeforeCapture;
        if (!client().established && !server().established) return Beginning::Attempt;
        // Also where both are one socket, that connected to itself.
        if (server().opened_actively || client().answered_syn) return Beginning::SimultaneousOpen;
        return data_in_syn_ ? Beginning::FastOpen : Beginning::Handshake;
    }

    // A RST, or patience at its end: the first of them. A RST into TIME_WAIT ends nothing that was
    // not over.
    bool tell_abrupt_end(ConnectionStory& story) const {
        for (const TrackedChange& change : changes_) {
            if (change.from == State::TimeWait) continue;
            if (happened(change, On::RcvRst)) {
                story.ended = change.from == State::SynSent ? Ending::Refused : Ending::Reset;
                story.by = peer(change.endpoint);
                return true;
            }
            // From some states an abort sends nothing.
            if (happened(change, On::Abort) && change.edge()->sends == Sends::Rst) {
                story.ended = Ending::Reset;
                story.by = change.endpoint;
                return true;
            }
            if (happened(change, On::UserTimeout)) {
                story.ended = change.from == State::SynSent ? Ending::NoAnswer : Ending::TimedOut;
                if (story.ended == Ending::TimedOut) story.by = change.endpoint;
                return true;
            }
        }
        return false;
    }

    void tell_close(ConnectionStory& story) const {
        if (client().closed_first != server().closed_first) {
            story.by = client().closed_first ? Role::Client : Role::Server;
        }
        if (client().closed && server().closed) {
            story.ended = is_over(client()) && is_over(server()) ? Ending::Closed : Ending::Closing;
        } else if (client().closed || server().closed) {
            story.ended = Ending::HalfClosed;
            story.by = client().closed ? Role::Client : Role::Server;
        } else if (client().state != State::Unknown || server().state != State::Unknown) {
            story.ended = Ending::Open;
        }
    }

    static bool is_over(const End& end) {
        return end.state == State::TimeWait || end.state == State::Closed;
    }

    std::span<const TrackedChange> changes_;
    bool data_in_syn_;
    std::array<End, 2> ends_;
};

}  // namespace

ConnectionStory story_of(std::span<const TrackedChange> changes, bool data_in_syn) {
    return Teller(changes, data_in_syn).tell();
}

}  // namespace tcpstep::model
