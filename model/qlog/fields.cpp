#include "model/qlog/fields.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace tcpstep::model::qlog {

namespace {

template <class Integer>
std::optional<Integer> integer_in(const Value& value) {
    const auto held = [](auto number) -> std::optional<Integer> {
        if (!std::in_range<Integer>(number)) return std::nullopt;
        return static_cast<Integer>(number);
    };
    if (value.kind() == Value::Kind::Integer) return held(value.integer());
    if (value.kind() == Value::Kind::Unsigned) return held(value.unsigned_integer());
    return std::nullopt;
}

constexpr std::uint8_t kNoDigit = 0xff;

/// The value of each octet as a hexadecimal digit.
constexpr std::array<std::uint8_t, 256> kDigits = [] {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(kNoDigit);
    for (std::uint8_t i = 0; i < 10; ++i) digits[std::size_t{'0'} + i] = i;
    for (std::uint8_t i = 10; i < 16; ++i) {
        digits[std::size_t{'a'} + i - 10] = i;
        digits[std::size_t{'A'} + i - 10] = i;
    }
    return digits;
}();

std::optional<std::vector<std::uint8_t>> parse_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::vector<std::uint8_t> octets(text.size() / 2);
    for (std::size_t i = 0; i < octets.size(); ++i) {
        const std::uint8_t high = kDigits[static_cast<unsigned char>(text[2 * i])];
        const std::uint8_t low = kDigits[static_cast<unsigned char>(text[2 * i + 1])];
        if (high == kNoDigit || low == kNoDigit) return std::nullopt;
        octets[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return octets;
}

}  // namespace

Fields::Fields(const Value& value, const Place& place, Faults& faults)
    : value_(value), place_(place), faults_(faults) {
    if (!value.is_object()) {
        faults.add(place, "expected an object, found " + excerpt(value));
    }
}

const Value* Fields::required(std::string_view name) const {
    const Value* member = value_.find(name);
    // One fault is enough where there is no object at all.
    if (member == nullptr && value_.is_object()) fault(name, "missing");
    return member;
}

template <class Integer>
Integer Fields::number_in(const Value& member, std::string_view name, Integer least) const {
    const std::optional<Integer> number = integer_in<Integer>(member);
    if (number && *number >= least) return *number;
    expected(name,
             "a number from " + std::to_string(least) + " to " +
                 std::to_string(std::numeric_limits<Integer>::max()),
             member);
    return Integer{0};
}

template std::uint8_t Fields::number_in(const Value&, std::string_view, std::uint8_t) const;
template std::uint16_t Fields::number_in(const Value&, std::string_view, std::uint16_t) const;
template std::uint32_t Fields::number_in(const Value&, std::string_view, std::uint32_t) const;
template std::uint64_t Fields::number_in(const Value&, std::string_view, std::uint64_t) const;
template std::int64_t Fields::number_in(const Value&, std::string_view, std::int64_t) const;

std::string_view Fields::text_view(std::string_view name) const {
    const Value* member = required(name);
    if (member == nullptr) return {};
    if (const std::string_view* text = member->text()) return *text;
    expected(name, "a string", *member);
    return {};
}

bool Fields::boolean(std::string_view name) const {
    const Value* member = required(name);
    if (member == nullptr) return false;
    if (member->kind() == Value::Kind::Boolean) return member->boolean();
    expected(name, "true or false", *member);
    return false;
}

std::vector<std::uint8_t> Fields::hex(std::string_view name) const {
    const Value* member = required(name);
    if (member == nullptr) return {};
    if (const std::string_view* text = member->text()) {
        if (auto octets = parse_hex(*text)) return *std::move(octets);
    }
    expected(name, "octets as hexadecimal digits", *member);
    return {};
}

const Value& Fields::array(std::string_view name) const {
    static const Value kEmpty;
    const Value* member = required(name);
    if (member == nullptr) return kEmpty;
    if (member->is_array()) return *member;
    expected(name, "an array", *member);
    return kEmpty;
}

Role Fields::role(std::string_view name) const {
    const Value* member = required(name);
    if (member == nullptr) return Role::Client;
    const std::string_view* text = member->text();
    for (const Role role : {Role::Client, Role::Server}) {
        if (text != nullptr && *text == model::name(role)) return role;
    }
    expected(name, "\"client\" or \"server\"", *member);
    return Role::Client;
}

State Fields::state(std::string_view name) const {
    const Value* member = required(name);
    if (member == nullptr) return State::Unknown;
    const std::string_view* text = member->text();
    const std::optional<State> state = text == nullptr ? std::nullopt : state_named(*text);
    if (state) return *state;
    expected(name, "a state of RFC 9293 such as \"SYN_SENT\", or \"UNKNOWN\"", *member);
    return State::Unknown;
}

void Fields::expected(std::string_view name, std::string_view what, const Value& found) const {
    fault(name, "expected " + std::string(what) + ", found " + excerpt(found));
}

void Fields::fault(std::string_view name, std::string_view what) const {
    faults_.add(Place(place_, name), std::string(name) + ": " + std::string(what));
}

}  // namespace tcpstep::model::qlog
