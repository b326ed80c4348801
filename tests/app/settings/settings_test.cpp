#include "app/settings/settings.hpp"

#include <gtest/gtest.h>

namespace tcpstep::settings {
namespace {

Settings everything() {
    Settings all;
    all.theme = view::Theme::Light;
    all.text_percent = 150;
    all.language = strings::Language::Chinese;
    all.size = Settings::Size{1280, 720};
    all.full_screen = true;
    all.speed = 0.25;
    all.raw_numbers = true;
    all.recent = {"/tmp/a.qlog", "/tmp/b c.pcap"};
    return all;
}

TEST(Settings, ComeBackAsTheyWereWritten) {
    EXPECT_EQ(*parse(to_json(everything())), everything());
    EXPECT_EQ(*parse(to_json(Settings())), Settings());
}

TEST(Settings, AreAnObjectThatAPersonCanRead) {
    EXPECT_EQ(to_json(everything()), R"({
  "theme": "light",
  "text_percent": 150,
  "language": "zh",
  "width": 1280,
  "height": 720,
  "full_screen": true,
  "speed": 0.25,
  "raw_numbers": true,
  "recent_files": [
    "/tmp/a.qlog",
    "/tmp/b c.pcap"
  ]
}
)");
}

TEST(Settings, WhatANewerVersionKeepsIsIgnored) {
    EXPECT_EQ(*parse(R"({"theme": "dark", "smell": ["lilac"]})"), *parse(R"({"theme": "dark"})"));
}

TEST(Settings, AreRefusedWithTheMemberThatIsWrong) {
    struct Case {
        const char* json;
        const char* why;
    };
    for (const Case& c :
         {Case{"", "no JSON"}, Case{"{\"theme\": \"dark\"", "no JSON"},
          Case{"[]", "no JSON object"},
          Case{R"({"theme": 7})", R"(theme: expected "dark" or "light")"},
          Case{R"({"theme": "pink"})", R"(theme: expected "dark" or "light")"},
          Case{R"({"text_percent": "big"})", "text_percent: expected a number from 75.0 to 300.0"},
          Case{R"({"text_percent": 301})", "text_percent: expected a number from 75.0 to 300.0"},
          Case{R"({"language": "fr"})", R"(language: expected "en" or "zh")"},
          Case{R"({"width": 5, "height": 900})", "width: expected a number from 320.0 to 16384.0"},
          Case{R"({"full_screen": 1})", "full_screen: expected true or false"},
          Case{R"({"speed": null})", "speed: expected a number from 0.01 to 100.0"},
          Case{R"({"raw_numbers": "yes"})", "raw_numbers: expected true or false"},
          Case{R"({"recent_files": "a"})", "recent_files: expected an array of file names"},
          Case{R"({"recent_files": [1]})", "recent_files: expected an array of file names"}}) {
        const Result<Settings> read = parse(c.json);
        ASSERT_FALSE(read) << c.json;
        EXPECT_EQ(read.error().what, c.why) << c.json;
    }
}

TEST(Settings, OnlyAFewFilesAreRecent) {
    Settings many;
    for (int i = 0; i < 30; ++i) many.recent.push_back("/tmp/" + std::to_string(i));
    EXPECT_EQ(parse(to_json(many))->recent.size(), kMostRecent);
    EXPECT_EQ(parse(to_json(many))->recent.front(), "/tmp/0");
}

TEST(Settings, ANameThatIsNoTextLosesNothingElse) {
    Settings odd;
    odd.theme = view::Theme::Light;
    odd.recent = {"/tmp/\xff.qlog"};
    EXPECT_EQ(parse(to_json(odd))->theme, view::Theme::Light);
}

TEST(Settings, WhatTheCommandLineAskedForIsNotKeptAndWhatTheUserChangedIs) {
    Settings kept;
    kept.theme = view::Theme::Dark;
    Settings before = everything();  // --theme light
    Settings now = before;
    EXPECT_EQ(with_changes(kept, before, now), kept);
    now.speed = 4;
    now.recent = {"/tmp/c.qlog"};
    Settings expected = kept;
    expected.speed = 4;
    expected.recent = {"/tmp/c.qlog"};
    EXPECT_EQ(with_changes(kept, before, now), expected);
    // Each thing for itself, and back again.
    Settings all = with_changes(Settings(), Settings(), everything());
    EXPECT_EQ(all, everything());
    EXPECT_EQ(with_changes(all, everything(), Settings()), Settings());
}

}  // namespace
}  // namespace tcpstep::settings
