#include "app/ui/font/font_outlines.hpp"

#include <cstdint>
#include <optional>

namespace tcpstep::ui::font {

namespace {

constexpr std::uint32_t tag(const char (&name)[5]) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(name[i]);
    return value;
}

class Reader {
  public:
    explicit Reader(std::span<const std::byte> file) : file_(file) {}

    // Big-endian, of 2 or 4 octets; nothing beyond the file's end.
    std::optional<std::uint32_t> number(std::size_t at, std::size_t octets) const {
        if (at > file_.size() || octets > file_.size() - at) return std::nullopt;
        std::uint32_t value = 0;
        for (const std::byte octet : file_.subspan(at, octets))
            value = value << 8 | std::to_integer<std::uint32_t>(octet);
        return value;
    }

  private:
    std::span<const std::byte> file_;
};

constexpr std::size_t kCollectionHeader = 12, kFontHeader = 12, kTableRecord = 16;

}  // namespace

bool has_drawable_outlines(std::span<const std::byte> file, unsigned face) {
    const Reader reader(file);
    std::size_t font = 0;
    if (reader.number(0, 4) == tag("ttcf")) {
        const auto fonts = reader.number(8, 4);
        const auto offset = reader.number(kCollectionHeader + 4 * std::size_t{face}, 4);
        if (!fonts || face >= *fonts || !offset) return false;
        font = *offset;
    } else if (face != 0) {
        return false;
    }
    const auto tables = reader.number(font + 4, 2);
    for (std::size_t i = 0; tables && i < *tables; ++i) {
        const auto name = reader.number(font + kFontHeader + i * kTableRecord, 4);
        if (name == tag("glyf") || name == tag("CFF ")) return true;
    }
    return false;
}

}  // namespace tcpstep::ui::font
