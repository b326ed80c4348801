#include "app/exports/packets/pcapng_blocks.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::exports::packets {

namespace {

// draft-ietf-opsawg-pcapng 4.1 to 4.3: block types, and the codes of their options.
constexpr std::uint32_t kSectionHeader = 0x0a0d0d0a, kInterface = 1, kEnhancedPacket = 6;
constexpr std::uint16_t kComment = 1, kUserApplication = 4;
constexpr std::uint16_t kDescription = 3, kTimeResolution = 9;
constexpr std::uint16_t kFlags = 2;
constexpr std::uint16_t kRawIp = 101;
constexpr std::uint8_t kNanoseconds = 9;  // 10^-9
// 262144, as tcpdump has it: longer than any packet.
constexpr std::uint32_t kSnapLength = 0x40000;

class Block {
  public:
    explicit Block(std::uint32_t type) {
        put32(type);
        put32(0);  // the length, once it is known
    }

    Block& put16(std::uint16_t value) {
        put(value & 0xffU);
        return put(value >> 8U);
    }
    Block& put32(std::uint32_t value) {
        put16(static_cast<std::uint16_t>(value & 0xffffU));
        return put16(static_cast<std::uint16_t>(value >> 16U));
    }
    Block& put_padded(std::string_view octets) {
        text_ += octets;
        text_.resize((text_.size() + 3) / 4 * 4);
        return *this;
    }
    Block& option(std::uint16_t code, std::string_view value) {
        put16(code);
        put16(static_cast<std::uint16_t>(value.size()));
        return put_padded(value);
    }
    Block& text_option(std::uint16_t code, std::string_view value) {
        return value.empty() ? *this : option(code, value.substr(0, fitting(value)));
    }

    std::string whole() {
        put32(0);  // the end of the options
        const auto length = static_cast<std::uint32_t>(text_.size() + 4);
        put32(length);
        text_.replace(4, 4, text_, text_.size() - 4, 4);
        return std::move(text_);
    }

  private:
    Block& put(unsigned octet) {
        text_ += static_cast<char>(octet);
        return *this;
    }

    // An option's length has 16 bits; no character of UTF-8 is cut in two.
    static std::size_t fitting(std::string_view value) {
        constexpr std::size_t kMost = 65535;
        if (value.size() <= kMost) return value.size();
        std::size_t end = kMost;
        while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xc0U) == 0x80U) --end;
        return end;
    }

    std::string text_;
};

std::string_view as_text(std::span<const std::uint8_t> octets) {
    // Octets are octets.
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

}  // namespace

std::string section_header(std::string_view comment, std::string_view program) {
    Block block(kSectionHeader);
    block.put32(0x1a2b3c4d).put16(1).put16(0);    // the order of octets; version 1.0
    block.put32(0xffffffffU).put32(0xffffffffU);  // the section's length is not told
    return block.text_option(kComment, comment).text_option(kUserApplication, program).whole();
}

std::string interface_description(std::string_view description) {
    Block block(kInterface);
    block.put16(kRawIp).put16(0).put32(kSnapLength);
    block.text_option(kDescription, description);
    const char resolution = kNanoseconds;
    return block.option(kTimeResolution, {&resolution, 1}).whole();
}

std::string packet_block(model::Time time, std::span<const std::uint8_t> captured,
                         std::size_t length, Direction direction, std::string_view comment) {
    const auto ns =
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, time.time_since_epoch().count()));
    Block block(kEnhancedPacket);
    block.put32(0);  // the interface
    block.put32(static_cast<std::uint32_t>(ns >> 32U));
    block.put32(static_cast<std::uint32_t>(ns & 0xffffffffU));
    block.put32(static_cast<std::uint32_t>(captured.size()));
    block.put32(static_cast<std::uint32_t>(std::max(length, captured.size())));
    block.put_padded(as_text(captured));
    block.text_option(kComment, comment);
    const std::string flags = {static_cast<char>(direction), 0, 0, 0};
    return block.option(kFlags, flags).whole();
}

}  // namespace tcpstep::exports::packets
