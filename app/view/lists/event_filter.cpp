#include "app/view/lists/event_filter.hpp"

#include <algorithm>

#include "app/view/segment_text.hpp"

namespace tcpstep::view::lists {

using namespace model;

namespace {

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool kind_fits(const EventFilter& filter, const EventSource& source, const EventRow& row) {
    return filter.kinds == 0 || (filter.kinds & kind_bit(kind_of(source, row))) != 0;
}

bool end_fits(const EventFilter& filter, const EventSource& source, const EventRow& row) {
    if (!filter.client && !filter.server) return true;
    const std::optional<Role> end = end_of(source, row);
    return end && (*end == Role::Client ? filter.client : filter.server);
}

bool segment_fits(const EventFilter& filter, const EventSource& source, const EventRow& row) {
    if (filter.flags == 0 && !filter.again) return true;
    const Segment* segment = segment_of(source, row);
    if (segment == nullptr) return false;
    return (segment->flags.bits() & filter.flags) != 0 ||
           (filter.again && is_sent_again(source, row));
}

bool text_fits(const EventFilter& filter, const EventSource& source, const EventRow& row) {
    if (filter.text.empty() || contains_text(event_what(source, row), filter.text)) return true;
    const std::optional<Role> end = end_of(source, row);
    if (end && contains_text(role_word(*end), filter.text)) return true;
    const Segment* segment = segment_of(source, row);
    return segment != nullptr && contains_text(to_label(segment->flags), filter.text);
}

}  // namespace

bool contains_text(std::string_view text, std::string_view wanted) {
    return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(),
                       [](char a, char b) { return lower(a) == lower(b); }) != text.end() ||
           wanted.empty();
}

// The cheapest first: there may be a million rows.
bool satisfies(const EventFilter& filter, const EventSource& source, const EventRow& row) {
    return kind_fits(filter, source, row) && segment_fits(filter, source, row) &&
           end_fits(filter, source, row) && text_fits(filter, source, row);
}

}  // namespace tcpstep::view::lists
