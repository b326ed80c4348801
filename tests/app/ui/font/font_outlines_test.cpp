#include "app/ui/font/font_outlines.hpp"

#include <string>

#include <gtest/gtest.h>

#include "app/ui/font/font_files.hpp"
#include "app/ui/font/mapped_file.hpp"

namespace tcpstep::ui::font {
namespace {

using namespace std::string_literals;

std::string number(std::size_t value, int octets) {
    std::string text;
    for (int i = octets - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xff);
    return text;
}

// A font's header and the directory of its tables, whose contents do not matter.
std::string font(std::initializer_list<const char*> tables) {
    std::string text = "OTTO"s + number(tables.size(), 2) + "\0\0\0\0\0\0"s;
    for (const char* table : tables) text += table + std::string(12, '\0');
    return text;
}

std::string collection(const std::vector<std::string>& fonts) {
    std::string header = "ttcf\0\2\0\0"s + number(fonts.size(), 4);
    std::size_t at = header.size() + 4 * fonts.size();
    std::string rest;
    for (const std::string& one : fonts) {
        header += number(at, 4);
        rest += one;
        at += one.size();
    }
    return header + rest;
}

bool drawable(const std::string& file, unsigned face = 0) {
    return has_drawable_outlines(std::as_bytes(std::span(file)), face);
}

TEST(FontOutlines, TrueTypeAndCffAreDrawnAndCff2IsNot) {
    EXPECT_TRUE(drawable(font({"cmap", "glyf"})));
    EXPECT_TRUE(drawable(font({"CFF ", "cmap"})));
    EXPECT_FALSE(drawable(font({"CFF2", "cmap", "fvar"})));
}

TEST(FontOutlines, ACollectionHasSeveralFonts) {
    const std::string file = collection({font({"CFF2"}), font({"CFF "})});
    EXPECT_FALSE(drawable(file, 0));
    EXPECT_TRUE(drawable(file, 1));
    EXPECT_FALSE(drawable(file, 2)) << "there is none";
    EXPECT_FALSE(drawable(font({"glyf"}), 1)) << "a file of one font has no second";
}

TEST(FontOutlines, WhatIsCutShortIsNone) {
    const std::string file = collection({font({"cmap", "glyf"})});
    for (std::size_t size = 0; size + 12 < file.size(); ++size)
        EXPECT_FALSE(drawable(file.substr(0, size))) << size;
}

TEST(FontFiles, AreThereOnAMachineThatHasThePackages) {
    const FontFiles files = find_font_files();
    for (const FontFile& file : {files.regular, files.semi_bold, files.bold, files.mono,
                                 files.symbols, files.chinese, files.chinese_bold}) {
        EXPECT_FALSE(MappedFile(file.path).octets().empty()) << file.path;
    }
    EXPECT_NE(files.chinese.path, files.chinese_bold.path);
}

TEST(MappedFile, IsEmptyWhereThereIsNone) {
    EXPECT_TRUE(MappedFile("/nonexistent").octets().empty());
    EXPECT_TRUE(MappedFile("/").octets().empty());
    EXPECT_TRUE(MappedFile("").octets().empty());
}

}  // namespace
}  // namespace tcpstep::ui::font
