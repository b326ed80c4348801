#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/journal/folder.hpp"

namespace tcpstep::journal {

/// Sessions in a folder of the test's own.
class Sessions : public ::testing::Test {
  protected:
    Sessions() {
        std::string name =
            (std::filesystem::temp_directory_path() / "tcpstep-journal-XXXXXX").string();
        state = mkdtemp(name.data());
        folder = state / "tcpstep" / "sessions";
        setenv("XDG_STATE_HOME", state.c_str(), 1);
    }
    ~Sessions() override {
        unsetenv("XDG_STATE_HOME");
        std::error_code ignored;
        std::filesystem::remove_all(state, ignored);
    }

    void put(const std::string& name) const {
        std::filesystem::create_directories(folder);
        std::ofstream(folder / name) << name;
    }
    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& session : sessions_in(folder)) found.push_back(session.filename());
        return found;
    }

    std::filesystem::path state, folder;
};

inline constexpr model::Time kBegan = model::Time(std::chrono::seconds(1'795'889'161));
inline constexpr const char* kStamp = "2026-11-28T18-06-01Z";

}  // namespace tcpstep::journal
