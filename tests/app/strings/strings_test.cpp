#include "app/strings/strings.hpp"

#include <gtest/gtest.h>

#include "tests/app/strings/in_chinese.hpp"

namespace tcpstep::strings {
namespace {

TEST(Strings, AreEnglishUntilAnotherLanguageIsSet) {
    EXPECT_EQ(language(), Language::English);
    EXPECT_EQ(text(Text::Client), "client");
}

TEST(Strings, FollowTheLanguageAtOnce) {
    {
        const testing::InChinese chinese;
        EXPECT_EQ(text(Text::Client), "客户端");
        EXPECT_EQ(text_in(Language::English, Text::Client), "client");
    }
    EXPECT_EQ(text(Text::Client), "client");
}

TEST(Strings, HaveTheirNames) {
    EXPECT_EQ(name(Text::Tagline), "Tagline");
    EXPECT_EQ(name(Text(kTexts - 1)), name(Text::NoChineseFont)) << "the last line of table.def";
}

}  // namespace
}  // namespace tcpstep::strings
