#include "model/address.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <vector>

namespace tcpstep::model {

namespace {

using Groups = std::array<std::uint16_t, 8>;

Groups groups_of(const IpAddress& address) {
    Groups groups{};
    for (std::size_t i = 0; i < groups.size(); ++i) {
        groups[i] =
            static_cast<std::uint16_t>(address.bytes[2 * i] << 8 | address.bytes[2 * i + 1]);
    }
    return groups;
}

std::string v4_text(const std::uint8_t* bytes) {
    std::string text;
    for (int i = 0; i < 4; ++i) {
        if (i != 0) text += '.';
        std::array<char, 3> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), bytes[i]);
        text.append(digits.data(), end.ptr);
    }
    return text;
}

std::string hex(std::uint16_t group) {
    std::array<char, 4> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), group, 16);
    return {digits.data(), end.ptr};
}

struct Run {
    std::size_t start = 0;
    std::size_t length = 0;
};

// RFC 5952 4.2: "::" stands for the longest run of two or more zero groups, the first if equal.
Run longest_zero_run(const Groups& groups) {
    Run best;
    Run current;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        current = groups[i] != 0 ? Run{i + 1, 0} : Run{current.start, current.length + 1};
        if (current.length > best.length) best = current;
    }
    return best.length >= 2 ? best : Run{};
}

std::string v6_text(const IpAddress& address) {
    const Groups groups = groups_of(address);
    // RFC 5952 5: IPv4-mapped addresses end in dotted decimal.
    const bool mapped =
        std::all_of(groups.begin(), groups.begin() + 5, [](auto g) { return g == 0; }) &&
        groups[5] == 0xffff;
    if (mapped) return "::ffff:" + v4_text(&address.bytes[12]);

    const Run zeros = longest_zero_run(groups);
    std::string text;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (zeros.length != 0 && i == zeros.start) {
            text += "::";
            i += zeros.length - 1;
            continue;
        }
        if (!text.empty() && text.back() != ':') text += ':';
        text += hex(groups[i]);
    }
    return text;
}

template <class Number>
std::optional<Number> number(std::string_view text, int base, std::size_t most_digits) {
    if (text.empty() || text.size() > most_digits) return std::nullopt;
    Number value{};
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::optional<std::array<std::uint8_t, 4>> parse_v4(std::string_view text) {
    const auto parts = split(text, '.');
    if (parts.size() != 4) return std::nullopt;
    std::array<std::uint8_t, 4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = number<std::uint8_t>(parts[i], 10, 3);
        if (!byte) return std::nullopt;
        bytes[i] = *byte;
    }
    return bytes;
}

// One side of "::": groups of hex digits, the last two of which may be an IPv4 address.
std::optional<std::vector<std::uint16_t>> parse_groups(std::string_view text) {
    std::vector<std::uint16_t> groups;
    if (text.empty()) return groups;
    const auto parts = split(text, ':');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i + 1 == parts.size() && parts[i].find('.') != std::string_view::npos) {
            const auto v4 = parse_v4(parts[i]);
            if (!v4) return std::nullopt;
            groups.push_back(static_cast<std::uint16_t>((*v4)[0] << 8 | (*v4)[1]));
            groups.push_back(static_cast<std::uint16_t>((*v4)[2] << 8 | (*v4)[3]));
            continue;
        }
        const auto group = number<std::uint16_t>(parts[i], 16, 4);
        if (!group) return std::nullopt;
        groups.push_back(*group);
    }
    return groups;
}

std::optional<IpAddress> parse_v6(std::string_view text) {
    const std::size_t gap = text.find("::");
    const bool has_gap = gap != std::string_view::npos;
    auto head = parse_groups(text.substr(0, gap));
    auto tail = has_gap ? parse_groups(text.substr(gap + 2)) : std::vector<std::uint16_t>();
    if (!head || !tail) return std::nullopt;
    const std::size_t given = head->size() + tail->size();
    if (has_gap ? given > 7 : given != 8) return std::nullopt;
    head->insert(head->end(), 8 - given, 0);
    head->insert(head->end(), tail->begin(), tail->end());

    IpAddress address;
    address.v6 = true;
    for (std::size_t i = 0; i < 8; ++i) {
        address.bytes[2 * i] = static_cast<std::uint8_t>((*head)[i] >> 8);
        address.bytes[2 * i + 1] = static_cast<std::uint8_t>((*head)[i] & 0xff);
    }
    return address;
}

}  // namespace

IpAddress IpAddress::from_v4(const std::uint8_t* four) {
    IpAddress address;
    std::copy_n(four, 4, address.bytes.begin());
    return address;
}

IpAddress IpAddress::from_v6(const std::uint8_t* sixteen) {
    IpAddress address;
    address.v6 = true;
    std::copy_n(sixteen, 16, address.bytes.begin());
    return address;
}

std::string to_string(const IpAddress& address) {
    return address.v6 ? v6_text(address) : v4_text(address.bytes.data());
}

std::optional<IpAddress> parse_ip(std::string_view text) {
    if (text.find(':') != std::string_view::npos) return parse_v6(text);
    const auto v4 = parse_v4(text);
    if (!v4) return std::nullopt;
    return IpAddress::from_v4(v4->data());
}

std::string to_string(const SocketAddress& address) {
    std::string text = to_string(address.ip);
    if (address.ip.v6) text = "[" + text + "]";
    return text.append(":").append(std::to_string(address.port));
}

std::optional<SocketAddress> parse_socket_address(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::string_view ip_text = text.substr(0, colon);
    const bool bracketed = ip_text.size() >= 2 && ip_text.front() == '[' && ip_text.back() == ']';
    if (bracketed) ip_text = ip_text.substr(1, ip_text.size() - 2);
    const auto ip = parse_ip(ip_text);
    const auto port = number<std::uint16_t>(text.substr(colon + 1), 10, 5);
    if (!ip || !port || ip->v6 != bracketed) return std::nullopt;
    return SocketAddress{*ip, *port};
}

}  // namespace tcpstep::model
