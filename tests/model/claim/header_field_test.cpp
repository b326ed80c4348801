#include "model/claim/header_field.hpp"

#include <gtest/gtest.h>

#include "model/claim/check.hpp"
#include "tests/model/story.hpp"
#include "tests/model/wire_headers.hpp"

namespace tcpstep::model::claim {
namespace {

// A SYN,ACK from port 8000 to port 10004.
Segment captured(const char* source, const char* destination) {
    SegmentSummary summary;
    summary.seq = SeqNum(0x01020304);
    summary.ack = SeqNum(0x0a0b0c0d);
    summary.flags = testing::flags_of("SA");
    summary.window = 0xfedc;
    Segment segment;
    testing::write_headers(segment.headers, *parse_socket_address(source),
                           *parse_socket_address(destination), summary);
    return segment;
}

std::string octets(const Segment& segment, HeaderField field) {
    return hexadecimal(octets_of(segment, field));
}

TEST(HeaderFields, AreTheOctetsOnTheWire) {
    const Segment segment = captured("127.0.0.1:8000", "10.0.0.2:10004");
    EXPECT_EQ(octets(segment, HeaderField::SourceAddress), "7F 00 00 01");
    EXPECT_EQ(octets(segment, HeaderField::DestinationAddress), "0A 00 00 02");
    EXPECT_EQ(octets(segment, HeaderField::SourcePort), "1F 40");
    EXPECT_EQ(octets(segment, HeaderField::DestinationPort), "27 14");
    EXPECT_EQ(octets(segment, HeaderField::Seq), "01 02 03 04");
    EXPECT_EQ(octets(segment, HeaderField::Ack), "0A 0B 0C 0D");
    EXPECT_EQ(octets(segment, HeaderField::Flags), "12");
    EXPECT_EQ(octets(segment, HeaderField::Window), "FE DC");
}

TEST(HeaderFields, OfIpv6StandElsewhere) {
    const Segment segment = captured("[::1]:8000", "[2001:db8::2]:10004");
    EXPECT_EQ(octets(segment, HeaderField::SourceAddress),
              "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01");
    EXPECT_EQ(octets(segment, HeaderField::DestinationAddress),
              "20 01 0D B8 00 00 00 00 00 00 00 00 00 00 00 02");
    EXPECT_EQ(octets(segment, HeaderField::DestinationPort), "27 14");
}

TEST(HeaderFields, AreMissingWhereNothingWasCaptured) {
    Segment segment = captured("127.0.0.1:8000", "10.0.0.2:10004");
    segment.headers.resize(30);
    EXPECT_EQ(octets(segment, HeaderField::Seq), "01 02 03 04");
    EXPECT_EQ(octets(segment, HeaderField::Window), "");
    EXPECT_EQ(octets(Segment(), HeaderField::SourcePort), "");
}

TEST(HeaderFields, AreNumbersInNetworkByteOrder) {
    const Segment segment = captured("127.0.0.1:8000", "10.0.0.2:10004");
    EXPECT_EQ(number_of(octets_of(segment, HeaderField::SourcePort)), 8000);
    EXPECT_EQ(number_of(octets_of(segment, HeaderField::SourceAddress)), 0x7f000001);
    EXPECT_EQ(number_of({}), std::nullopt);
}

TEST(OctetsAreClaim, ComparesThem) {
    testing::Story story;
    story.lab();
    const auto outcome = [&](const char* value, bool finished = false) {
        const Predicate claim = OctetsAre{{}, HeaderField::SourcePort, value};
        return check(claim, Chronicle(story.trace()), finished).outcome;
    };
    EXPECT_EQ(outcome("1F 40"), Outcome::Open);
    EXPECT_EQ(outcome("1F 40", true), Outcome::Refuted);
    Segment segment = captured("127.0.0.1:8000", "10.0.0.2:10004");
    segment.id = 1;
    story.fact(SegmentSent{segment});
    EXPECT_EQ(outcome("1F 40"), Outcome::Holds);
    EXPECT_EQ(outcome("40 1F"), Outcome::Refuted);
    const Predicate claim = OctetsAre{{}, HeaderField::SourcePort, "40 1F"};
    EXPECT_EQ(check(claim, Chronicle(story.trace()), false).found, "1F 40");
}

}  // namespace
}  // namespace tcpstep::model::claim
