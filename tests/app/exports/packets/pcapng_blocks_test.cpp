#include "app/exports/packets/pcapng_blocks.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace tcpstep::exports::packets {
namespace {

std::uint32_t word(const std::string& block, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;)
        value = value << 8U | static_cast<unsigned char>(block.at(at + i));
    return value;
}

void expect_framed(const std::string& block) {
    EXPECT_EQ(block.size() % 4, 0U);
    EXPECT_EQ(word(block, 4), block.size());
    EXPECT_EQ(word(block, block.size() - 4), block.size());
}

TEST(PcapngBlocks, EachHasItsLengthInFrontAndBehind) {
    const std::vector<std::uint8_t> octets = {1, 2, 3};
    for (const char* comment : {"", "a", "abcd", "报文段"}) {
        expect_framed(section_header(comment, "tcpstep"));
        expect_framed(interface_description(comment));
        expect_framed(packet_block({}, octets, 3, Direction::Inbound, comment));
    }
}

TEST(PcapngBlocks, APacketHasItsTimeToTheNanosecondAndBothLengths) {
    const model::Time time{std::chrono::nanoseconds(1'700'000'000'123'456'789)};
    const std::string block = packet_block(time, std::vector<std::uint8_t>{1, 2, 3, 4, 5}, 1000,
                                           Direction::Outbound, "why");
    EXPECT_EQ(word(block, 0), 6U);
    EXPECT_EQ(std::uint64_t{word(block, 12)} << 32U | word(block, 16), 1'700'000'000'123'456'789U);
    EXPECT_EQ(word(block, 20), 5U);
    EXPECT_EQ(word(block, 24), 1000U);
    EXPECT_EQ(block.substr(28, 8), std::string("\x1\x2\x3\x4\x5\0\0\0", 8));
    EXPECT_EQ(block.substr(36, 8), std::string("\x1\0\x3\0why\0", 8));
    EXPECT_EQ(block.substr(44, 8), std::string("\x2\0\x4\0\x2\0\0\0", 8));
}

TEST(PcapngBlocks, ACommentThatIsTooLongLosesItsEndAndNoHalfACharacter) {
    std::string comment(65534, 'a');
    comment += "文";
    const std::string block = section_header(comment, "");
    expect_framed(block);
    EXPECT_EQ(word(block, 24) >> 16U, 65534U);
}

}  // namespace
}  // namespace tcpstep::exports::packets
