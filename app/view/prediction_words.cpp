#include "app/view/prediction_words.hpp"

#include <charconv>
#include <optional>

#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

// An acknowledgment number as it is shown.
std::string number_text(std::string_view number, const Segment& segment, const Timeline& timeline,
                        bool raw) {
    std::uint32_t value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    // It counts what the segment's sender sends.
    const SeqBase base = base_of(timeline.at(timeline.size()), segment.from, raw);
    return std::to_string(distance(base.sender, SeqNum(value)));
}

std::string call_text(std::string_view choice) {
    if (choice == kNoCall) return say(Text::ChoiceNoCall);
    const std::size_t space = choice.find(' ');
    const Role role = choice.substr(0, space) == name(Role::Server) ? Role::Server : Role::Client;
    return say(Text::ChoiceCall, role_word(role), escaped(choice.substr(space + 1)));
}

Text why(On on) {
    switch (on) {
        case On::RcvSyn:
            return Text::WhyRcvSyn;
        case On::RcvSynAck:
            return Text::WhyRcvSynAck;
        case On::RcvAckOfSyn:
            return Text::WhyRcvAckOfSyn;
        case On::RcvFin:
            return Text::WhyRcvFin;
        case On::RcvAckOfFin:
            return Text::WhyRcvAckOfFin;
        case On::RcvRst:
            return Text::WhyRcvRst;
        case On::PassiveOpen:
        case On::ActiveOpen:
        case On::Close:
        case On::Abort:
        case On::TimeWaitEnds:
        case On::UserTimeout:
            break;
    }
    return Text::WhyStays;
}

std::string why_state(const Question& question, const Outcome& outcome, const Timeline& timeline) {
    Text reason = Text::WhyStays;
    for (const Effects::Change& change : timeline.effects(outcome.evidence).changes) {
        if (change.endpoint == question.endpoint && change.change.edge != nullptr)
            reason = why(change.change.edge->on);
    }
    return say(reason);
}

std::string why_number(const Outcome& outcome, const Segment& segment, const Timeline& timeline,
                       bool raw) {
    if (outcome.actual != std::to_string(segment.end().raw())) return say(Text::WhyAckOther);
    return say(Text::WhyAck, number_text(std::to_string(segment.seq.raw()), segment, timeline, raw),
               segment.sequence_length());
}

// What it waits for; of the call that came back, or else of the one that did not.
std::string why_call(const Question& question, const Outcome& outcome) {
    std::string_view shown = outcome.actual;
    for (const std::string& choice : question.choices) {
        if (shown == kNoCall && choice != kNoCall) shown = choice;
    }
    const std::string_view call = shown.substr(shown.find(' ') + 1);
    if (call == "connect") return say(Text::WhyConnect);
    if (call == "accept" || call == "accept4") return say(Text::WhyAccept);
    if (call == "recv" || call == "read") return say(Text::WhyRecv);
    if (call == "send" || call == "write") return say(Text::WhySend);
    return {};
}

}  // namespace

std::string question_text(const Question& question, const Timeline& timeline) {
    const Segment* segment = timeline.segment(question.segment);
    if (segment == nullptr) return {};
    const std::string number = timeline.number(question.segment);
    const std::string flags = flags_label(*segment);
    const std::string receiver = role_word(question.endpoint);
    switch (question.asked) {
        case Asked::NextState:
            return say(Text::AskNextState, number, flags, receiver, name(question.state));
        case Asked::AckNumber:
            return say(Text::AskAckNumber, number, flags, receiver);
        case Asked::CallReturns:
            return say(Text::AskCallReturns, number, flags, receiver);
    }
    return {};
}

std::string choice_text(const Question& question, std::string_view choice, const Timeline& timeline,
                        bool raw) {
    const Segment* segment = timeline.segment(question.segment);
    switch (question.asked) {
        case Asked::NextState:
            return choice == name(question.state) ? say(Text::ChoiceStays, choice)
                                                  : std::string(choice);
        case Asked::AckNumber:
            if (segment == nullptr) break;
            return say(Text::ChoiceAck, number_text(choice, *segment, timeline, raw));
        case Asked::CallReturns:
            return call_text(choice);
    }
    return std::string(choice);
}

std::string verdict_text(const Question& question, std::string_view answer, const Outcome& outcome,
                         const Timeline& timeline, bool raw) {
    if (outcome.kind != Outcome::Kind::Told) return say(Text::PredictWithdrawn);
    const std::string actual = choice_text(question, outcome.actual, timeline, raw);
    if (answer == outcome.actual) return say(Text::PredictRight, actual);
    return say(Text::PredictWrong, choice_text(question, answer, timeline, raw), actual);
}

std::string reason_text(const Question& question, const Outcome& outcome, const Timeline& timeline,
                        bool raw) {
    const Segment* segment = timeline.segment(question.segment);
    if (outcome.kind != Outcome::Kind::Told || segment == nullptr) return {};
    switch (question.asked) {
        case Asked::NextState:
            return why_state(question, outcome, timeline);
        case Asked::AckNumber:
            return why_number(outcome, *segment, timeline, raw);
        case Asked::CallReturns:
            return why_call(question, outcome);
    }
    return {};
}

std::string prediction_text(const PredictionChecked& checked, const Timeline& timeline, bool raw) {
    const Question question = {checked.segment, checked.endpoint, checked.asked,
                               State::Unknown,  checked.choices,  {}};
    const std::string answer = escaped(choice_text(question, checked.answer, timeline, raw));
    if (checked.right()) return say(Text::Predicted, answer);
    return say(Text::Mispredicted, answer,
               escaped(choice_text(question, checked.actual, timeline, raw)));
}

}  // namespace tcpstep::view
