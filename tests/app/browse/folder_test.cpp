#include "app/browse/folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace tcpstep::browse {
namespace {

namespace fs = std::filesystem;

TEST(Folder, IsListedWithItsFoldersFirst) {
    std::string made = (fs::temp_directory_path() / "tcpstep-folder-XXXXXX").string();
    const fs::path folder = mkdtemp(made.data());
    fs::create_directory(folder / "z");
    fs::create_directory_symlink(folder / "z", folder / "link");
    std::ofstream(folder / "b.qlog") << "12345";
    std::ofstream(folder / "a.pcap") << "";
    fs::create_symlink(folder / "nowhere", folder / "dangling");
    const Listing listing = list_folder(folder.string() + "/");
    EXPECT_EQ(listing.folder, folder.string() + "/");
    EXPECT_EQ(listing.fault, "");
    EXPECT_EQ(listing.entries, (std::vector<Entry>{{"link", true, 0},
                                                   {"z", true, 0},
                                                   {"a.pcap", false, 0},
                                                   {"b.qlog", false, 5},
                                                   {"dangling", false, 0}}));
    fs::remove_all(folder);
}

TEST(Folder, ThatIsNotThereIsToldInOneLine) {
    const Listing listing = list_folder("/nonexistent/");
    EXPECT_EQ(listing.fault, "/nonexistent/: cannot be read: No such file or directory");
    EXPECT_TRUE(listing.entries.empty());
    EXPECT_EQ(list_folder("/dev/null").fault, "/dev/null: cannot be read: Not a directory");
}

}  // namespace
}  // namespace tcpstep::browse
