#include "app/files/base_folder.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

namespace tcpstep::files {
namespace {

namespace fs = std::filesystem;

void set(const char* variable, const char* value) {
    if (value == nullptr) {
        unsetenv(variable);
    } else {
        setenv(variable, value, 1);
    }
}

TEST(BaseFolder, IsThatOfTheXdgSpecification) {
    struct Case {
        const char* state;
        const char* home;
        std::optional<fs::path> folder;
    };
    const std::string home_before = std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
    for (const Case& c :
         {Case{"/s", "/h", "/s"}, Case{nullptr, "/h", "/h/.local/state"},
          Case{"", "/h", "/h/.local/state"}, Case{"relative", "/h", "/h/.local/state"},
          Case{nullptr, "relative", std::nullopt}, Case{nullptr, nullptr, std::nullopt},
          Case{"/s", nullptr, "/s"}}) {
        set("TCPSTEP_TEST_HOME", c.state);
        set("HOME", c.home);
        EXPECT_EQ(base_folder("TCPSTEP_TEST_HOME", ".local/state"), c.folder);
    }
    set("HOME", home_before.c_str());
    set("TCPSTEP_TEST_HOME", nullptr);
}

}  // namespace
}  // namespace tcpstep::files
