#include "app/view/datagram_text.hpp"

#include <algorithm>
#include <array>

#include "app/view/say.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

struct IcmpWord {
    bool v6;
    std::uint8_t type;
    int code;  // -1: any
    Text text;
};

// RFC 792, RFC 1191; RFC 4443.
constexpr std::array kIcmpWords = {
    IcmpWord{false, 3, 0, Text::IcmpNetwork},  IcmpWord{false, 3, 1, Text::IcmpHost},
    IcmpWord{false, 3, 2, Text::IcmpProtocol}, IcmpWord{false, 3, 3, Text::IcmpPort},
    IcmpWord{false, 3, 4, Text::IcmpTooBig},   IcmpWord{false, 11, -1, Text::IcmpTime},
    IcmpWord{true, 1, 0, Text::IcmpNetwork},   IcmpWord{true, 1, 3, Text::IcmpHost},
    IcmpWord{true, 1, 4, Text::IcmpPort},      IcmpWord{true, 2, -1, Text::IcmpTooBig},
    IcmpWord{true, 3, -1, Text::IcmpTime}};

template <class Address>
std::string way_text(const Address& source, const Address& destination) {
    return say(Text::LadderWay, to_string(source), to_string(destination));
}

const IcmpWord* word_of(const IcmpErrorSent& error) {
    const bool v6 = error.source.ip.v6;
    const auto found = std::find_if(kIcmpWords.begin(), kIcmpWords.end(), [&](const IcmpWord& one) {
        return one.v6 == v6 && one.type == error.type && (one.code < 0 || one.code == error.code);
    });
    return found == kIcmpWords.end() ? nullptr : &*found;
}

// "Destination unreachable" is a type, the rest a code: 3 of ICMP, 1 of ICMPv6.
bool is_unreachable(const IcmpErrorSent& error) {
    return error.type == (error.source.ip.v6 ? 1 : 3);
}

DatagramText text_of(const IcmpErrorSent& error) {
    const std::string what = icmp_error_text(error);
    const std::string words = say(Text::LadderIcmp, what);
    const std::string numbers = say(Text::IcmpOther, error.type, error.code);
    // An error goes the way of its datagram back.
    const std::string way = way_text(error.destination.ip, error.source.ip);
    DatagramText text{error.from, SegmentKind::Rst, {words, "ICMP"}, {words, what}, way, {way}};
    if (word_of(error) == nullptr) return text;
    text.numbers = {numbers + " · " + way, numbers};
    if (is_unreachable(error)) {
        text.words.insert(text.words.begin(),
                          say(Text::LadderIcmp, say(Text::IcmpUnreachable, what)));
    }
    return text;
}

}  // namespace

std::optional<DatagramText> datagram_text(const Fact& fact) {
    if (const auto* sent = std::get_if<DatagramSent>(&fact)) {
        return DatagramText{
            sent->from,
            SegmentKind::Data,
            {say(counted(sent->length, Text::LadderDatagramOne, Text::LadderDatagram),
                 sent->length),
             "UDP"},
            {say(Text::TerminalDatagram, sent->length)},
            way_text(sent->source, sent->destination),
            {way_text(sent->source, sent->destination)}};
    }
    if (const auto* error = std::get_if<IcmpErrorSent>(&fact)) return text_of(*error);
    return std::nullopt;
}

std::string icmp_error_text(const IcmpErrorSent& error) {
    if (const IcmpWord* word = word_of(error)) return say(word->text);
    return say(Text::IcmpOther, error.type, error.code);
}

std::optional<std::size_t> latest_datagram(const Timeline& timeline, const TimelineIndex& index,
                                           std::size_t position) {
    auto step = index.last_step_before(position);
    for (int i = 0; step && i < kStepsSeen; ++i) {
        if (std::holds_alternative<DatagramSent>(timeline.event(*step).fact)) return step;
        step = index.last_step_before(*step);
    }
    return std::nullopt;
}

}  // namespace tcpstep::view
