// What is to be translated, and what a translation must keep: each failure names the text.
#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "app/strings/strings.hpp"

namespace tcpstep::strings {
namespace {

/// The values that a text shows: which, by their numbers from 0, and in which format. fmt counts
/// those without a number.
using Placeholders = std::map<std::size_t, std::string>;

Placeholders placeholders(std::string_view text) {
    Placeholders found;
    std::size_t counted = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '{') continue;
        if (i + 1 < text.size() && text[i + 1] == '{') {
            ++i;
            continue;
        }
        const std::string inside(text.substr(i + 1, text.find('}', i) - i - 1));
        const std::string number = inside.substr(0, inside.find(':'));
        const std::size_t index = number.empty() ? counted++ : std::stoul(number);
        found[index] = inside.substr(number.size());
    }
    return found;
}

/// Both kinds in one text are an error of fmt's.
bool mixes_numbered_and_counted(std::string_view text) {
    const bool counted =
        text.find("{}") != std::string_view::npos || text.find("{:") != std::string_view::npos;
    const bool numbered =
        text.find("{0") != std::string_view::npos || text.find("{1") != std::string_view::npos ||
        text.find("{2") != std::string_view::npos || text.find("{3") != std::string_view::npos;
    return counted && numbered;
}

TEST(Chinese, EveryTextIsTranslated) {
    for (std::size_t i = 0; i < kTexts; ++i) {
        const auto id = static_cast<Text>(i);
        EXPECT_FALSE(text_in(Language::Chinese, id).empty())
            << name(id) << " is not in chinese.def: " << text_in(Language::English, id);
    }
}

TEST(Chinese, ATranslationShowsTheSameValuesInTheSameFormats) {
    for (std::size_t i = 0; i < kTexts; ++i) {
        const auto id = static_cast<Text>(i);
        const std::string_view chinese = text_in(Language::Chinese, id);
        if (chinese.empty()) continue;
        EXPECT_EQ(placeholders(chinese), placeholders(text_in(Language::English, id)))
            << name(id) << ": " << chinese;
        EXPECT_FALSE(mixes_numbered_and_counted(chinese)) << name(id) << ": " << chinese;
    }
}

TEST(Chinese, ATranslationHasLinesWhereEnglishHas) {
    for (std::size_t i = 0; i < kTexts; ++i) {
        const auto id = static_cast<Text>(i);
        const std::string_view chinese = text_in(Language::Chinese, id);
        const std::string_view english = text_in(Language::English, id);
        if (chinese.empty()) continue;
        EXPECT_EQ(std::count(chinese.begin(), chinese.end(), '\n') > 0,
                  std::count(english.begin(), english.end(), '\n') > 0)
            << name(id);
    }
}

TEST(Placeholders, AreFoundByNumberAndFormat) {
    EXPECT_EQ(placeholders("a {} of {:.1f}"), (Placeholders{{0, ""}, {1, ":.1f"}}));
    EXPECT_EQ(placeholders("{1:#06x}, {0}, {0}"), (Placeholders{{0, ""}, {1, ":#06x"}}));
    EXPECT_TRUE(placeholders("{{}}").empty());
    EXPECT_TRUE(mixes_numbered_and_counted("{0} {}"));
}

}  // namespace
}  // namespace tcpstep::strings
