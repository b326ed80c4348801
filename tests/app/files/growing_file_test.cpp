#include "app/files/growing_file.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/files/whole_file.hpp"

namespace tcpstep::files {
namespace {

namespace fs = std::filesystem;

class Growing : public ::testing::Test {
  public:
    fs::path folder, file;
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "tcpstep-XXXXXX").string();
        folder = mkdtemp(name.data());
        file = folder / "f";
    }
    void TearDown() override { fs::remove_all(folder); }
};

// A full disk, as long as it lives.
class NoFileLonger {
  public:
    explicit NoFileLonger(rlim_t octets) {
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit limit = before_;
        limit.rlim_cur = octets;
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~NoFileLonger() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    NoFileLonger(const NoFileLonger&) = delete;
    NoFileLonger& operator=(const NoFileLonger&) = delete;

  private:
    rlimit before_{};
    void (*handler_)(int);
};

TEST_F(Growing, WhatIsAppendedIsThereAtOnce) {
    std::ofstream(file) << "what was there, and longer";
    auto growing = GrowingFile::open(file);
    ASSERT_TRUE(growing);
    EXPECT_TRUE(growing->empty());
    ASSERT_TRUE(growing->append("one "));
    EXPECT_EQ(*read_whole(file), "one ");
    ASSERT_TRUE(growing->append("two"));
    EXPECT_EQ(*read_whole(file), "one two");
    EXPECT_FALSE(growing->empty());
    EXPECT_TRUE(growing->close());
}

TEST_F(Growing, APrivateFileIsItsOwnersAlone) {
    const mode_t before = umask(0);
    const auto growing = GrowingFile::create_private(file);
    umask(before);
    ASSERT_TRUE(growing);
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(Growing, APrivateFileReplacesNothing) {
    std::ofstream(file) << "old";
    const auto growing = GrowingFile::create_private(file);
    ASSERT_FALSE(growing);
    EXPECT_EQ(growing.error().os_errno, EEXIST);
    EXPECT_EQ(*read_whole(file), "old");
}

TEST_F(Growing, SaysWhyItCannotBeWritten) {
    const auto growing = GrowingFile::open(folder / "no" / "f");
    ASSERT_FALSE(growing);
    EXPECT_EQ(growing.error(), cannot_write(folder / "no" / "f", ENOENT));
    EXPECT_FALSE(GrowingFile::open(folder)) << "a folder";
}

TEST_F(Growing, AFullDiskKeepsWhatWasThereAndLeavesNoHole) {
    auto growing = GrowingFile::open(file);
    ASSERT_TRUE(growing);
    {
        const NoFileLonger disk(10);
        ASSERT_TRUE(growing->append("12345678"));
        const auto full = growing->append("90abc");
        ASSERT_FALSE(full);
        EXPECT_EQ(full.error(), cannot_write(file, EFBIG));
        EXPECT_EQ(*read_whole(file), "1234567890");
        EXPECT_FALSE(growing->append("de"));
        EXPECT_EQ(*read_whole(file), "1234567890");
    }
    ASSERT_TRUE(growing->append("f")) << "there is room again";
    EXPECT_EQ(*read_whole(file), "1234567890abcdef");
    EXPECT_TRUE(growing->close());
}

TEST_F(Growing, WhatIsLeftInTheEndIsAFailure) {
    auto growing = GrowingFile::open(file);
    ASSERT_TRUE(growing);
    const NoFileLonger disk(2);
    EXPECT_FALSE(growing->append("123"));
    EXPECT_FALSE(growing->close());
}

TEST_F(Growing, OneIntoWhichNothingWasWrittenIsNotLeft) {
    { const auto growing = GrowingFile::open(file); }
    EXPECT_FALSE(fs::exists(file));
    {
        auto growing = GrowingFile::open(file);
        const NoFileLonger disk(0);
        EXPECT_FALSE(growing->append("123"));
        EXPECT_FALSE(growing->close());
    }
    EXPECT_FALSE(fs::exists(file));
    {
        const auto growing = GrowingFile::open(file);
        fs::rename(file, folder / "old");
        std::ofstream(file) << "another one";
    }
    EXPECT_EQ(*read_whole(file), "another one");
    EXPECT_TRUE(GrowingFile::open("/dev/null")->close());
    EXPECT_TRUE(fs::exists("/dev/null"));
}

TEST_F(Growing, IsNotRemovedWhileItIsOpen) {
    {
        const auto growing = GrowingFile::create_private(file);
        ASSERT_TRUE(growing);
        EXPECT_FALSE(remove_unless_open(file));
        EXPECT_TRUE(fs::exists(file));
    }
    EXPECT_TRUE(remove_unless_open(file));
    EXPECT_FALSE(fs::exists(file));
    EXPECT_FALSE(remove_unless_open(file)) << "it was gone already";
}

TEST_F(Growing, AKilledProgramHasItOpenNoMore) {
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    const pid_t other = fork();
    if (other == 0) {
        const auto growing = GrowingFile::create_private(file);
        if (write(ready[1], "1", 1) == 1) pause();
        _exit(1);
    }
    char octet = 0;
    ASSERT_EQ(read(ready[0], &octet, 1), 1);
    EXPECT_FALSE(remove_unless_open(file));
    kill(other, SIGKILL);
    waitpid(other, nullptr, 0);
    EXPECT_TRUE(remove_unless_open(file));
    close(ready[0]);
    close(ready[1]);
}

}  // namespace
}  // namespace tcpstep::files
