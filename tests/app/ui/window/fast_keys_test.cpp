#include "app/ui/window/fast_keys.hpp"

#include <gtest/gtest.h>
#include <imgui.h>

#include "tests/app/ui/headless.hpp"

namespace tcpstep::ui::window {
namespace {

#if IMGUI_VERSION_NUM < 18700

constexpr int kA = 65;  // GLFW_KEY_A

TEST(FastKeys, AKeyThatIsUpAgainBeforeTheFrameIsDownInIt) {
    const testing::Headless ui;
    ImGuiIO& io = ImGui::GetIO();
    FastKeys keys;
    EXPECT_FALSE(keys.hold());
    keys.let_go();
    keys.pressed(kA, true);
    EXPECT_TRUE(keys.hold()) << "another frame is needed, in which it is up";
    EXPECT_TRUE(io.KeysDown[kA]);
    EXPECT_TRUE(io.KeyCtrl);
    keys.let_go();
    EXPECT_FALSE(io.KeysDown[kA]);
    EXPECT_FALSE(io.KeyCtrl);
    EXPECT_FALSE(keys.hold()) << "once";
}

TEST(FastKeys, AKeyThatIsStillDownIsLeftToItsRelease) {
    const testing::Headless ui;
    ImGuiIO& io = ImGui::GetIO();
    FastKeys keys;
    keys.pressed(kA, false);
    keys.pressed(-1, false);  // GLFW_KEY_UNKNOWN
    io.KeysDown[kA] = true;
    EXPECT_FALSE(keys.hold());
    keys.let_go();
    EXPECT_TRUE(io.KeysDown[kA]);
    io.KeysDown[kA] = false;
}

#endif

}  // namespace
}  // namespace tcpstep::ui::window
