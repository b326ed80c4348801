#include "app/lesson/glossary.hpp"

#include <algorithm>
#include <utility>

#include "app/files/whole_file.hpp"
#include "app/lesson/json_object.hpp"
#include "app/lesson/library.hpp"
#include "app/lesson/model_fields.hpp"

namespace tcpstep::lesson {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 5> kSegments = {"SYN", "PSH,ACK", "ACK", "FIN", "RST"};

GlossaryEntry::Move read_move(const json& value, const std::string& place, FirstFault& fault) {
    JsonObject object(value, place, fault);
    GlossaryEntry::Move move;
    move.from = read_state(object, "from");
    move.to = read_state(object, "to");
    object.finish();
    return move;
}

// Both languages must be there.
LocalText read_does(JsonObject& object, FirstFault& fault) {
    const json* texts = object.object("does");
    if (texts == nullptr) return {};
    JsonObject languages(*texts, object.place_of("does"), fault);
    LocalText does{languages.text("en"), languages.text("zh")};
    languages.finish();
    return does;
}

std::string read_section(JsonObject& object) {
    std::string section = object.text_or("rfc", "");
    if (section.find_first_not_of("0123456789.") != std::string::npos) {
        object.refuse("rfc", fmt::format("expected a section of RFC 9293, found \"{}\"", section));
    }
    return section;
}

GlossaryEntry read_entry(const json& value, const std::string& place, FirstFault& fault) {
    JsonObject object(value, place, fault);
    GlossaryEntry entry;
    entry.id = object.text("id");
    entry.posix = object.text_or("posix", "");
    entry.winsock = object.text_or("winsock", "");
    entry.go = object.text_or("go", "");
    if (entry.posix.empty() && entry.winsock.empty() && entry.go.empty())
        fault.add(place, R"(one of "posix", "winsock" and "go" must be there)");
    entry.moves = object.list("moves", [&fault](const json& move, const std::string& where) {
        return read_move(move, where, fault);
    });
    if (object.has("sends")) entry.sends = kSegments[object.choose("sends", kSegments)];
    entry.rfc = read_section(object);
    entry.does = read_does(object, fault);
    object.finish();
    return entry;
}

void check_ids(const Glossary& glossary, FirstFault& fault) {
    for (std::size_t i = 0; i < glossary.size(); ++i) {
        const auto same = [&](const GlossaryEntry& other) { return other.id == glossary[i].id; };
        const auto here = glossary.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::any_of(glossary.begin(), here, same)) {
            fault.add(fmt::format("/entries/{}/id", i),
                      fmt::format("another entry is called {}", glossary[i].id));
        }
    }
}

}  // namespace

Result<Glossary> parse_glossary(std::string_view text, const std::string& file_name) {
    const std::string remedy =
        "assets/schema/tcpstep-glossary.schema.json describes the glossary's file";
    try {
        const json root = json::parse(text);
        FirstFault fault;
        JsonObject object(root, "", fault);
        object.ignore("$schema");
        Glossary glossary =
            object.list("entries", [&fault](const json& value, const std::string& place) {
                return read_entry(value, place, fault);
            });
        object.finish();
        if (glossary.empty()) fault.add("/entries", "expected one or more entries");
        check_ids(glossary, fault);
        if (!fault.found()) return glossary;
        return fail(ErrorKind::BadInput, fmt::format("{}: {}", file_name, *fault.text()), remedy);
    } catch (const json::exception& error) {
        // nlohmann's text names line and column, after its own number in brackets.
        std::string_view why = error.what();
        why.remove_prefix(std::min(why.find(']') + 1, why.size()));
        return fail(ErrorKind::BadInput, fmt::format("{}:{}", file_name, why), remedy);
    }
}

Result<Glossary> load_glossary() {
    const auto assets = assets_folder();
    if (!assets) return tl::make_unexpected(assets.error());
    const std::filesystem::path file = *assets / "glossary.json";
    const auto text = files::read_whole(file);
    if (!text) return tl::make_unexpected(text.error());
    return parse_glossary(*text, file.string());
}

}  // namespace tcpstep::lesson
