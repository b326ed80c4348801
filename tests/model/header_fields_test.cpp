// Where each field of the headers is, by hand-made headers; and that nothing is left between them.
#include "model/header_fields.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

using Headers = std::vector<std::uint8_t>;

Headers operator+(Headers a, const Headers& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

const Headers kIpv4 = {0x45, 0x03, 0x00, 0x3c, 0xab, 0xcd, 0x40, 0x00, 0x40, 0x06,
                       0x12, 0x34, 127,  0,    0,    1,    127,  0,    0,    2};
const Headers kTcpFixed = {0xa9, 0xf8, 0x1f, 0x40, 0x66, 0xa1, 0x0c, 0xf3, 0xae, 0x79,
                           0x21, 0xb3, 0xa1, 0x12, 0xff, 0xcb, 0xfe, 0x30, 0x00, 0x00};
const Headers kOptions = {2, 4, 0xff, 0xd7, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 1, 3, 3, 7};

Headers ipv6() {
    Headers headers(40, 0);
    headers[0] = 0x60;
    headers[1] = 0x12;
    headers[2] = 0x34;
    headers[3] = 0x56;
    headers[6] = 6;
    headers[39] = 1;
    return headers;
}

const HeaderField* find(const std::vector<HeaderField>& fields, Field field, std::uint8_t nth = 0) {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const HeaderField& one) {
        return one.id.field == field && one.id.nth == nth;
    });
    return found == fields.end() ? nullptr : &*found;
}

std::uint64_t value(const Headers& headers, Field field, std::uint8_t nth = 0) {
    const auto fields = header_fields(headers);
    const HeaderField* found = find(fields, field, nth);
    if (found == nullptr) ADD_FAILURE() << "no field " << static_cast<int>(field);
    return found == nullptr ? 0 : value_of(*found, headers);
}

TEST(HeaderFields, AreThoseOfTheRfcs) {
    const Headers headers = kIpv4 + kTcpFixed + kOptions;
    struct Case {
        Field field;
        std::uint64_t value;
    };
    for (const Case& c : {Case{Field::Version, 4},
                          Case{Field::HeaderLength, 5},
                          Case{Field::Dscp, 0},
                          Case{Field::Ecn, 3},
                          Case{Field::TotalLength, 60},
                          Case{Field::Identification, 0xabcd},
                          Case{Field::IpReserved, 0},
                          Case{Field::DontFragment, 1},
                          Case{Field::MoreFragments, 0},
                          Case{Field::FragmentOffset, 0},
                          Case{Field::TimeToLive, 64},
                          Case{Field::Protocol, 6},
                          Case{Field::HeaderChecksum, 0x1234},
                          Case{Field::SourceAddress, 0x7f000001},
                          Case{Field::DestinationAddress, 0x7f000002},
                          Case{Field::SourcePort, 43512},
                          Case{Field::DestinationPort, 8000},
                          Case{Field::Sequence, 0x66a10cf3},
                          Case{Field::Acknowledgment, 0xae7921b3},
                          Case{Field::DataOffset, 10},
                          Case{Field::Reserved, 0},
                          Case{Field::Ae, 1},
                          Case{Field::Cwr, 0},
                          Case{Field::Ece, 0},
                          Case{Field::Urg, 0},
                          Case{Field::Ack, 1},
                          Case{Field::Psh, 0},
                          Case{Field::Rst, 0},
                          Case{Field::Syn, 1},
                          Case{Field::Fin, 0},
                          Case{Field::Window, 0xffcb},
                          Case{Field::Checksum, 0xfe30},
                          Case{Field::UrgentPointer, 0},
                          Case{Field::Mss, 65495},
                          Case{Field::TimestampValue, 1},
                          Case{Field::TimestampEcho, 2},
                          Case{Field::ScaleShift, 7}}) {
        EXPECT_EQ(value(headers, c.field), c.value) << static_cast<int>(c.field);
    }
}

TEST(HeaderFields, OfIpv6) {
    const Headers headers = ipv6() + kTcpFixed;
    EXPECT_EQ(value(headers, Field::Version), 6U);
    EXPECT_EQ(value(headers, Field::Dscp), 0U);
    EXPECT_EQ(value(headers, Field::Ecn), 1U);
    EXPECT_EQ(value(headers, Field::FlowLabel), 0x23456U);
    EXPECT_EQ(value(headers, Field::NextHeader), 6U);
    const auto fields = header_fields(headers);
    EXPECT_EQ(find(fields, Field::SourceAddress)->bits, 128U);
    EXPECT_EQ(find(fields, Field::SourcePort)->bit, 320U);
    EXPECT_EQ(find(fields, Field::HeaderLength), nullptr);
}

TEST(HeaderFields, FollowEachOtherWithoutGapsHoweverTheHeadersAreCut) {
    for (const Headers& whole : {kIpv4 + kTcpFixed + kOptions, ipv6() + kTcpFixed + kOptions}) {
        for (std::size_t length = 0; length <= whole.size(); ++length) {
            const Headers cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
            std::size_t at = 0;
            for (const HeaderField& field : header_fields(cut)) {
                EXPECT_EQ(field.bit, at) << length;
                EXPECT_GE(field.bits, 1U);
                at += field.bits;
            }
            EXPECT_LE(at, length * 8);
        }
        const HeaderField last = header_fields(whole).back();
        EXPECT_EQ(last.bit + last.bits, whole.size() * 8);
    }
}

TEST(HeaderFields, OptionsThatRepeatAreToldApart) {
    const Headers sack = {1, 1, 5, 18, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4};
    const Headers headers = kIpv4 + kTcpFixed + sack;
    EXPECT_EQ(value(headers, Field::SackLeft, 0), 1U);
    EXPECT_EQ(value(headers, Field::SackRight, 1), 4U);
    EXPECT_NE(find(header_fields(headers), Field::NoOperation, 1), nullptr);
}

TEST(HeaderFields, OptionsThatMakeNoSenseAreOneField) {
    for (const Headers& bad : {Headers{2, 0, 1, 1}, Headers{2, 1, 1, 1}, Headers{2, 9, 1, 1}}) {
        const auto fields = header_fields(kIpv4 + kTcpFixed + bad);
        EXPECT_EQ(fields.back().id.field, Field::MalformedOption);
        EXPECT_EQ(fields.back().bits, 32U);
    }
    const auto ended = header_fields(kIpv4 + kTcpFixed + Headers{0, 0, 0, 0});
    EXPECT_EQ(ended.back().id.field, Field::OptionPadding);
    EXPECT_EQ(ended.back().bits, 24U);
}

TEST(HeaderFields, OfWhatIsNoIpThereAreNone) {
    EXPECT_TRUE(header_fields({}).empty());
    const Headers other(40, 0x75);
    EXPECT_TRUE(header_fields(other).empty());
}

}  // namespace
}  // namespace tcpstep::model
