#include "model/explanation.hpp"

#include <array>

namespace tcpstep::model {

namespace {

// {end} is the endpoint that moves, {peer} the other.
struct Sentence {
    On on;
    State from;  // Unknown: any that has no sentence of its own
    State to;    // Unknown: any
    std::string_view text;
};

// Beside kMachine: each of its edges finds its sentence here, the first that fits.
constexpr std::array kSentences = {
    Sentence{On::PassiveOpen, State::Closed, State::Listen,
             "The {end} called listen() and waits for connections."},
    Sentence{On::ActiveOpen, State::Closed, State::SynSent,
             "The {end} opens the connection: it sent a SYN and waits for a SYN,ACK."},
    Sentence{On::ActiveOpen, State::Listen, State::SynSent,
             "The {end} no longer listens but opens the connection itself: it sent a SYN."},
    Sentence{On::RcvSyn, State::Listen, State::SynRcvd,
             "The {end} got the {peer}'s SYN, answers with SYN,ACK and waits for its ACK."},
    Sentence{On::RcvSyn, State::SynSent, State::SynRcvd,
             "The {end} got a SYN while its own was under way, a simultaneous open: it answers "
             "with SYN,ACK."},
    Sentence{On::RcvSynAck, State::SynSent, State::Established,
             "The {end} got the SYN,ACK, so the {peer} has its SYN: here the connection is open, "
             "and an ACK tells it."},
    Sentence{On::RcvAckOfSyn, State::SynRcvd, State::Established,
             "The ACK of its SYN reached the {end}: the connection is open here, too."},
    Sentence{On::RcvAckOfSyn, State::Listen, State::Established,
             "The {peer}'s ACK brought back the cookie that its SYN had been answered with: from "
             "that alone the {end} makes the connection."},

    Sentence{On::Close, State::Listen, State::Closed,
             "The {end} closed its listening socket: it takes no connections any more."},
    Sentence{On::Close, State::SynSent, State::Closed,
             "The {end} closed before its SYN was answered, so there is nothing to end."},
    Sentence{On::Close, State::SynRcvd, State::FinWait1,
             "The {end} closes before its SYN is acknowledged: its FIN says that it has no more to "
             "send."},
    Sentence{On::Close, State::Established, State::FinWait1,
             "The {end} has no more to send: its FIN says so, and it waits for the ACK of it."},
    Sentence{On::Close, State::CloseWait, State::LastAck,
             "The {end} closes, too: its FIN goes out, and it waits only for the last ACK."},
    Sentence{On::RcvFin, State::Established, State::CloseWait,
             "The {peer} has no more to send: the {end} acknowledges its FIN, and may itself go on "
             "sending until it closes."},
    Sentence{On::RcvFin, State::FinWait1, State::Closing,
             "Both ends closed at once: the {peer}'s FIN reached the {end} before the ACK of its "
             "own."},
    Sentence{On::RcvFin, State::FinWait2, State::TimeWait,
             "The {peer} closed as well: the {end} acknowledges its FIN and waits a while, in case "
             "that ACK is lost."},
    Sentence{On::RcvAckOfFin, State::FinWait1, State::FinWait2,
             "The {end}'s FIN is acknowledged: it has closed its side, and waits for the {peer}'s "
             "FIN."},
    Sentence{On::RcvAckOfFin, State::Closing, State::TimeWait,
             "The {end}'s FIN is acknowledged, too: both sides are closed, and it waits until no "
             "old segment can come."},
    Sentence{On::RcvAckOfFin, State::LastAck, State::Closed,
             "The last ACK reached the {end}: its connection is over."},
    Sentence{On::TimeWaitEnds, State::TimeWait, State::Closed,
             "No old segment can come any more: the {end} forgets the connection."},

    Sentence{On::RcvRst, State::SynSent, State::Closed,
             "The {peer} refuses the connection: it answered the {end}'s SYN with a RST."},
    Sentence{On::RcvRst, State::SynRcvd, State::Listen,
             "The {peer} took its SYN back with a RST: the {end} forgets it and listens on."},
    Sentence{On::RcvRst, State::TimeWait, State::Closed,
             "A RST from the {peer} ended the {end}'s wait early."},
    Sentence{On::RcvRst, State::Unknown, State::Closed,
             "A RST from the {peer} reached the {end}: its connection is gone at once."},

    Sentence{On::Abort, State::SynSent, State::Closed,
             "The {end} gave up before its SYN was answered, and sends nothing."},
    Sentence{On::Abort, State::SynRcvd, State::Listen,
             "The {end} turned the attempt down with a RST and listens on."},
    Sentence{
        On::Abort, State::FinWait1, State::Closed,
        "The {end} has closed and takes nothing more: its RST tells the {peer} that data is lost."},
    Sentence{
        On::Abort, State::FinWait2, State::Closed,
        "The {end} has closed and takes nothing more: its RST tells the {peer} that data is lost."},
    Sentence{On::Abort, State::Closing, State::Closed,
             "The {end} dropped the connection at once; its FIN had told the {peer} of the end."},
    Sentence{On::Abort, State::LastAck, State::Closed,
             "The {end} dropped the connection at once; its FIN had told the {peer} of the end."},
    Sentence{On::Abort, State::Unknown, State::Closed,
             "The {end} broke off the connection: its RST tells the {peer} that all is over."},

    Sentence{On::UserTimeout, State::SynSent, State::Closed,
             "The {end} sent its SYN again and again, and gave up without an answer."},
    Sentence{On::UserTimeout, State::SynRcvd, State::Listen,
             "No ACK of its SYN,ACK came, however often it was sent: the {end} forgets the attempt "
             "and listens on."},
    Sentence{On::UserTimeout, State::Unknown, State::Closed,
             "The {peer} answered nothing for so long that the {end} gave the connection up."},
};

std::string_view sentence_of(const Transition& edge) {
    for (const Sentence& each : kSentences) {
        if (each.on == edge.on && each.to == edge.to &&
            (each.from == edge.from || each.from == State::Unknown)) {
            return each.text;
        }
    }
    return {};
}

// No edge was taken: what was seen shows only where the end is.
std::string_view sentence_of_proof(State to) {
    switch (to) {
        case State::Closed:
            return "The {end} has no connection: it is CLOSED.";
        case State::Listen:
            return "The {end} answers a SYN, so it was listening.";
        case State::SynRcvd:
            return "The {end} sends a SYN,ACK, so the {peer}'s SYN must have reached it.";
        case State::Established:
            return "The connection is open at the {end}; how it began was not captured.";
        case State::Unknown:
        case State::SynSent:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
            break;
    }
    return "What was captured shows the {end} in {state}, but not how it came there.";
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
        text.replace(at, what.size(), by);
    }
}

}  // namespace

std::string explain(Role endpoint, const StateChange& change) {
    std::string text(change.edge == nullptr ? sentence_of_proof(change.to)
                                            : sentence_of(*change.edge));
    replace_all(text, "{end}", name(endpoint));
    replace_all(text, "{peer}", name(peer(endpoint)));
    replace_all(text, "{state}", name(change.to));
    return text;
}

std::string_view reason_of(Doubt doubt) {
    switch (doubt) {
        case Doubt::None:
            return {};
        case Doubt::NothingFollows:
            return "nothing that was captured later shows whether the segment arrived";
        case Doubt::BeganBefore:
            return "the capture began, or lost segments, before this could be seen";
        case Doubt::NotOnTheWire:
            return "a call or a timer that sends nothing: its moment is a guess";
        case Doubt::OrderUnknown:
            return "two segments were on their way at once: which came first is a guess";
    }
    return {};
}

}  // namespace tcpstep::model
