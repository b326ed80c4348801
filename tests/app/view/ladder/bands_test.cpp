#include "app/view/ladder/bands.hpp"

#include <gtest/gtest.h>

namespace tcpstep::view::ladder {
namespace {

constexpr float kHeight = 40;

// How many are looked at for what reaches from `top` to `bottom`.
std::size_t looked_at(const LadderBands& bands, float top, float bottom) {
    std::size_t count = 0;
    bands.any(top, bottom, [&](std::uint32_t) {
        ++count;
        return false;
    });
    return count;
}

LadderBands with_rows(float visible, std::size_t rows) {
    LadderBands bands(kHeight, visible);
    for (std::size_t i = 0; i < rows; ++i) {
        const float top = static_cast<float>(i) * kHeight;
        bands.add(i, top + 1, top + kHeight - 1);
    }
    return bands;
}

TEST(LadderBands, OfALongPictureNoMoreIsLookedAtThanOfAShortOne) {
    constexpr std::size_t kRows = 10'000;
    const LadderBands bands = with_rows(kHeight * kRows, kRows);
    for (const std::size_t row : {std::size_t{3}, std::size_t{300}, kRows - 1}) {
        const float top = static_cast<float>(row) * kHeight;
        EXPECT_EQ(looked_at(bands, top + 1, top + kHeight - 1), 1U) << row;
    }
    EXPECT_EQ(looked_at(bands, kHeight * kRows + kHeight, kHeight * kRows + 2 * kHeight), 0U);
}

TEST(LadderBands, WhatLiesFarOutsideIsKeptTogether) {
    LadderBands bands = with_rows(kHeight, 1'000);
    bands.add(1'000, -1e9F, 1e9F);  // and takes no more of them
    EXPECT_EQ(looked_at(bands, 1, kHeight - 1), 2U);
    EXPECT_GT(looked_at(bands, 1e6F, 1e6F), 500U);
    bands.remove(1'000, -1e9F, 1e9F);
    EXPECT_EQ(looked_at(bands, 1, kHeight - 1), 1U);
    EXPECT_EQ(looked_at(bands, -1e6F, -1e6F), 0U);
}

}  // namespace
}  // namespace tcpstep::view::ladder
