#include "app/lesson/glossary.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "model/machine.hpp"

namespace tcpstep::lesson {
namespace {

using model::On;
using model::State;
using nlohmann::json;

TEST(Glossary, TheShippedOneHasEveryCall) {
    const auto glossary = load_glossary();
    ASSERT_TRUE(glossary) << glossary.error().line();
    for (const char* id :
         {"socket", "bind", "listen", "accept", "connect", "send", "recv", "shutdown", "close",
          "abort", "dup", "fork", "SO_REUSEADDR", "TCP_NODELAY", "WSAStartup", "WSACleanup"}) {
        EXPECT_TRUE(std::any_of(glossary->begin(), glossary->end(),
                                [&](const GlossaryEntry& entry) { return entry.id == id; }))
            << id;
    }
    for (const GlossaryEntry& entry : *glossary) {
        const bool windows_only = entry.id.starts_with("WSA");
        EXPECT_EQ(entry.posix.empty(), windows_only) << entry.id;
        EXPECT_FALSE(entry.winsock.empty()) << entry.id;
    }
}

// What the glossary says of the machine is what the machine says.
TEST(Glossary, EachMoveIsAnEdgeThatACallTakesAndSendsWhatItSays) {
    const auto glossary = load_glossary();
    ASSERT_TRUE(glossary);
    for (const GlossaryEntry& entry : *glossary) {
        for (const GlossaryEntry::Move& move : entry.moves) {
            const auto edge = std::find_if(
                model::kMachine.begin(), model::kMachine.end(), [&](const model::Transition& t) {
                    const bool call = t.on == On::PassiveOpen || t.on == On::ActiveOpen ||
                                      (t.on == On::Close && entry.id != "abort") ||
                                      (t.on == On::Abort && entry.id == "abort");
                    return t.from == move.from && t.to == move.to && call;
                });
            const std::string what = entry.id + ": " + std::string(name(move.from));
            ASSERT_NE(edge, model::kMachine.end()) << what;
            EXPECT_EQ(entry.rfc, edge->rfc) << what;
            const bool sends_syn = edge->sends == model::Sends::Syn;
            const bool sends_rst = edge->sends == model::Sends::Rst;
            EXPECT_EQ(sends_syn, entry.sends == "SYN") << what;
            EXPECT_EQ(sends_rst, entry.sends == "RST") << what;
        }
    }
}

json good() {
    return json::parse(R"json({"entries": [
        {"id": "connect", "posix": "connect(fd)", "go": "net.Dial",
         "moves": [{"from": "CLOSED", "to": "SYN_SENT"}], "sends": "SYN", "rfc": "3.10.1",
         "does": {"en": "Opens.", "zh": "打开。"}},
        {"id": "x", "winsock": "X()", "does": {"en": "Nothing.", "zh": "无。"}}]})json");
}

TEST(Glossary, ReadsEveryField) {
    const auto glossary = parse_glossary(good().dump(), "g.json");
    ASSERT_TRUE(glossary) << glossary.error().line();
    ASSERT_EQ(glossary->size(), 2U);
    const GlossaryEntry& entry = glossary->front();
    EXPECT_EQ(entry.id, "connect");
    EXPECT_EQ(entry.posix, "connect(fd)");
    EXPECT_EQ(entry.winsock, "");
    EXPECT_EQ(entry.go, "net.Dial");
    EXPECT_EQ(entry.moves, (std::vector<GlossaryEntry::Move>{{State::Closed, State::SynSent}}));
    EXPECT_EQ(entry.sends, "SYN");
    EXPECT_EQ(entry.rfc, "3.10.1");
    EXPECT_EQ(entry.does.en, "Opens.");
    EXPECT_EQ(entry.does.zh, "打开。");
}

TEST(Glossary, RefusesWhatIsBrokenWithPlaceAndReason) {
    struct Broken {
        const char* pointer;
        json value;  // null: taken away
        const char* says;
    };
    const Broken rows[] = {
        {"/entries", json::array(), "/entries: expected one or more entries"},
        {"/entries", "x", "/entries: expected an array, found string"},
        {"/entries/0", 7, "/entries/0: expected an object, found number"},
        {"/entries/0/id", nullptr, "/entries/0: \"id\" is missing"},
        {"/entries/1/id", "connect", "/entries/1/id: another entry is called connect"},
        {"/entries/1/winsock", nullptr, "one of \"posix\", \"winsock\" and \"go\" must be there"},
        {"/entries/0/posix", "a\nb", "/entries/0/posix: expected one line"},
        {"/entries/0/moves/0/to", "SYN-SENT", "/entries/0/moves/0/to: unknown state"},
        {"/entries/0/moves/0/on", "SYN", "/entries/0/moves/0/on: unknown field"},
        {"/entries/0/sends", "PING", "/entries/0/sends: expected one of SYN, "},
        {"/entries/0/rfc", "chapter 3", "/entries/0/rfc: expected a section of RFC 9293"},
        {"/entries/0/does/zh", nullptr, "/entries/0/does: \"zh\" is missing"},
        {"/entries/0/does/de", "x", "/entries/0/does/de: unknown field"},
        {"/entries/0/colour", "red", "/entries/0/colour: unknown field"},
    };
    for (const Broken& row : rows) {
        json broken = good();
        const json::json_pointer pointer(row.pointer);
        if (row.value.is_null()) {
            broken[pointer.parent_pointer()].erase(pointer.back());
        } else {
            broken[pointer] = row.value;
        }
        const auto glossary = parse_glossary(broken.dump(), "g.json");
        ASSERT_FALSE(glossary) << row.pointer;
        const std::string line = glossary.error().line();
        EXPECT_EQ(glossary.error().kind, ErrorKind::BadInput);
        EXPECT_TRUE(line.starts_with("g.json: ")) << line;
        EXPECT_NE(line.find(row.says), std::string::npos) << line;
        EXPECT_EQ(line.find('\n'), std::string::npos) << line;
    }
}

TEST(Glossary, NamesTheLineOfASyntaxError) {
    const auto glossary = parse_glossary("{\n\"entries\": [,]}", "g.json");
    ASSERT_FALSE(glossary);
    EXPECT_NE(glossary.error().line().find("g.json: parse error at line 2"), std::string::npos)
        << glossary.error().line();
}

}  // namespace
}  // namespace tcpstep::lesson
