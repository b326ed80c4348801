#include "tests/app/lesson/sample_lesson.hpp"

#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"

namespace tcpstep::lesson {

using nlohmann::json;

json good_lesson() {
    return json::parse(R"({
        "id": "x", "order": 1, "title": {"en": "T"}, "summary": {"en": "S"}, "segments": "free",
        "server_address": "127.0.0.1:8000",
        "server": [
            {"call": "socket", "as": "l"}, {"call": "bind", "on": "l"}, {"call": "listen", "on": "l", "backlog": 3},
            {"call": "accept", "on": "l", "as": "c"}, {"call": "recv", "on": "c", "size": 10}],
        "client": [
            {"call": "socket", "as": "s"},
            {"call": "connect", "on": "s", "after": [{"actor": "server", "step": "listen", "has": "returned"}]},
            {"call": "send", "on": "s", "data": "hi", "pause_ms": 5},
            {"call": "shutdown", "on": "s", "how": "SHUT_WR"},
            {"call": "close", "on": "s", "label": "end", "after": [{"endpoint": "server", "state": "CLOSE_WAIT"}]},
            {"call": "socket", "label": "another", "as": "a"},
            {"call": "setsockopt", "on": "a", "option": "SO_LINGER", "value": 7},
            {"call": "bind", "on": "a", "address": "127.0.0.2:7000"}],
        "ends_with": {"client": "FIN_WAIT_2"}
    })");
}

void expect_refused(const json& lesson, std::span<const Broken> changes) {
    ASSERT_TRUE(parse_lesson(lesson.dump(), "x.json")) << "what is changed must be right";
    for (const Broken& change : changes) {
        json broken = lesson;
        const json::json_pointer pointer(change.pointer);
        if (change.value.is_null()) {
            broken[pointer.parent_pointer()].erase(pointer.back());
        } else {
            broken[pointer] = change.value;
        }
        const auto parsed = parse_lesson(broken.dump(), "x.json");
        ASSERT_FALSE(parsed) << change.pointer << " = " << change.value.dump();
        EXPECT_EQ(parsed.error().kind, ErrorKind::BadInput);
        EXPECT_NE(parsed.error().line().find(change.says), std::string::npos)
            << change.pointer << " said: " << parsed.error().line();
        EXPECT_EQ(parsed.error().line().find('\n'), std::string::npos);
    }
}

}  // namespace tcpstep::lesson
