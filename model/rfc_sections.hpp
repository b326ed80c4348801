#pragma once

#include <array>
#include <string_view>

namespace tcpstep::model {

/// A section of RFC 9293 by its number, and its title as the RFC has it.
struct RfcSection {
    std::string_view number;
    std::string_view title;
};

/// Those that the program names.
inline constexpr std::array kRfcSections = {
    RfcSection{"3.1", "Header Format"},
    RfcSection{"3.2", "Specific Option Definitions"},
    RfcSection{"3.3.2", "State Machine Overview"},
    RfcSection{"3.4", "Sequence Numbers"},
    RfcSection{"3.4.1", "Initial Sequence Number Selection"},
    RfcSection{"3.5", "Establishing a Connection"},
    RfcSection{"3.5.2", "Reset Generation"},
    RfcSection{"3.5.3", "Reset Processing"},
    RfcSection{"3.6", "Closing a Connection"},
    RfcSection{"3.7.1", "Maximum Segment Size Option"},
    RfcSection{"3.8", "Data Communication"},
    RfcSection{"3.8.1", "Retransmission Timeout"},
    RfcSection{"3.8.6", "Managing the Window"},
    RfcSection{"3.9.1.1", "Open"},
    RfcSection{"3.9.1.2", "Send"},
    RfcSection{"3.9.1.3", "Receive"},
    RfcSection{"3.9.1.4", "Close"},
    RfcSection{"3.9.1.5", "Status"},
    RfcSection{"3.10.1", "OPEN Call"},
    RfcSection{"3.10.4", "CLOSE Call"},
    RfcSection{"3.10.5", "ABORT Call"},
    RfcSection{"3.10.7", "SEGMENT ARRIVES"},
    RfcSection{"3.10.7.2", "LISTEN STATE"},
    RfcSection{"3.10.7.3", "SYN-SENT STATE"},
    RfcSection{"3.10.7.4", "Other States"},
    RfcSection{"3.10.8", "Timeouts"},
};

/// The title of that section; empty if it is none of these.
constexpr std::string_view title_of_section(std::string_view number) {
    for (const RfcSection& section : kRfcSections) {
        if (section.number == number) return section.title;
    }
    return {};
}

}  // namespace tcpstep::model
