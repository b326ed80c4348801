// The segment inspector's values: fields with their names and what differs, the rows of 32 bits,
// the hex dump, and what each field means.
#include <algorithm>
#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "app/view/octets/field_brief.hpp"
#include "app/view/octets/field_meaning.hpp"
#include "app/view/octets/header_rows.hpp"
#include "app/view/octets/hex_dump.hpp"
#include "app/view/octets/payload_fields.hpp"
#include "app/view/octets/wire_fields.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view::octets {
namespace {

using namespace model;

constexpr Role C = Role::Client;

struct Sample {
    explicit Sample(Trace t) : trace(std::move(t)), timeline(trace, 0) { index.catch_up(timeline); }
    const Segment& segment(SegmentId id) const { return *timeline.segment(id); }
    SegmentId before(SegmentId id) const { return index.sent_before(timeline, id); }
    std::vector<WireField> fields(SegmentId id) const {
        return wire_fields(segment(id), timeline.segment(before(id)));
    }
    WireField field(SegmentId id, Field which) const {
        for (const WireField& one : fields(id))
            if (one.place.id.field == which) return one;
        ADD_FAILURE() << "segment " << id << " has no such field";
        return {};
    }
    FieldMeaning meaning(SegmentId id, Field which) const {
        return field_meaning(timeline, index, segment(id), field(id, which), before(id));
    }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

// A field of few bits has room for few letters: no name is cut to "V…n".
TEST(BriefName, IsShorterThanTheNameAndTheRfcsOwn) {
    const Sample sample(testing::whole_run());
    for (const WireField& field : sample.fields(1)) {
        const std::string_view brief = brief_name(field.place.id.field);
        if (!brief.empty()) {
            EXPECT_LE(brief.size(), field.name.size()) << field.name;
        }
        // Four bits and more have room for the name, or for the brief one, and the value.
        const std::string_view shown = brief.empty() ? std::string_view(field.name) : brief;
        if (field.place.bits >= 4 && field.place.bits < 16) {
            EXPECT_LE(shown.size(), 7U) << shown;
        }
    }
    EXPECT_EQ(brief_name(Field::Version), "Ver");
    EXPECT_EQ(brief_name(Field::HeaderLength), "IHL");
    EXPECT_EQ(brief_name(Field::DataOffset), "DOffset");
    EXPECT_EQ(brief_name(Field::Syn), "") << "it is as short as can be";
}

TEST(SentBefore, IsTheLatestOfTheSameEnd) {
    const Sample sample(testing::whole_run());
    EXPECT_EQ(sample.before(1), 0U);
    EXPECT_EQ(sample.before(2), 0U);
    EXPECT_EQ(sample.before(3), 1U);
    EXPECT_EQ(sample.index.first_sent(sample.timeline, C), 1U);
    EXPECT_EQ(sample.index.first_sent(sample.timeline, Role::Server), 2U);
    for (SegmentId id = 4; sample.timeline.segment(id) != nullptr; ++id) {
        SegmentId last = 0;
        for (SegmentId other = 1; other < id; ++other)
            if (sample.segment(other).from == sample.segment(id).from) last = other;
        EXPECT_EQ(sample.before(id), last) << id;
    }
}

TEST(SentBefore, LeavesOutWhatTheGateAbsorbed) {
    testing::RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0).held(1).absorbed(1).absorbed(1);
    run.again(1);
    const Sample sample(run.trace);
    EXPECT_EQ(sample.before(4), 1U);
    EXPECT_EQ(sample.before(2), 1U);
}

TEST(WireFields, HaveNamesAndValuesAsPeopleWriteThem) {
    const Sample sample(testing::whole_run());
    EXPECT_EQ(sample.field(1, Field::SourceAddress).value, "127.0.0.1");
    EXPECT_EQ(sample.field(1, Field::DestinationPort).value, "8000");
    EXPECT_EQ(sample.field(1, Field::Sequence).value, "1720913139");
    EXPECT_EQ(sample.field(1, Field::Syn).name, "SYN");
    EXPECT_EQ(sample.field(1, Field::Syn).value, "1");
    EXPECT_EQ(sample.field(1, Field::Ack).value, "0");
    EXPECT_TRUE(sample.field(1, Field::Checksum).value.starts_with("0x"));
    EXPECT_EQ(Sample(testing::whole_run(true)).field(1, Field::SourceAddress).value,
              "2001:db8:85a3:8d3:1319:8a2e:370:7348");
    EXPECT_EQ(sample.field(1, Field::TotalLength).value, "60");
}

TEST(WireFields, TellWhatDiffersFromTheSegmentBeforeOfThatDirection) {
    const Sample sample(testing::whole_run());
    for (const WireField& field : sample.fields(1)) EXPECT_FALSE(field.differs) << field.name;
    EXPECT_FALSE(sample.field(3, Field::SourcePort).differs);
    const WireField syn = sample.field(3, Field::Syn);
    EXPECT_TRUE(syn.differs);
    EXPECT_EQ(syn.before, "1");
    EXPECT_EQ(syn.value, "0");
    const WireField sequence = sample.field(3, Field::Sequence);
    EXPECT_TRUE(sequence.differs);
    EXPECT_EQ(sequence.before, "1720913139");
}

TEST(WireFields, AFieldThatTheSegmentBeforeHadNotDiffersToo) {
    Segment with = Sample(testing::whole_run()).segment(1);
    Segment without = with;
    without.headers.resize(40);
    for (const WireField& field : wire_fields(with, &without)) {
        if (field.part != WirePart::Options) continue;
        EXPECT_TRUE(field.differs) << field.name;
        EXPECT_EQ(field.before, "");
    }
}

TEST(WireFields, OfASegmentWithoutBytesThereAreNone) {
    Segment segment;
    EXPECT_TRUE(wire_fields(segment, nullptr).empty());
    const Sample sample(testing::whole_run());
    // Nothing is known of the one before: nothing differs from it.
    for (const WireField& field : wire_fields(sample.segment(3), &segment))
        EXPECT_FALSE(field.differs);
}

TEST(FieldAt, FindsTheFieldOfEachBit) {
    const Sample sample(testing::whole_run());
    const auto fields = sample.fields(1);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        EXPECT_EQ(field_at(fields, fields[i].place.bit), i);
        EXPECT_EQ(field_at(fields, fields[i].place.bit + fields[i].place.bits - 1), i);
    }
    EXPECT_EQ(field_at(fields, sample.segment(1).headers.size() * 8), fields.size());
}

// Each bit of the headers is in exactly one box, in the row and column of its place.
TEST(HeaderRows, CoverEachBitOnce) {
    for (bool v6 : {false, true}) {
        const Sample sample(testing::whole_run(v6));
        for (SegmentId id = 1; sample.timeline.segment(id) != nullptr; ++id) {
            const auto fields = sample.fields(id);
            const HeaderRows rows = header_rows(fields);
            std::vector<std::size_t> owner(rows.rows * 32, fields.size());
            for (const HeaderBox& box : rows.boxes) {
                ASSERT_TRUE(box.rows == 1 || (box.first_bit == 0 && box.bits == 32));
                for (std::size_t row = box.row; row < box.row + box.rows; ++row) {
                    for (unsigned bit = box.first_bit; bit < box.first_bit + box.bits; ++bit) {
                        ASSERT_LT(bit, 32U);
                        EXPECT_EQ(owner[row * 32 + bit], fields.size()) << "twice";
                        owner[row * 32 + bit] = box.field;
                    }
                }
            }
            for (std::size_t bit = 0; bit < sample.segment(id).headers.size() * 8; ++bit)
                EXPECT_EQ(owner[bit], field_at(fields, bit)) << bit;
        }
    }
}

TEST(HeaderRows, AreTheRfcsRows) {
    const Sample four(testing::whole_run());
    const Sample six(testing::whole_run(true));
    const HeaderRows rows4 = header_rows(four.fields(3));
    const HeaderRows rows6 = header_rows(six.fields(3));
    ASSERT_GE(rows4.bands.size(), 2U);
    EXPECT_EQ(rows4.bands[0].rows, 5U);
    EXPECT_EQ(rows4.bands[1].row, 5U);
    EXPECT_EQ(rows4.bands[1].rows, 5U);
    EXPECT_EQ(rows6.bands[0].rows, 10U);
    EXPECT_EQ(rows6.bands[1].row, 10U);
    EXPECT_EQ(tall_row(rows4, four.fields(3)), 8U);
    EXPECT_EQ(tall_row(rows6, six.fields(3)), 13U);
}

TEST(HeaderRows, OfADividedFieldOneBoxIsNamed) {
    const Sample sample(testing::whole_run());
    const auto fields = sample.fields(1);
    const HeaderRows rows = header_rows(fields);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        EXPECT_EQ(std::count_if(rows.boxes.begin(), rows.boxes.end(),
                                [&](const HeaderBox& box) { return box.field == i && box.named; }),
                  1)
            << fields[i].name;
    }
}

TEST(HexDump, ShowsWhatIsPrintableAndHasRoom) {
    EXPECT_EQ(letter_of('A'), 'A');
    EXPECT_EQ(letter_of(0), '.');
    EXPECT_EQ(letter_of(0x7f), '.');
    EXPECT_EQ(letter_of(0xe4), '.');
    EXPECT_EQ(offset_of(64), "0040");
    EXPECT_EQ(octets_in_line(200), 16U);
    EXPECT_EQ(octets_in_line(static_cast<float>(letters_of_line(16))), 16U);
    EXPECT_EQ(octets_in_line(static_cast<float>(letters_of_line(16)) - 1), 8U);
    EXPECT_EQ(octets_in_line(1), 4U);
}

TEST(HexDump, AFieldTakesItsShareOfAnOctet) {
    EXPECT_TRUE(share_of(1, 0, 8).empty());
    EXPECT_FLOAT_EQ(share_of(0, 4, 4).from, 0.5F);
    EXPECT_FLOAT_EQ(share_of(0, 4, 4).to, 1);
    EXPECT_FLOAT_EQ(share_of(2, 8, 32).to, 1);
    EXPECT_TRUE(share_of(9, 8, 32).empty());
}

TEST(FieldMeaning, GivesValueMeaningPlaceAndWhatWasBefore) {
    const Sample sample(testing::whole_run());
    const FieldMeaning ack = sample.meaning(3, Field::Acknowledgment);
    EXPECT_EQ(ack.value, "2927174068   relative 1");
    EXPECT_EQ(ack.place, "octets 28 to 31, 32 bits");
    EXPECT_EQ(ack.source, "RFC 9293 3.4 · Sequence Numbers");
    EXPECT_TRUE(ack.before.starts_with("in segment 1: ")) << ack.before;
    EXPECT_EQ(sample.meaning(1, Field::Acknowledgment).meaning,
              "means nothing without the ACK flag");
    EXPECT_EQ(sample.meaning(1, Field::Syn).before, "the first segment of this direction");
    EXPECT_EQ(sample.meaning(3, Field::SourcePort).before, "as in segment 1");
    EXPECT_EQ(sample.meaning(1, Field::Version).place, "octet 0, 4 bits");
    EXPECT_EQ(sample.meaning(1, Field::Syn).place, "octet 33, bit 6");
    EXPECT_EQ(sample.meaning(1, Field::Version).source, "RFC 791 3.1");
    EXPECT_EQ(Sample(testing::whole_run(true)).meaning(1, Field::Version).source, "RFC 8200 3");
}

TEST(FieldMeaning, ScalesTheWindowByWhatTheSynsAgreedOn) {
    const Sample sample(testing::whole_run());
    const Segment& ack = sample.segment(3);
    EXPECT_NE(sample.meaning(3, Field::Window)
                  .meaning.find(std::to_string(ack.window) +
                                " × 128 = " + std::to_string(std::uint64_t{ack.window} * 128)),
              std::string::npos)
        << sample.meaning(3, Field::Window).meaning;
    EXPECT_NE(sample.meaning(1, Field::Window).meaning.find("never scaled"), std::string::npos);
}

TEST(FieldMeaning, EveryFieldHasOneInBothLanguages) {
    const auto told = [](const Sample& sample) {
        for (SegmentId id = 1; sample.timeline.segment(id) != nullptr; ++id) {
            for (const WireField& field : sample.fields(id)) {
                const FieldMeaning meaning = field_meaning(
                    sample.timeline, sample.index, sample.segment(id), field, sample.before(id));
                for (const std::string& words : {meaning.name, meaning.value, meaning.place,
                                                 meaning.meaning, meaning.source, meaning.before}) {
                    EXPECT_FALSE(words.empty()) << field.name;
                    EXPECT_EQ(words.find_first_of("{}"), std::string::npos) << words;
                }
            }
        }
    };
    for (bool v6 : {false, true}) {
        told(Sample(testing::whole_run(v6)));
        const testing::InChinese chinese;
        told(Sample(testing::whole_run(v6)));
    }
}

// Fields that no sample run has, of every kind of option.
TEST(FieldMeaning, IsKnownForEveryKindOfOption) {
    const Sample sample(testing::whole_run());
    Segment segment = sample.segment(1);
    segment.headers.resize(40);
    const std::vector<std::uint8_t> options = {5, 10, 0,  0, 0, 1, 0, 0, 0, 2, 34, 6, 1, 2,
                                               3, 4,  30, 4, 1, 2, 4, 2, 1, 2, 9,  0, 0, 0};
    segment.headers.insert(segment.headers.end(), options.begin(), options.end());
    std::set<Field> met;
    for (const WireField& field : wire_fields(segment, nullptr)) {
        met.insert(field.place.id.field);
        EXPECT_FALSE(
            field_meaning(sample.timeline, sample.index, segment, field, 0).meaning.empty());
    }
    for (Field field : {Field::SackLeft, Field::SackRight, Field::Cookie, Field::OptionData,
                        Field::MalformedOption})
        EXPECT_EQ(met.count(field), 1U) << static_cast<int>(field);
}

// Segment 4 of the whole run carries five octets.
Sample with_payload(std::vector<std::uint8_t> payload, std::uint32_t length) {
    Trace old = testing::whole_run();
    Trace trace;
    trace.intern(old.connections().front());
    for (Event event : old.events()) {
        if (auto* sent = std::get_if<SegmentSent>(&event.fact); sent && sent->segment.id == 4) {
            sent->segment.payload = payload;
            sent->segment.length = length;
        }
        trace.append(std::move(event));
    }
    return Sample(std::move(trace));
}

std::vector<std::uint8_t> octets_of(std::string_view text) {
    return {text.begin(), text.end()};
}

TEST(PayloadFields, FollowTheHeadersOctetByOctet) {
    const Sample sample = with_payload(octets_of("h\xc3\xa9!\n"), 5);
    const auto fields = sample.fields(4);
    const std::size_t headers = sample.segment(4).headers.size();
    const std::size_t first = fields.size() - 5;
    const char* const names[] = {"h", "é", "", "!", "\\n"};
    const char* const values[] = {"68", "c3", "a9", "21", "0a"};
    for (std::size_t i = 0; i < 5; ++i) {
        const WireField& field = fields[first + i];
        EXPECT_EQ(field.part, WirePart::Payload);
        EXPECT_EQ(field.name, names[i]);
        EXPECT_EQ(field.value, values[i]);
        EXPECT_FALSE(field.differs);
        EXPECT_EQ(field.place,
                  (HeaderField{
                      {Field::Payload, 0, static_cast<std::uint16_t>(i)}, 8 * (headers + i), 8}));
        EXPECT_EQ(field_at(fields, 8 * (headers + i) + 7), first + i);
    }
    EXPECT_EQ(field_at(fields, 8 * (headers + 5)), fields.size());
    EXPECT_NE(fields[first - 1].part, WirePart::Payload);
}

TEST(PayloadFields, HaveBoxesOfEightBitsInRowsOfTheirOwn) {
    const Sample sample = with_payload(octets_of("hello"), 5);
    const auto fields = sample.fields(4);
    const HeaderRows rows = header_rows(fields);
    const std::size_t row = sample.segment(4).headers.size() / 4;
    EXPECT_EQ(rows.rows, row + 2);
    ASSERT_EQ(rows.bands.back().part, WirePart::Payload);
    EXPECT_EQ(rows.bands.back().row, row);
    EXPECT_EQ(rows.bands.back().rows, 2U);
    const HeaderBox& last = rows.boxes.back();
    EXPECT_EQ(last.row, row + 1);
    EXPECT_EQ(last.first_bit, 0U);
    EXPECT_EQ(last.bits, 8U);
    EXPECT_TRUE(last.named);
}

TEST(PayloadFields, EachOctetHasItsSequenceNumber) {
    const Sample sample = with_payload(octets_of("hello"), 5);
    const FieldMeaning first = sample.meaning(4, Field::Payload);
    const auto fields = sample.fields(4);
    const FieldMeaning last = field_meaning(sample.timeline, sample.index, sample.segment(4),
                                            fields.back(), sample.before(4));
    const std::uint32_t seq = sample.segment(4).seq.raw();
    EXPECT_EQ(first.name, "Octet 1 of the payload");
    EXPECT_EQ(first.value, "104   0x68   h");
    EXPECT_EQ(first.before, "octet 1 of 5 that it carries");
    EXPECT_EQ(first.source, "RFC 9293 3.4 · Sequence Numbers");
    const std::string at = "octet " + std::to_string(sample.segment(4).headers.size()) + ", 8 bits";
    EXPECT_EQ(first.place, at);
    EXPECT_NE(first.meaning.find(std::to_string(seq) + ", relative 1."), std::string::npos)
        << first.meaning;
    EXPECT_NE(last.meaning.find(std::to_string(seq + 4) + ", relative 5."), std::string::npos)
        << last.meaning;
}

TEST(PayloadCharacters, AreHarmlessAndKnowTheirOctets) {
    // A terminal's escape, a zero, an override of the direction of writing, half a character.
    const auto payload =
        octets_of(std::string_view("a\x1b[2J\0\xe2\x80\xae\n\xe4\xbd\xa0\xe4", 14));
    std::string text;
    std::size_t octet = 0;
    for (const PayloadCharacter& one : payload_characters(payload)) {
        EXPECT_EQ(one.octet, octet);
        octet += one.octets;
        EXPECT_EQ(one.ends_line, one.shown == "\\n");
        text += one.as_it_is ? one.shown : "<" + one.shown + ">";
    }
    EXPECT_EQ(octet, payload.size());
    EXPECT_EQ(text, "a<\\x1b>[2J<\\x00><\\u202e><\\n>你<\\xe4>");
}

TEST(PayloadExtent, SaysHowMuchIsThereAndWhatIsMissing) {
    EXPECT_EQ(payload_extent(0, 0), "");
    EXPECT_EQ(payload_gap(0, 0), "");
    EXPECT_EQ(payload_extent(1, 1), "payload, 1 octet");
    EXPECT_EQ(payload_extent(5, 5), "payload, 5 octets");
    EXPECT_EQ(payload_gap(5, 5), "");
    EXPECT_EQ(payload_extent(1460, 256), "payload, the first 256 of 1460 octets");
    EXPECT_EQ(payload_gap(1460, 256), "cut here: 256 of 1460 octets are kept");
    EXPECT_EQ(payload_extent(5, 0), "payload not kept: 5 octets");
    EXPECT_EQ(payload_gap(5, 0), "payload not kept: 5 octets");
    EXPECT_EQ(payload_gap(1, 0), "payload not kept: 1 octet");
    const testing::InChinese chinese;
    EXPECT_EQ(payload_gap(1460, 256), "到此截断：1460 字节中保存了 256 字节");
}

}  // namespace
}  // namespace tcpstep::view::octets
