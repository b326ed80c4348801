#include "app/ui/font/letters.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/strings/strings.hpp"
#include "app/view/octets/message.hpp"
#include "app/view/octets/payload_fields.hpp"

namespace tcpstep::ui::font {

namespace {

// What is in ASCII is in every font anyway.
void append_beyond_ascii(std::string& letters, std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) letters += c;
    }
}

}  // namespace

std::string letters_for(const session::Session& session) {
    std::string letters;
    const auto add = [&letters](std::string_view text) { append_beyond_ascii(letters, text); };
    for (std::size_t i = 0; i < strings::kTexts; ++i) add(strings::text(strings::Text(i)));
    for (const lesson::Lesson& lesson : session.lessons()) {
        add(lesson.title.shown());
        add(lesson.summary.shown());
        for (const lesson::Passage& passage : lesson.story) add(passage.text.shown());
        for (const lesson::Claim& claim : lesson.claims) add(claim.text.shown());
    }
    for (const lesson::GlossaryEntry& entry : session.glossary()) add(entry.does.shown());
    for (const std::size_t event : session.index().claims())
        add(std::get<model::ClaimChecked>(session.timeline().event(event).fact).text_zh);
    add(session.label());
    add(session.trace().title);
    add(session.trace().description);
    return letters;
}

std::string payload_letters(const session::Session& session) {
    if (!session.look().inspector) return {};
    std::string letters;
    const auto add = [&letters](const std::vector<std::uint8_t>& payload) {
        for (const view::octets::PayloadCharacter& one : view::octets::payload_characters(payload))
            if (one.as_it_is) append_beyond_ascii(letters, one.shown);
    };
    if (const auto* segment = session.timeline().segment(session.shown_segment())) {
        add(segment->payload);
    } else if (const auto message = view::octets::latest_message(
                   session.timeline(), session.index(), session.position())) {
        add(message->payload);
    }
    return letters;
}

}  // namespace tcpstep::ui::font
