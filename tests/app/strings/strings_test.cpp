#include "app/strings/strings.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "app/strings/in_language.hpp"
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

TEST(Strings, AreInAnotherLanguageForAWhileInOneThreadOnly) {
    {
        const InLanguage chinese(Language::Chinese);
        EXPECT_EQ(text(Text::Client), "客户端");
        {
            const InLanguage english(Language::English);
            EXPECT_EQ(text(Text::Client), "client");
        }
        EXPECT_EQ(text(Text::Client), "客户端");
        std::thread([] { EXPECT_EQ(text(Text::Client), "client"); }).join();
    }
    EXPECT_EQ(text(Text::Client), "client");
}

TEST(Strings, HaveTheirNames) {
    EXPECT_EQ(name(Text::Tagline), "Tagline");
    EXPECT_EQ(name(Text(kTexts - 1)), name(Text::NoChineseFont)) << "the last line of table.def";
}

}  // namespace
}  // namespace tcpstep::strings
