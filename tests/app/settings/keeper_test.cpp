#include "app/settings/keeper.hpp"

#include <chrono>
#include <fstream>
#include <future>

#include <gtest/gtest.h>
#include <unistd.h>

#include "app/settings/store.hpp"

namespace tcpstep::settings {
namespace {

namespace fs = std::filesystem;

class Keeping : public ::testing::Test {
  protected:
    Keeping() {
        std::string name = (fs::temp_directory_path() / "tcpstep-keeper-XXXXXX").string();
        folder = mkdtemp(name.data());
        file = folder / "tcpstep" / "settings.json";
    }
    ~Keeping() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    fs::path folder, file;
};

Settings text(unsigned percent) {
    Settings settings;
    settings.text_percent = percent;
    return settings;
}

TEST_F(Keeping, WhatDoesNotChangeIsNotWritten) {
    {
        Keeper keeper(file, text(100));
        keeper.keep(text(100));
    }
    EXPECT_FALSE(fs::exists(file));
}

TEST_F(Keeping, TheLastOfManyChangesIsWritten) {
    {
        Keeper keeper(file, Settings());
        for (unsigned percent = 75; percent <= 300; ++percent) keeper.keep(text(percent));
    }
    EXPECT_EQ(load(file).settings, text(300));
}

TEST_F(Keeping, AFaultIsToldOnce) {
    std::ofstream(folder / "tcpstep") << "in the way";
    std::promise<void> woken;
    Keeper keeper(file, Settings(), [&] { woken.set_value(); });
    keeper.keep(text(125));
    ASSERT_EQ(woken.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
    keeper.keep(text(150));  // a second call of the wake function would throw
    const std::optional<Error> fault = keeper.take_fault();
    ASSERT_TRUE(fault);
    EXPECT_NE(fault->line().find("cannot be written"), std::string::npos) << fault->line();
    EXPECT_FALSE(keeper.take_fault());
}

}  // namespace
}  // namespace tcpstep::settings
