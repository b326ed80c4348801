#include "app/view/octets/field_brief.hpp"

#include <algorithm>
#include <array>

namespace tcpstep::view::octets {

using model::Field;

namespace {

struct Brief {
    Field field;
    std::string_view name;
};

constexpr std::array kBriefs = {Brief{Field::Version, "Ver"},
                                Brief{Field::HeaderLength, "IHL"},
                                Brief{Field::TotalLength, "Len"},
                                Brief{Field::Identification, "ID"},
                                Brief{Field::FragmentOffset, "Offset"},
                                Brief{Field::TimeToLive, "TTL"},
                                Brief{Field::Protocol, "Proto"},
                                Brief{Field::HeaderChecksum, "Cksum"},
                                Brief{Field::SourceAddress, "Src"},
                                Brief{Field::DestinationAddress, "Dst"},
                                Brief{Field::IpOptions, "Opt"},
                                Brief{Field::FlowLabel, "Flow"},
                                Brief{Field::PayloadLength, "Len"},
                                Brief{Field::NextHeader, "Next"},
                                Brief{Field::HopLimit, "Hops"},
                                Brief{Field::ExtensionHeaders, "Ext"},
                                Brief{Field::SourcePort, "Src port"},
                                Brief{Field::DestinationPort, "Dst port"},
                                Brief{Field::Sequence, "SEG.SEQ"},        // RFC 9293 3.3.1
                                Brief{Field::Acknowledgment, "SEG.ACK"},  // RFC 9293 3.3.1
                                Brief{Field::DataOffset, "DOffset"},      // RFC 9293, figure 1
                                Brief{Field::Reserved, "Rsrvd"},          // RFC 9293, figure 1
                                Brief{Field::Window, "Win"},
                                Brief{Field::Checksum, "Cksum"},
                                Brief{Field::UrgentPointer, "UP"},  // RFC 9293 3.3.1: SEG.UP
                                Brief{Field::OptionLength, "Len"},
                                Brief{Field::ScaleShift, "shift"},      // RFC 7323 2.2: shift.cnt
                                Brief{Field::TimestampValue, "TSval"},  // RFC 7323 3.2
                                Brief{Field::TimestampEcho, "TSecr"},   // RFC 7323 3.2
                                Brief{Field::SackLeft, "Left edge"},    // RFC 2018 3
                                Brief{Field::SackRight, "Right edge"},  // RFC 2018 3
                                Brief{Field::OptionData, "Data"},
                                Brief{Field::EndOfOptions, "EOL"},
                                Brief{Field::OptionPadding, "Pad"}};

}  // namespace

std::string_view brief_name(Field field) {
    const auto* found = std::find_if(kBriefs.begin(), kBriefs.end(),
                                     [&](const Brief& one) { return one.field == field; });
    return found == kBriefs.end() ? std::string_view() : found->name;
}

}  // namespace tcpstep::view::octets
