#include "app/strings/locale.hpp"

#include <gtest/gtest.h>

namespace tcpstep::strings {
namespace {

TEST(Locale, SimplifiedChineseIsWrittenInThese) {
    for (const char* lang : {"zh_CN.UTF-8", "zh_CN.utf8", "zh_CN", "zh", "zh_SG.UTF-8", "zh_MY",
                             "zh_Hans", "zh-Hans-CN", "zh_CN.UTF-8@pinyin"}) {
        EXPECT_EQ(language_of({"", "", lang}), Language::Chinese) << lang;
    }
}

TEST(Locale, ElseItIsEnglish) {
    for (const char* lang :
         {"", "C", "C.UTF-8", "POSIX", "en_US.UTF-8", "de_DE.UTF-8", "zh_TW.UTF-8", "zh_HK",
          "zh_MO.UTF-8", "zh_Hant", "ja_JP.UTF-8", "zha", "."}) {
        EXPECT_EQ(language_of({"", "", lang}), Language::English) << lang;
    }
}

TEST(Locale, WhereTheTerminalIsNotUtf8ItIsEnglish) {
    for (const char* lang : {"zh_CN.GB18030", "zh_CN.gbk", "zh_CN.GB2312"}) {
        EXPECT_EQ(language_of({"", "", lang}), Language::English) << lang;
    }
}

TEST(Locale, TheFirstVariableThatIsSetCounts) {
    struct Case {
        LocaleVariables variables;
        Language language;
    };
    const Case kCases[] = {
        {{"zh_CN.UTF-8", "en_US.UTF-8", "en_US.UTF-8"}, Language::Chinese},
        {{"C", "zh_CN.UTF-8", "zh_CN.UTF-8"}, Language::English},
        {{"", "zh_CN.UTF-8", "en_US.UTF-8"}, Language::Chinese},
        {{"", "en_US.UTF-8", "zh_CN.UTF-8"}, Language::English},
        {{"", "", "zh_CN.UTF-8"}, Language::Chinese},
        {{"", "", ""}, Language::English},
    };
    for (const Case& c : kCases) {
        EXPECT_EQ(language_of(c.variables), c.language)
            << c.variables.lc_all << "|" << c.variables.lc_messages << "|" << c.variables.lang;
    }
}

TEST(Locale, TheCommandLineHasTwoWords) {
    EXPECT_EQ(language_called("en"), Language::English);
    EXPECT_EQ(language_called("zh"), Language::Chinese);
    for (const char* word : {"", "EN", "zh_CN", "fr"}) EXPECT_FALSE(language_called(word)) << word;
}

}  // namespace
}  // namespace tcpstep::strings
