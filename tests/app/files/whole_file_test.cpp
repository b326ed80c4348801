#include "app/files/whole_file.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tcpstep::files {
namespace {

namespace fs = std::filesystem;

class WholeFile : public ::testing::Test {
  public:
    fs::path folder;
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "tcpstep-XXXXXX").string();
        folder = mkdtemp(name.data());
    }
    void TearDown() override { fs::remove_all(folder); }

    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }
};

const auto write_new = [](std::ostream& out) { out << "new\n" << '\0' << "text"; };

TEST_F(WholeFile, OfMoreOctetsThanAllowedIsRefused) {
    ASSERT_TRUE(
        write_whole(folder / "f", [](std::ostream& out) { out << std::string(2048, 'x'); }));
    EXPECT_EQ(read_whole(folder / "f", 2048)->size(), 2048U);
    ASSERT_FALSE(read_whole(folder / "f", 2047));
    EXPECT_EQ(read_whole(folder / "f", 1024).error().what,
              (folder / "f").string() + ": has more than 1 KiB, too much for such a file");
    EXPECT_FALSE(read_whole("/dev/zero", 1 << 20)) << "which never ends";
}

TEST_F(WholeFile, APipeThatNobodyWritesIntoIsRefused) {
    const fs::path pipe = folder / "pipe";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    const auto text = read_whole(pipe);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().what, pipe.string() + ": is a pipe, and nobody writes into it");
}

TEST_F(WholeFile, APipeIsReadUntilItsWriterIsDone) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    std::thread writer([fd = ends[1]] {
        EXPECT_EQ(write(fd, "hel", 3), 3);
        EXPECT_EQ(write(fd, "lo", 2), 2);
        close(fd);
    });
    // As a shell's <(...) names it.
    const auto text = read_whole(fmt::format("/dev/fd/{}", ends[0]));
    writer.join();
    close(ends[0]);
    ASSERT_TRUE(text) << text.error().line();
    EXPECT_EQ(*text, "hello");
}

TEST_F(WholeFile, IsReadAsItWasWritten) {
    ASSERT_TRUE(write_whole(folder / "f", write_new));
    EXPECT_EQ(*read_whole(folder / "f"), std::string("new\n\0text", 9));
    EXPECT_EQ(files(), 1U) << "nothing is left beside it";
}

TEST_F(WholeFile, TheOldOneStaysUntilTheNewOneIsWhole) {
    std::ofstream(folder / "f") << "old";
    ASSERT_TRUE(write_whole(folder / "f", [&](std::ostream& out) {
        out << "new";
        out.flush();
        EXPECT_EQ(*read_whole(folder / "f"), "old");
    }));
    EXPECT_EQ(*read_whole(folder / "f"), "new");
}

TEST_F(WholeFile, AFailureLeavesTheOldOneAndNothingBeside) {
    std::ofstream(folder / "f") << "old";
    const auto written = write_whole(folder / "f", [](std::ostream& out) {
        out << "half";
        out.setstate(std::ios::failbit);
    });
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::BadInput);
    EXPECT_EQ(*read_whole(folder / "f"), "old");
    EXPECT_EQ(files(), 1U);
}

// What is written after the disk was full must not hide why: a limit on sizes is a full disk that
// takes the first part of a write.
TEST_F(WholeFile, SaysWhyTheFirstWriteFailed) {
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto on_signal = std::signal(SIGXFSZ, SIG_IGN);
    rlimit low = before;
    low.rlim_cur = 10'000;
    setrlimit(RLIMIT_FSIZE, &low);
    for (const std::size_t piece : {1U, 1000U, 30'000U}) {
        const auto written = write_whole(folder / "f", [piece](std::ostream& out) {
            for (std::size_t i = 0; i < 30'000; i += piece) out << std::string(piece, 'x');
        });
        EXPECT_FALSE(written) << piece;
        if (written) continue;
        EXPECT_NE(written.error().what.find("File too large"), std::string::npos)
            << written.error().what;
    }
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, on_signal);
    EXPECT_EQ(files(), 0U);
}

TEST_F(WholeFile, SaysWhyItCannotBeWritten) {
    EXPECT_NE(write_whole(folder / "no" / "f", write_new).error().what.find("No such file"),
              std::string::npos);
    EXPECT_NE(write_whole("/dev/full", write_new).error().what.find("No space left"),
              std::string::npos);
    EXPECT_FALSE(write_whole(folder, write_new));
    EXPECT_TRUE(write_whole("/dev/null", write_new));
    EXPECT_TRUE(fs::is_character_file("/dev/null")) << "a device is not replaced";
}

TEST_F(WholeFile, IsRefusedBeforeItIsWritten) {
    EXPECT_FALSE(NewFile::open(folder / "no" / "f"));
    EXPECT_FALSE(NewFile::open(folder));
}

TEST_F(WholeFile, WhatIsNotCommittedLeavesNothing) {
    {
        auto file = NewFile::open(folder / "f");
        ASSERT_TRUE(file);
        file->stream() << "half";
        EXPECT_EQ(files(), 1U);
    }
    EXPECT_EQ(files(), 0U);
}

TEST_F(WholeFile, ALinkStaysALink) {
    std::ofstream(folder / "f") << "old";
    fs::create_symlink(folder / "f", folder / "link");
    ASSERT_TRUE(write_whole(folder / "link", write_new));
    EXPECT_TRUE(fs::is_symlink(folder / "link"));
    EXPECT_EQ(read_whole(folder / "f")->substr(0, 3), "new");
}

TEST_F(WholeFile, WhatIsNoFileIsWrittenAsItIs) {
    int ends[2] = {};
    ASSERT_EQ(pipe(ends), 0);
    // "/proc/self/fd/7" is a link to "pipe:[4711]".
    const fs::path open_pipe = fmt::format("/proc/self/fd/{}", ends[1]);
    EXPECT_TRUE(write_whole(open_pipe, write_new));
    char octets[16];
    EXPECT_EQ(read(ends[0], octets, sizeof octets), 9);
    close(ends[0]);
    close(ends[1]);

    ASSERT_EQ(mkfifo((folder / "fifo").c_str(), 0600), 0);
    const int reader = open((folder / "fifo").c_str(), O_RDONLY | O_NONBLOCK);
    EXPECT_TRUE(write_whole(folder / "fifo", write_new));
    EXPECT_EQ(read(reader, octets, sizeof octets), 9);
    close(reader);
    EXPECT_TRUE(fs::is_fifo(folder / "fifo")) << "it is not replaced";
    EXPECT_EQ(files(), 1U);
}

TEST_F(WholeFile, ARemovedFileThatIsStillOpenIsWritten) {
    const int descriptor = open((folder / "f").c_str(), O_RDWR | O_CREAT, 0600);
    fs::remove(folder / "f");
    EXPECT_TRUE(write_whole(fmt::format("/proc/self/fd/{}", descriptor), write_new));
    char octets[16];
    EXPECT_EQ(pread(descriptor, octets, sizeof octets, 0), 9);
    close(descriptor);
    EXPECT_EQ(files(), 0U);
}

TEST_F(WholeFile, SaysWhyItCannotBeRead) {
    EXPECT_NE(read_whole(folder / "no").error().what.find("No such file"), std::string::npos);
    EXPECT_NE(read_whole(folder).error().what.find("folder"), std::string::npos);
    std::ofstream(folder / "empty").flush();
    EXPECT_EQ(*read_whole(folder / "empty"), "");
}

}  // namespace
}  // namespace tcpstep::files
