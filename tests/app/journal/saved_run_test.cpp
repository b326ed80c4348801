#include "app/journal/saved_run.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include "app/files/whole_file.hpp"
#include "tests/app/journal/sessions.hpp"

namespace tcpstep::journal {
namespace {

namespace fs = std::filesystem;

class Saving : public Sessions {
  protected:
    // So many runs that began a second apart, and are over; the last one a second before kBegan.
    void put_many(int count) const {
        for (int i = count; i > 0; --i)
            put(session_name(stamp(kBegan - std::chrono::seconds(i)), "old"));
    }
    static std::string name_of(const SavedRun& run) { return run.file().filename(); }
};

TEST_F(Saving, TheFirstRecordMakesAPrivateFile) {
    const mode_t before = umask(0);
    SavedRun run("handshake");
    EXPECT_FALSE(fs::exists(folder));
    EXPECT_EQ(run.append(kBegan, "one\n"), std::nullopt);
    umask(before);
    EXPECT_EQ(run.file(), folder / "2026-11-28T18-06-01Z-handshake.sqlog");
    EXPECT_EQ(*files::read_whole(run.file()), "one\n");
    EXPECT_EQ(run.append(kBegan, "two\n"), std::nullopt);
    EXPECT_EQ(*files::read_whole(run.file()), "one\ntwo\n");
    EXPECT_EQ(fs::status(run.file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    for (const fs::path& made : {folder, folder.parent_path()})
        EXPECT_EQ(fs::status(made).permissions(), fs::perms::owner_all) << made;
}

TEST_F(Saving, RunsOfTheSameSecondHaveFilesOfTheirOwn) {
    SavedRun first("b");
    SavedRun second("b");
    SavedRun third("a");
    for (SavedRun* run : {&first, &second, &third})
        EXPECT_EQ(run->append(kBegan, name_of(*run)), std::nullopt);
    EXPECT_EQ(names(), (std::vector<std::string>{"2026-11-28T18-06-01Z-b.sqlog",
                                                 "2026-11-28T18-06-01Z.02-b.sqlog",
                                                 "2026-11-28T18-06-01Z.03-a.sqlog"}));
    EXPECT_EQ(name_of(third), names().back());
}

TEST_F(Saving, OfFiftyOneTheOldestGoes) {
    put_many(50);
    put("mine.sqlog");
    const std::string oldest = names().front();
    const std::string next = names()[1];
    SavedRun run("new");
    EXPECT_EQ(run.append(kBegan, "x"), std::nullopt);
    EXPECT_EQ(names().size(), kMostSessions);
    EXPECT_EQ(names().front(), next);
    EXPECT_EQ(names().back(), name_of(run));
    EXPECT_FALSE(fs::exists(folder / oldest));
    EXPECT_TRUE(fs::exists(folder / "mine.sqlog")) << "it is none of ours";
}

TEST_F(Saving, OfFortyNineNoneGoes) {
    put_many(49);
    SavedRun run("new");
    EXPECT_EQ(run.append(kBegan, "x"), std::nullopt);
    EXPECT_EQ(names().size(), 50U);
}

TEST_F(Saving, OneThatIsStillWrittenStaysHoweverOld) {
    SavedRun old("old");
    EXPECT_EQ(old.append(kBegan - std::chrono::hours(1), "x"), std::nullopt);
    put_many(60);
    SavedRun run("new");
    EXPECT_EQ(run.append(kBegan, "x"), std::nullopt);
    EXPECT_EQ(names().size(), 51U);
    EXPECT_EQ(names().front(), name_of(old));
}

TEST_F(Saving, AFolderThatCannotBeMadeIsToldOnce) {
    std::ofstream(state / "tcpstep") << "in the way";
    SavedRun run("handshake");
    const auto fault = run.append(kBegan, "one");
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->what, folder.string() + ": cannot be written: Not a directory");
    EXPECT_EQ(fault->remedy, "set XDG_STATE_HOME to a folder that is yours and has room");
    EXPECT_EQ(run.append(kBegan, "two"), std::nullopt);
    fs::remove(state / "tcpstep");
    EXPECT_EQ(run.append(kBegan, "three"), std::nullopt);
    EXPECT_FALSE(fs::exists(folder)) << "a run without its beginning is of no use";
}

TEST_F(Saving, WithoutAHomeItSaysSo) {
    const std::string home = std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    SavedRun run("handshake");
    const auto fault = run.append(kBegan, "one");
    setenv("HOME", home.c_str(), 1);
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->what, "neither XDG_STATE_HOME nor HOME is set");
}

}  // namespace
}  // namespace tcpstep::journal
