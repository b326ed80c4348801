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

std::string way_text(const SocketAddress& source, const SocketAddress& destination) {
    return say(Text::LadderWay, to_string(source), to_string(destination));
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
            way_text(sent->source, sent->destination)};
    }
    if (const auto* error = std::get_if<IcmpErrorSent>(&fact)) {
        const std::string what = icmp_error_text(*error);
        const std::vector<std::string> words = {say(Text::LadderIcmp, what), what};
        // An error goes the way of its datagram back.
        return DatagramText{error->from, SegmentKind::Rst, words, words,
                            way_text(error->destination, error->source)};
    }
    return std::nullopt;
}

std::string icmp_error_text(const IcmpErrorSent& error) {
    const bool v6 = error.source.ip.v6;
    const auto found = std::find_if(kIcmpWords.begin(), kIcmpWords.end(), [&](const IcmpWord& one) {
        return one.v6 == v6 && one.type == error.type && (one.code < 0 || one.code == error.code);
    });
    if (found != kIcmpWords.end()) return say(found->text);
    return say(Text::IcmpOther, error.type, error.code);
}

}  // namespace tcpstep::view
