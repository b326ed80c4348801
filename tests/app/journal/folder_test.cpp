#include "app/journal/folder.hpp"

#include "tests/app/journal/sessions.hpp"

namespace tcpstep::journal {
namespace {

namespace fs = std::filesystem;

TEST_F(Sessions, AreInTheStateFolder) {
    EXPECT_EQ(sessions_folder(), folder);
}

TEST(SessionName, TellsTimeAndLesson) {
    EXPECT_EQ(session_name(stamp(kBegan), "handshake"), "2026-11-28T18-06-01Z-handshake.sqlog");
    EXPECT_EQ(session_name(stamp(kBegan + std::chrono::nanoseconds(999'999'999), 2), "lab"),
              "2026-11-28T18-06-01Z.02-lab.sqlog");
    EXPECT_EQ(stamp(model::Time()), "1970-01-01T00-00-00Z");
    EXPECT_LT(session_name(stamp(kBegan), std::string(1000, 'x')).size(), 256U);
}

TEST_F(Sessions, SortByTimeWhateverTheLesson) {
    const std::vector<std::string> sorted = {
        session_name(stamp(kBegan), "x"), session_name(stamp(kBegan, 2), "b"),
        session_name(stamp(kBegan, 3), "a"), session_name(stamp(kBegan, 12), "a"),
        session_name(stamp(kBegan + std::chrono::seconds(1)), "a")};
    for (auto name = sorted.rbegin(); name != sorted.rend(); ++name) put(*name);
    EXPECT_EQ(names(), sorted);
    const auto newest_first = newest_sessions();
    ASSERT_TRUE(newest_first);
    EXPECT_EQ(newest_first->front(), folder / sorted.back());
    EXPECT_EQ(newest_first->back(), folder / sorted.front());
}

TEST_F(Sessions, WhatElseLiesThereIsNone) {
    for (const char* name :
         {"mine.sqlog", "2026-11-28T18-06-01Z-handshake.qlog", "README",
          "2026-11-28 18-06-01Z-handshake.sqlog", "2026-11-2xT18-06-01Z-a.sqlog", "9999.sqlog"})
        put(name);
    fs::create_directory(folder / (std::string(kStamp) + "-folder.sqlog"));
    fs::create_symlink("mine.sqlog", folder / (std::string(kStamp) + "-link.sqlog"));
    EXPECT_EQ(names(), std::vector<std::string>());
}

TEST_F(Sessions, WithoutOneThereIsNoNewest) {
    const auto none = newest_sessions();
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ErrorKind::BadInput);
    EXPECT_EQ(none.error().what, folder.string() + ": no session is saved yet");
    std::ofstream(state / "tcpstep") << "in the way";
    EXPECT_EQ(newest_sessions().error().what,
              folder.string() + ": cannot be read: Not a directory");
}

}  // namespace
}  // namespace tcpstep::journal
