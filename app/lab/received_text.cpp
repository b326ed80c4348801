#include "app/lab/received_text.hpp"

#include <utility>

namespace tcpstep::lab {

std::string received_text(std::string text) {
    if (text.size() <= kMostReceived) return text;
    std::size_t end = kMostReceived;
    const auto continues = [&] { return (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80; };
    // No character has more than three octets behind its first.
    while (end > kMostReceived - 3 && continues()) --end;
    text.resize(end);
    return text;
}

}  // namespace tcpstep::lab
