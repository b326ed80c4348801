#include "app/files/file_in_pieces.hpp"

#include <cstdlib>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace tcpstep::files {
namespace {

namespace fs = std::filesystem;

TEST(FileInPieces, AllOfItComes) {
    std::string name = (fs::temp_directory_path() / "tcpstep-XXXXXX").string();
    const fs::path folder = mkdtemp(name.data());
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += std::to_string(i) + '\n';
    std::ofstream(folder / "numbers") << text;
    auto file = FileInPieces::open(folder / "numbers");
    ASSERT_TRUE(file) << file.error().line();
    std::string found;
    for (std::string_view piece = file->next(); !piece.empty(); piece = file->next()) {
        EXPECT_LT(piece.size(), text.size());
        found += piece;
    }
    EXPECT_EQ(found, text);
    EXPECT_EQ(file->read(), text.size());
    EXPECT_TRUE(file->failure());
    fs::remove_all(folder);
}

TEST(FileInPieces, WhatCannotBeReadIsRefused) {
    const auto missing = FileInPieces::open("/nowhere/at/all");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().what, "/nowhere/at/all: cannot be read: No such file or directory");
    const auto folder = FileInPieces::open("/");
    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().what, "/: cannot be read: it is a folder");
}

TEST(FileInPieces, AFailureOfReadingIsTold) {
    auto memory = FileInPieces::open("/proc/self/mem");  // its first page is never mapped
    ASSERT_TRUE(memory) << memory.error().line();
    EXPECT_TRUE(memory->next().empty());
    ASSERT_FALSE(memory->failure());
    EXPECT_EQ(memory->failure().error().what, "/proc/self/mem: cannot be read: Input/output error");
}

}  // namespace
}  // namespace tcpstep::files
