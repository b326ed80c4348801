#include "app/view/ladder_texts.hpp"

#include <gtest/gtest.h>

namespace tcpstep::view {
namespace {

constexpr float kEm = 20;

struct Placed {
    std::vector<LadderText> out;
    Measure measure = [](TextStyle, std::string_view text) {
        return 10 * static_cast<float>(text.size());
    };
    TextPlacer placer{measure, kEm, out};
};

LadderText saying(const char* words, Frame frame = Frame::None) {
    LadderText text;
    text.text = words;
    text.style = TextStyle::Body;
    text.frame = frame;
    return text;
}

TEST(TextPlacer, PutsATextBesideAPoint) {
    Placed placed;
    placed.placer.beside(saying("accept()"), 100, false, 50, 200);
    EXPECT_EQ(placed.out[0].box, (Rect{100, 40, 80, 20}));
    EXPECT_EQ(placed.out[0].squeeze, 1);
    placed.placer.beside(saying("connect()"), 90, true, 50, 200);
    EXPECT_EQ(placed.out[1].box, (Rect{0, 40, 90, 20}));
}

TEST(TextPlacer, MovesATextDownUntilItIsFree) {
    Placed placed;
    for (int i = 0; i < 5; ++i)
        placed.placer.beside(saying("LISTEN", Frame::Pill), 0, false, 50, 200);
    for (std::size_t i = 1; i < placed.out.size(); ++i) {
        EXPECT_GE(placed.out[i].box.y, placed.out[i - 1].box.bottom());
        EXPECT_EQ(placed.out[i].box.x, 0);
    }
}

TEST(TextPlacer, SqueezesLettersIntoTheRoomThereIs) {
    Placed placed;
    placed.placer.beside(saying("accept()"), 100, false, 50, 40);
    EXPECT_FLOAT_EQ(placed.out[0].squeeze, 0.5F);
    EXPECT_FLOAT_EQ(placed.out[0].box.w, 40);
}

TEST(TextPlacer, TriesAPlaceWithoutInsisting) {
    Placed placed;
    LadderText text = saying("SYN");
    text.box = {0, 0, 30, 20};
    EXPECT_TRUE(placed.placer.try_at(text));
    EXPECT_FALSE(placed.placer.try_at(text));
    text.box.y = 20;  // edges may touch
    EXPECT_TRUE(placed.placer.try_at(text));
    EXPECT_EQ(placed.out.size(), 2U);
}

}  // namespace
}  // namespace tcpstep::view
