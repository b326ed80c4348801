#include "app/view/octets/header_rows.hpp"

#include <algorithm>

namespace tcpstep::view::octets {

namespace {

constexpr std::size_t kWord = 32;  // bits

void add_boxes(HeaderRows& rows, std::size_t index, const model::HeaderField& place) {
    const std::size_t first = rows.boxes.size();
    const std::size_t end = place.bit + place.bits;
    for (std::size_t bit = place.bit; bit < end;) {
        HeaderBox box;
        box.field = index;
        box.row = bit / kWord;
        box.first_bit = static_cast<unsigned>(bit % kWord);
        if (box.first_bit == 0 && end - bit >= kWord) {
            box.rows = (end - bit) / kWord;
            bit += box.rows * kWord;
        } else {
            box.bits = static_cast<unsigned>(std::min(kWord - box.first_bit, end - bit));
            bit += box.bits;
        }
        box.named = false;
        rows.boxes.push_back(box);
    }
    const auto largest = std::max_element(
        rows.boxes.begin() + static_cast<std::ptrdiff_t>(first), rows.boxes.end(),
        [](const HeaderBox& a, const HeaderBox& b) { return a.rows * a.bits < b.rows * b.bits; });
    if (largest != rows.boxes.end()) largest->named = true;
}

}  // namespace

HeaderRows header_rows(const std::vector<WireField>& fields) {
    HeaderRows rows;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const model::HeaderField& place = fields[i].place;
        add_boxes(rows, i, place);
        rows.rows = (place.bit + place.bits + kWord - 1) / kWord;
        if (rows.bands.empty() || rows.bands.back().part != fields[i].part)
            rows.bands.push_back({fields[i].part, place.bit / kWord, 0});
        rows.bands.back().rows = rows.rows - rows.bands.back().row;
    }
    return rows;
}

std::size_t tall_row(const HeaderRows& rows, const std::vector<WireField>& fields) {
    for (const HeaderBox& box : rows.boxes)
        if (!control_bit_name(fields[box.field].place.id.field).empty()) return box.row;
    return rows.rows;
}

}  // namespace tcpstep::view::octets
