#include "app/view/octets/message.hpp"

#include <utility>
#include <variant>

#include "app/view/call_value.hpp"
#include "app/view/datagram_text.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::view::octets {

using namespace model;

namespace {

std::string octets_text(std::uint32_t count) {
    return say(counted(count, Text::OctetsOne, Text::Octets), count);
}

Message message_of(const DatagramSent& sent) {
    return {say(Text::InspectDatagramTitle, direction_text(sent.from), octets_text(sent.length)),
            sent.payload, sent.length, true};
}

Message message_of(Role end, Process process, const std::string& call, std::uint32_t length,
                   const std::string& text) {
    return {fmt::format("{} · {} · {}", caller_word(end, process), call_name(call),
                        octets_text(length)),
            {text.begin(), text.end()},
            length,
            false};
}

// What was written, or what has been read.
std::optional<Message> text_of_call(const Fact& fact) {
    if (const auto* entered = std::get_if<CallEntered>(&fact)) {
        for (const CallArgument& argument : entered->arguments) {
            const auto* text = std::get_if<std::string>(&argument.value);
            if (argument.name != "data" || text == nullptr) continue;
            return message_of(entered->endpoint, entered->process, entered->call,
                              static_cast<std::uint32_t>(text->size()), *text);
        }
    }
    const auto* returned = std::get_if<CallReturned>(&fact);
    if (returned == nullptr || returned->result <= 0) return std::nullopt;
    if (returned->call != "recv" && returned->call != "recvfrom") return std::nullopt;
    return message_of(returned->endpoint, returned->process, returned->call,
                      static_cast<std::uint32_t>(returned->result), returned->value);
}

}  // namespace

std::optional<Message> latest_message(const Timeline& timeline, const TimelineIndex& index,
                                      std::size_t position) {
    if (const auto sent = latest_datagram(timeline, index, position))
        return message_of(std::get<DatagramSent>(timeline.event(*sent).fact));
    auto step = index.last_step_before(position);
    for (int i = 0; step && i < kStepsSeen; ++i) {
        if (auto of_call = text_of_call(timeline.event(*step).fact)) return of_call;
        step = index.last_step_before(*step);
    }
    return std::nullopt;
}

FieldMeaning octet_of_message(const Message& message, const WireField& field) {
    FieldMeaning meaning = octet_meaning(field, message.length);
    meaning.meaning = say(message.datagram ? Text::MeansDatagramOctet : Text::MeansMessageOctet);
    meaning.source = message.datagram ? "RFC 768" : "unix(7)";
    return meaning;
}

}  // namespace tcpstep::view::octets
