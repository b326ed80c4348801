#include "app/lesson/repeated_key.hpp"

#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"

namespace tcpstep::lesson {
namespace {

TEST(RepeatedKey, IsToldWithItsLine) {
    EXPECT_EQ(repeated_key("{\"a\": 1,\n \"b\": {\"c\": 1,\n\"c\" : 2}}"), (RepeatedKey{"c", 3}));
    EXPECT_EQ(repeated_key("[{\"a\": [{\"a\": 1}], \"a\": 2}]"), (RepeatedKey{"a", 1}));
    EXPECT_EQ(repeated_key(R"({"a": 1, "\u0061": 2})"), (RepeatedKey{"a", 1}));
}

TEST(RepeatedKey, IsNoneInDifferentObjectsNorAmongValues) {
    for (const char* text : {R"([{"a": 1}, {"a": 1}])", R"({"a": {"a": "a"}, "b": "a"})",
                             R"(["a", "a"])", R"({"a": "\"b\": {", "b": "\\"})", R"("a")", "7"})
        EXPECT_EQ(repeated_key(text), std::nullopt) << text;
}

TEST(RepeatedKey, IsRefusedInALesson) {
    const auto parsed = parse_lesson("{\n  \"id\": \"x\",\n  \"id\": \"y\"\n}", "x.json");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().what, "x.json:3: \"id\" stands twice in one object");
}

}  // namespace
}  // namespace tcpstep::lesson
