#include "app/settings/store.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tcpstep::settings {
namespace {

namespace fs = std::filesystem;

/// Root may read and write everything: whoever runs the tests as root is another user meanwhile.
class NotRoot {
  public:
    NotRoot() {
        if (geteuid() == 0) was_root_ = seteuid(kNobody) == 0;
    }
    ~NotRoot() {
        if (was_root_ && seteuid(0) != 0) ADD_FAILURE() << "no root any more";
    }
    NotRoot(const NotRoot&) = delete;
    NotRoot& operator=(const NotRoot&) = delete;

  private:
    static constexpr uid_t kNobody = 65534;
    bool was_root_ = false;
};

class Store : public ::testing::Test {
  protected:
    Store() {
        std::string name = (fs::temp_directory_path() / "tcpstep-settings-XXXXXX").string();
        folder = mkdtemp(name.data());
        fs::permissions(folder, fs::perms::all);  // for NotRoot
        file = folder / "config" / "tcpstep" / "settings.json";
    }
    ~Store() override {
        std::error_code ignored;
        fs::permissions(folder, fs::perms::owner_all, ignored);
        fs::remove_all(folder, ignored);
    }
    void write(const std::string& text) {
        fs::create_directories(file.parent_path());
        std::ofstream(file) << text;
    }
    static std::string read(const fs::path& from) {
        std::ostringstream text;
        text << std::ifstream(from).rdbuf();
        return text.str();
    }
    fs::path beside(const char* ending) const { return file.string() + ending; }

    fs::path folder, file;
};

TEST_F(Store, WithoutAFileNothingIsSetAndNothingIsSaid) {
    const Loaded loaded = load(file);
    EXPECT_EQ(loaded.settings, Settings());
    EXPECT_FALSE(loaded.broken);
}

TEST_F(Store, WhatIsSavedIsLoadedAndItsFoldersAreMade) {
    Settings settings;
    settings.text_percent = 200;
    ASSERT_TRUE(save(file, settings));
    EXPECT_EQ(load(file).settings, settings);
    EXPECT_FALSE(load(file).broken);
    for (const auto& entry : fs::directory_iterator(file.parent_path()))
        EXPECT_EQ(entry.path(), file) << "a leftover";
}

TEST_F(Store, WhatIsBrokenIsSetAsideWhole) {
    write("{broken");
    const Loaded loaded = load(file);
    EXPECT_EQ(loaded.settings, Settings());
    ASSERT_TRUE(loaded.broken);
    EXPECT_EQ(words(*loaded.broken), file.string() +
                                         ": these settings cannot be used (no JSON): set aside as "
                                         "settings.json.broken");
    EXPECT_EQ(read(beside(".broken")), "{broken");
    EXPECT_FALSE(fs::exists(file));
    EXPECT_FALSE(load(file).broken) << "it is told once";
    // The next broken one does not overwrite it.
    write("[1]");
    EXPECT_EQ(load(file).broken->set_aside, beside(".broken-2"));
    EXPECT_EQ(read(beside(".broken")), "{broken");
    EXPECT_EQ(read(beside(".broken-2")), "[1]");
}

TEST_F(Store, SoIsAFolderOfThatName) {
    fs::create_directories(file / "inside");
    const Loaded loaded = load(file);
    ASSERT_TRUE(loaded.broken);
    EXPECT_EQ(loaded.broken->why, "Is a directory");
    EXPECT_TRUE(fs::is_directory(beside(".broken") / "inside"));
}

TEST_F(Store, AndALinkToNothing) {
    fs::create_directories(file.parent_path());
    fs::create_symlink(folder / "nowhere", file);
    const Loaded loaded = load(file);
    ASSERT_TRUE(loaded.broken);
    EXPECT_EQ(loaded.broken->why, "No such file or directory");
    EXPECT_TRUE(fs::is_symlink(beside(".broken")));
}

TEST_F(Store, AndAPipeWhichNobodyWaitsFor) {
    fs::create_directories(file.parent_path());
    ASSERT_EQ(mkfifo(file.c_str(), 0600), 0);
    const Loaded loaded = load(file);
    ASSERT_TRUE(loaded.broken);
    EXPECT_EQ(loaded.broken->why, "no regular file");
}

TEST_F(Store, AndOneThatMayNotBeRead) {
    const NotRoot user;
    write("{}");
    fs::permissions(file, fs::perms::none);
    const Loaded loaded = load(file);
    ASSERT_TRUE(loaded.broken);
    EXPECT_EQ(loaded.broken->why, "Permission denied");
    EXPECT_TRUE(fs::exists(beside(".broken")));
}

TEST_F(Store, WhereNothingCanBeRenamedThatIsSaid) {
    const NotRoot user;
    write("{broken");
    fs::permissions(file.parent_path(), fs::perms::owner_read | fs::perms::owner_exec);
    const Loaded loaded = load(file);
    fs::permissions(file.parent_path(), fs::perms::owner_all);
    ASSERT_TRUE(loaded.broken);
    EXPECT_EQ(loaded.broken->why_not, "Permission denied");
    EXPECT_NE(words(*loaded.broken).find("nor set aside (Permission denied)"), std::string::npos);
    EXPECT_TRUE(fs::exists(file));
}

TEST_F(Store, WhereAFileIsInTheWayNothingIsSaved) {
    std::ofstream(folder / "config") << "no folder";
    const Result<void> saved = save(file, Settings());
    ASSERT_FALSE(saved);
    EXPECT_NE(saved.error().line().find("Not a directory"), std::string::npos)
        << saved.error().line();
}

/// Sets a variable of the environment for the time of a test.
class Variable {
  public:
    Variable(const char* name, const char* value) : name_(name) {
        if (const char* old = std::getenv(name)) old_ = old;
        if (value != nullptr) {
            setenv(name, value, 1);
        } else {
            unsetenv(name);
        }
    }
    ~Variable() {
        if (old_) {
            setenv(name_, old_->c_str(), 1);
        } else {
            unsetenv(name_);
        }
    }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

  private:
    const char* name_;
    std::optional<std::string> old_;
};

TEST(Place, IsThatOfTheXdgBaseDirectorySpecification) {
    struct Case {
        const char* config;
        const char* home;
        std::optional<fs::path> place;
    };
    for (const Case& c : {Case{"/c", "/h", "/c/tcpstep/settings.json"},
                          Case{nullptr, "/h", "/h/.config/tcpstep/settings.json"},
                          Case{"", "/h", "/h/.config/tcpstep/settings.json"},
                          Case{"relative", "/h", "/h/.config/tcpstep/settings.json"},
                          Case{nullptr, nullptr, std::nullopt}, Case{nullptr, "", std::nullopt}}) {
        const Variable config("XDG_CONFIG_HOME", c.config);
        const Variable home("HOME", c.home);
        EXPECT_EQ(place(), c.place);
    }
}

}  // namespace
}  // namespace tcpstep::settings
