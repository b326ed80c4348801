#include "app/view/octets/payload_fields.hpp"

#include <string_view>
#include <utility>

#include "app/view/escape.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view::octets {

namespace {

std::string not_kept(std::uint32_t length) {
    return say(counted(length, Text::InspectDataNoneOne, Text::InspectDataNone), length);
}

}  // namespace

void append_payload_fields(std::vector<WireField>& fields, std::span<const std::uint8_t> payload,
                           std::size_t bit) {
    const std::size_t first = fields.size();
    fields.reserve(first + payload.size());
    for (const std::uint8_t octet : payload) {
        const auto nth = static_cast<std::uint16_t>(fields.size() - first);
        WireField field;
        field.place = {{model::Field::Payload, 0, nth}, bit + 8 * std::size_t{nth}, 8};
        field.part = WirePart::Payload;
        field.value = fmt::format("{:02x}", octet);
        fields.push_back(std::move(field));
        if (nth == UINT16_MAX) break;  // a trace by somebody else: what is behind has no number
    }
    for (PayloadCharacter& character : payload_characters(payload)) {
        if (first + character.octet >= fields.size()) break;
        fields[first + character.octet].name = std::move(character.shown);
    }
}

std::vector<PayloadCharacter> payload_characters(std::span<const std::uint8_t> payload) {
    std::vector<PayloadCharacter> characters;
    const std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
    for (std::size_t at = 0; at < text.size();) {
        ShownCharacter shown = first_shown(text.substr(at));
        characters.push_back(
            {at, shown.octets, std::move(shown.shown), shown.as_it_is, text[at] == '\n'});
        at += shown.octets;
    }
    return characters;
}

std::string payload_extent(std::uint32_t length, std::size_t kept) {
    if (length == 0) return {};
    if (kept == 0) return not_kept(length);
    if (kept < length) return say(Text::InspectDataPart, kept, length);
    return say(counted(length, Text::InspectDataWholeOne, Text::InspectDataWhole), length);
}

std::string payload_gap(std::uint32_t length, std::size_t kept) {
    if (kept >= length) return {};
    return kept == 0 ? not_kept(length) : say(Text::InspectDataCut, kept, length);
}

}  // namespace tcpstep::view::octets
