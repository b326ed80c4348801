#pragma once

#include <string_view>

#include "model/header_fields.hpp"

namespace tcpstep::view::octets {

/// What a field is called where its name has no room: as the RFC's figure or its text shortens it
/// ("IHL", "DOffset", "TSval"), else as Wireshark and the man pages do ("TTL", "ID"). The same in
/// every language; empty where the name itself is as short.
std::string_view brief_name(model::Field field);

}  // namespace tcpstep::view::octets
