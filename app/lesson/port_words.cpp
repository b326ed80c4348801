#include "app/lesson/port_words.hpp"

#include <fmt/format.h>

namespace tcpstep::lesson {

namespace {

constexpr std::string_view kBegin = "{port";

std::optional<std::string> word_for(std::string_view placeholder, std::uint16_t port) {
    const unsigned high = port >> 8U;
    const unsigned low = port & 0xffU;
    if (placeholder == "{port}") return fmt::format("{}", port);
    if (placeholder == "{port:hex}") return fmt::format("{:04X}", port);
    if (placeholder == "{port:octets}") return fmt::format("{:02X} {:02X}", high, low);
    if (placeholder == "{port:little}") return fmt::format("{:02X} {:02X}", low, high);
    if (placeholder == "{port:swapped}") return fmt::format("{}", low << 8U | high);
    return std::nullopt;
}

// The placeholder that begins there, with both braces.
std::string_view placeholder_at(std::string_view text, std::size_t begin) {
    const std::size_t end = text.find('}', begin);
    return text.substr(begin, end == std::string_view::npos ? end : end - begin + 1);
}

void fill_in(LocalText& text, std::uint16_t port) {
    text.en = with_port(text.en, port);
    text.zh = with_port(text.zh, port);
}

}  // namespace

std::string with_port(std::string_view text, std::uint16_t port) {
    std::string filled;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = text.find(kBegin, at);
        filled += text.substr(at, begin - at);
        if (begin == std::string_view::npos) break;
        const std::string_view placeholder = placeholder_at(text, begin);
        filled += word_for(placeholder, port).value_or(std::string(placeholder));
        at = begin + placeholder.size();
    }
    return filled;
}

std::optional<std::string> unknown_port_word(std::string_view text) {
    for (std::size_t at = text.find(kBegin); at != std::string_view::npos;
         at = text.find(kBegin, at + 1)) {
        const std::string_view placeholder = placeholder_at(text, at);
        if (!word_for(placeholder, 1)) return std::string(placeholder);
    }
    return std::nullopt;
}

void fill_in_port(Lesson& lesson) {
    const std::uint16_t port = lesson.server.port;
    fill_in(lesson.title, port);
    fill_in(lesson.summary, port);
    for (Passage& passage : lesson.story) fill_in(passage.text, port);
    for (Claim& claim : lesson.claims) fill_in(claim.text, port);
    if (!lesson.patience) return;
    for (Claim& claim : lesson.patience->claims) fill_in(claim.text, port);
}

}  // namespace tcpstep::lesson
