#include "app/lab/received_text.hpp"

#include <gtest/gtest.h>

namespace tcpstep::lab {
namespace {

TEST(ReceivedText, IsKeptUpToItsMost) {
    EXPECT_EQ(received_text("hello"), "hello");
    EXPECT_EQ(received_text(std::string(kMostReceived, 'x')).size(), kMostReceived);
    EXPECT_EQ(received_text(std::string(kMostReceived + 1, 'x')).size(), kMostReceived);
}

TEST(ReceivedText, IsCutInsideNoCharacter) {
    const std::string_view kWide = "\xe4\xb8\xad";
    for (std::size_t before = kMostReceived - 3; before <= kMostReceived; ++before) {
        const std::string text = std::string(before, 'x') + std::string(kWide) + "yy";
        const std::size_t expected = before + 3 <= kMostReceived ? before + 3 : before;
        EXPECT_EQ(received_text(text).size(), expected) << before;
    }
}

TEST(ReceivedText, WhatIsNoUtf8IsCutAllTheSame) {
    EXPECT_LE(received_text(std::string(1000, '\x80')).size(), kMostReceived);
    EXPECT_GE(received_text(std::string(1000, '\x80')).size(), kMostReceived - 3);
}

}  // namespace
}  // namespace tcpstep::lab
