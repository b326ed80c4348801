#include "app/cli/places.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace tcpstep::cli {
namespace {

namespace fs = std::filesystem;

class Places : public ::testing::Test {
  public:
    fs::path folder;
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "tcpstep-XXXXXX").string();
        folder = mkdtemp(name.data());
    }
    void TearDown() override { fs::remove_all(folder); }

    std::string in(const std::string& name) const { return (folder / name).string(); }
};

std::string refusal(const std::vector<Place>& places) {
    const auto checked = check_places(places);
    if (checked) return "";
    EXPECT_EQ(checked.error().kind, ErrorKind::BadInput);
    return checked.error().line();
}

TEST_F(Places, OneFileTakesOneForm) {
    EXPECT_EQ(refusal({{"--json", in("x")}, {"--svg", in("x")}}),
              in("x") +
                  ": --json and --svg would write the same file - give one of them another "
                  "name");
    EXPECT_EQ(refusal({{"--json", in("x")}, {"--svg", in("y")}, {"--html", in("z")}}), "");
    EXPECT_NE(refusal({{"--json", in("x")}, {"--svg", in("y")}, {"--html", in("./y")}}), "");
    EXPECT_EQ(refusal({{"--json", ""}, {"--svg", ""}}), "") << "goes nowhere";
}

TEST_F(Places, ALinkIsTheFileToWhichItLeads) {
    std::ofstream(in("x")) << "old";
    fs::create_symlink(in("x"), in("soft"));
    fs::create_hard_link(in("x"), in("hard"));
    EXPECT_NE(refusal({{"--json", in("x")}, {"--svg", in("soft")}}), "");
    EXPECT_NE(refusal({{"--json", in("x")}, {"--svg", in("hard")}}), "");
}

TEST_F(Places, StandardOutputTakesOneFormAndADeviceAll) {
    EXPECT_NE(refusal({{"--json", "-"}, {"--svg", "-"}}).find("cannot both go to standard output"),
              std::string::npos);
    EXPECT_EQ(refusal({{"--json", "-"}, {"--svg", in("x")}}), "");
    EXPECT_EQ(refusal({{"--json", "/dev/null"}, {"--svg", "/dev/null"}}), "");
}

TEST_F(Places, StandardOutputHasManyNames) {
    for (const char* name : {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
        EXPECT_EQ(place_named(name), "-");
    for (const char* name : {"", "/dev/stderr", "/proc/self/fd/2", "dev/stdout"})
        EXPECT_EQ(place_named(name), name);
}

}  // namespace
}  // namespace tcpstep::cli
