#include "app/lesson/port_words.hpp"

#include <gtest/gtest.h>

#include "app/lesson/library.hpp"
#include "app/lesson/parse.hpp"
#include "tests/app/lesson/sample_lesson.hpp"

namespace tcpstep::lesson {
namespace {

TEST(PortWords, NameThePortInEachForm) {
    EXPECT_EQ(with_port("{port} is 0x{port:hex}: {port:octets}, {port:little}.", 8000),
              "8000 is 0x1F40: 1F 40, 40 1F.");
    EXPECT_EQ(with_port("{port:swapped}", 8000), "16415");
    EXPECT_EQ(with_port("端口 {port:octets}", 80), "端口 00 50");
    EXPECT_EQ(with_port("{x} } {port", 80), "{x} } {port");
    EXPECT_EQ(with_port("", 80), "");
}

TEST(PortWords, OthersAreNone) {
    EXPECT_EQ(unknown_port_word("{port} {x} {port:hex}"), std::nullopt);
    EXPECT_EQ(unknown_port_word("{port} {port:Hex}"), "{port:Hex}");
    EXPECT_EQ(unknown_port_word("{port"), "{port");
    const Broken broken[] = {{"/summary/zh", "{port:decimal}", "{port:decimal} is no placeholder"},
                             {"/title/en", "{ports}", "/title/en: {ports} is no placeholder"}};
    expect_refused(good_lesson(), broken);
}

TEST(PortWords, TextsAndClaimsFollowThePort) {
    nlohmann::json lesson = good_lesson();
    lesson["title"] = {{"en", "On {port}"}, {"zh", "在 {port:hex}"}};
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    EXPECT_EQ(parsed->title.en, "On 8000");
    const Lesson moved = *on_port(*parsed, 12345);
    EXPECT_EQ(moved.server.port, 12345);
    EXPECT_EQ(moved.title.en, "On 12345");
    EXPECT_EQ(moved.title.zh, "在 3039");
}

// Its texts would be untrue on another port.
TEST(PortWords, NoShippedTextNamesAPortOtherwise) {
    const auto library = load_library();
    ASSERT_TRUE(library) << library.error().line();
    for (const Lesson& lesson : library->lessons) {
        const Lesson moved = *on_port(lesson, 12345);
        const auto names_no_port = [&](const LocalText& text) {
            for (const std::string* one : {&text.en, &text.zh}) {
                for (const char* old : {"8000", "1F40", "1F 40", "40 1F", "16415", "{port"})
                    EXPECT_EQ(one->find(old), std::string::npos) << lesson.id << ": " << *one;
            }
        };
        names_no_port(moved.title);
        names_no_port(moved.summary);
        for (const Passage& passage : moved.story) names_no_port(passage.text);
        for (const Claim& claim : moved.claims) names_no_port(claim.text);
    }
}

}  // namespace
}  // namespace tcpstep::lesson
