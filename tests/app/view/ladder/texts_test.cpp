#include "app/view/ladder/texts.hpp"

#include <gtest/gtest.h>

namespace tcpstep::view::ladder {
namespace {

constexpr float kEm = 20;

struct Placed {
    std::vector<LadderText> out;
    Measure measure = [](TextStyle, std::string_view text) {
        return 10 * static_cast<float>(text.size());
    };
    TextPlacer placer{measure, kEm, 400, out};
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

TEST(TextPlacer, SqueezesLettersIntoTheRoomThereIsAsLongAsTheyCanBeRead) {
    Placed placed;
    placed.placer.beside(saying("accept()"), 100, false, 50, 64);
    EXPECT_FLOAT_EQ(placed.out[0].squeeze, 0.8F);
    EXPECT_FLOAT_EQ(placed.out[0].box.w, 64);
}

TEST(TextPlacer, ShortensWhatWouldBecomeTooSmall) {
    Placed placed;
    for (float room : {20.0F, 40.0F, 63.0F}) {
        placed.out.clear();
        placed.placer.beside(saying("getsockopt()"), 100, true, 50, room);
        if (placed.out.empty()) continue;
        EXPECT_GE(placed.out[0].squeeze, 0.8F) << room;
        EXPECT_LE(placed.out[0].box.w, room);
        EXPECT_NE(placed.out[0].text.find("…"), std::string::npos) << placed.out[0].text;
    }
    EXPECT_FALSE(placed.out.empty());
}

TEST(TextPlacer, LeavesAwayWhatHasNoRoomAtAll) {
    Placed placed;
    placed.placer.beside(saying("accept()"), 100, false, 50, 9);
    placed.placer.beside(saying("LISTEN", Frame::Pill), 100, false, 50, 10);
    EXPECT_TRUE(placed.out.empty());
}

TEST(TextPlacer, LeavesAwayWhatWouldStandTooFarFromItsPlace) {
    Placed placed;
    for (int i = 0; i < 50; ++i) placed.placer.beside(saying("accept()"), 0, false, 50, 200);
    EXPECT_GT(placed.out.size(), 4U);
    EXPECT_LT(placed.out.size(), 8U);
    for (const LadderText& text : placed.out) EXPECT_LE(text.box.y, 40 + 6 * kEm);
}

TEST(TextPlacer, TellsWhatIsNear) {
    Placed placed;
    placed.placer.beside(saying("above"), 0, false, 50, 200);
    placed.placer.beside(saying("below"), 0, false, 500, 200);
    std::vector<Rect> seen;
    placed.placer.near(480, 520, [&](const LadderText& text) { seen.push_back(text.box); });
    EXPECT_EQ(seen, std::vector<Rect>{placed.out[1].box});
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
}  // namespace tcpstep::view::ladder
