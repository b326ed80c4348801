#include "app/freelab/lesson_file.hpp"

#include <cctype>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/freelab/retelling.hpp"
#include "app/lesson/in_both.hpp"
#include "app/lesson/json_of.hpp"
#include "app/strings/strings.hpp"

namespace tcpstep::freelab {

using nlohmann::ordered_json;
using strings::Text;

namespace {

constexpr int kLast = 1000;  // in the order of teaching

std::string line_of(const ordered_json& value) {
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json json(const lesson::LocalText& text) {
    ordered_json both = {{"en", text.en}};
    if (!text.zh.empty()) both["zh"] = text.zh;
    return both;
}
ordered_json json(const lesson::Condition& condition) {
    return lesson::json_of(std::vector{condition}).front();
}
ordered_json json(const lesson::Step& step) {
    return lesson::json_of(step);
}
ordered_json json(const lesson::WireRule& rule) {
    return lesson::json_of(rule);
}

// One element a line, as people write them.
template <class Element>
std::string list(const char* key, const std::vector<Element>& elements) {
    if (elements.empty()) return "";
    std::string text = fmt::format("  \"{}\": [", key);
    const char* separator = "\n    ";
    for (const Element& element : elements) {
        text += separator + line_of(json(element));
        separator = ",\n    ";
    }
    return text + "\n  ],\n";
}

std::string words(const char* key, const lesson::LocalText& text) {
    return fmt::format("  \"{}\": {},\n", key, line_of(json(text)));
}

std::string field(const char* key, const ordered_json& value) {
    return fmt::format("  \"{}\": {},\n", key, line_of(value));
}

std::string segments_word(const lesson::Lesson& lesson) {
    if (lesson.needs_gate) return "held_only";
    return lesson.held ? "held" : "free";
}

std::string write(const lesson::Lesson& lesson) {
    ordered_json ends = ordered_json::object();
    for (const lesson::InState& end : lesson.ends_with)
        ends[std::string(name(end.endpoint))] = std::string(name(end.state));
    std::string text = "{\n" + field("id", lesson.id) + field("order", lesson.order) +
                       words("title", lesson.title) + words("summary", lesson.summary) +
                       field("segments", segments_word(lesson)) +
                       field("server_address", to_string(lesson.server));
    for (const lesson::Actor actor : lesson::kActors)
        text += list(std::string(name(actor)).c_str(), lesson.steps(actor));
    text += list("wire", lesson.wire);
    text += list("ends_when", lesson.ends_when);
    text += list("differs", lesson.differs);
    return text + fmt::format("  \"ends_with\": {}\n}}\n", line_of(ends));
}

}  // namespace

model::SocketAddress default_server() {
    return *model::parse_socket_address("127.0.0.1:8000");
}

lesson::Lesson free_lab(bool held, const model::SocketAddress& server) {
    lesson::Lesson lesson;
    lesson.id = kFreeLabId;
    lesson.order = kLast;
    lesson.title = lesson::in_both(Text::FreeTitle);
    lesson.summary = lesson::in_both(Text::FreeSummary);
    lesson.held = held;
    lesson.server = server;
    lesson.source = write(lesson);
    return lesson;
}

LessonFile lesson_file(const Notebook& notebook, const model::Trace& trace,
                       const model::SocketAddress& server, const std::string& file_name) {
    Retelling told = retell(notebook.made(), trace);
    told.lesson.id = id_of(file_name);
    told.lesson.order = kLast;
    told.lesson.title = lesson::in_both(Text::FreeTitle);
    told.lesson.title.en += ": " + told.lesson.id;
    told.lesson.title.zh += "：" + told.lesson.id;
    told.lesson.summary = lesson::in_both(Text::FreeSavedSummary);
    told.lesson.differs = told.remarks;
    told.lesson.server = server;
    return {write(told.lesson), std::move(told.remarks)};
}

std::string id_of(const std::string& file_name) {
    std::string stem = file_name.substr(file_name.find_last_of('/') + 1);
    if (const auto dot = stem.find_last_of('.'); dot != std::string::npos && dot > 0)
        stem.erase(dot);
    std::string id;
    for (const char c : stem) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && std::isalnum(byte) != 0) {
            id += static_cast<char>(std::tolower(byte));
        } else if (!id.empty() && id.back() != '-') {
            id += '-';
        }
    }
    while (!id.empty() && id.back() == '-') id.pop_back();
    return id.empty() || id == kFreeLabId ? "saved" : id;
}

}  // namespace tcpstep::freelab
