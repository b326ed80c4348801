#pragma once

#include <cstddef>
#include <vector>

#include "app/view/octets/wire_fields.hpp"

namespace tcpstep::view::octets {

/// A field, or a part of it, as a box among the rows of 32 bits in which the RFCs draw headers.
struct HeaderBox {
    std::size_t field = 0;   ///< index in the fields that were laid out
    std::size_t row = 0;     ///< the first one, from 0 at the start of the IP header
    std::size_t rows = 1;    ///< more than 1 only for a box of the full width: an IPv6 address
    unsigned first_bit = 0;  ///< in its row: 0 to 31, from the left
    unsigned bits = 32;
    bool named = true;  ///< of a field in several boxes only the largest says which one it is
};

/// Where a header, or the options, begin.
struct HeaderBand {
    WirePart part = WirePart::Ip;
    std::size_t row = 0;
    std::size_t rows = 0;
};

struct HeaderRows {
    std::vector<HeaderBox> boxes;
    std::vector<HeaderBand> bands;
    std::size_t rows = 0;
};

/// Lays the fields out as RFC 791, RFC 8200 and RFC 9293 draw them. A field that does not end where
/// a row does is divided; whole rows that lie one below the other are one box.
HeaderRows header_rows(const std::vector<WireField>& fields);

/// One row has its bits one by one, and is drawn higher so that their names fit: that of TCP's
/// control bits. rows.rows if there is none.
std::size_t tall_row(const HeaderRows& rows, const std::vector<WireField>& fields);

}  // namespace tcpstep::view::octets
