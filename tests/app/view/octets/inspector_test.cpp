// The segment inspector's values: fields with their names and what differs, the rows of 32 bits,
// the hex dump, and what each field means.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "app/view/octets/hex_dump.hpp"
#include "app/view/octets/field_meaning.hpp"
#include "app/view/octets/header_rows.hpp"
#include "app/view/octets/wire_fields.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;

constexpr Role C = Role::Client;

struct Sample {
    explicit Sample(Trace t) : trace(std::move(t)), timeline(trace, 0) { index.catch_up(timeline); }
    const Segment& segment(SegmentId id) const { return *timeline.segment(id); }
    SegmentId before(SegmentId id) const { return index.sent_before(timeline, id); }
    std::vector<octets::WireField> fields(SegmentId id) const {
        return octets::wire_fields(segment(id), timeline.segment(before(id)));
    }
    octets::WireField field(SegmentId id, Field which) const {
        for (const octets::WireField& one : fields(id))
            if (one.place.id.field == which) return one;
        ADD_FAILURE() << "segment " << id << " has no such field";
        return {};
    }
    octets::FieldMeaning meaning(SegmentId id, Field which) const {
        return octets::field_meaning(timeline, index, segment(id), field(id, which), before(id));
    }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

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
    for (const octets::WireField& field : sample.fields(1))
        EXPECT_FALSE(field.differs) << field.name;
    EXPECT_FALSE(sample.field(3, Field::SourcePort).differs);
    const octets::WireField syn = sample.field(3, Field::Syn);
    EXPECT_TRUE(syn.differs);
    EXPECT_EQ(syn.before, "1");
    EXPECT_EQ(syn.value, "0");
    const octets::WireField sequence = sample.field(3, Field::Sequence);
    EXPECT_TRUE(sequence.differs);
    EXPECT_EQ(sequence.before, "1720913139");
}

TEST(WireFields, AFieldThatTheSegmentBeforeHadNotDiffersToo) {
    Segment with = Sample(testing::whole_run()).segment(1);
    Segment without = with;
    without.headers.resize(40);
    for (const octets::WireField& field : octets::wire_fields(with, &without)) {
        if (field.part != octets::WirePart::Options) continue;
        EXPECT_TRUE(field.differs) << field.name;
        EXPECT_EQ(field.before, "");
    }
}

TEST(WireFields, OfASegmentWithoutBytesThereAreNone) {
    Segment segment;
    EXPECT_TRUE(octets::wire_fields(segment, nullptr).empty());
    const Sample sample(testing::whole_run());
    // Nothing is known of the one before: nothing differs from it.
    for (const octets::WireField& field : octets::wire_fields(sample.segment(3), &segment))
        EXPECT_FALSE(field.differs);
}

TEST(FieldAt, FindsTheFieldOfEachBit) {
    const Sample sample(testing::whole_run());
    const auto fields = sample.fields(1);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        EXPECT_EQ(octets::field_at(fields, fields[i].place.bit), i);
        EXPECT_EQ(octets::field_at(fields, fields[i].place.bit + fields[i].place.bits - 1), i);
    }
    EXPECT_EQ(octets::field_at(fields, sample.segment(1).headers.size() * 8), fields.size());
}

// Each bit of the headers is in exactly one box, in the row and column of its place.
TEST(octets::HeaderRows, CoverEachBitOnce) {
    for (bool v6 : {false, true}) {
        const Sample sample(testing::whole_run(v6));
        for (SegmentId id = 1; sample.timeline.segment(id) != nullptr; ++id) {
            const auto fields = sample.fields(id);
            const octets::HeaderRows rows = octets::header_rows(fields);
            std::vector<std::size_t> owner(rows.rows * 32, fields.size());
            for (const octets::HeaderBox& box : rows.boxes) {
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
                EXPECT_EQ(owner[bit], octets::field_at(fields, bit)) << bit;
        }
    }
}

TEST(octets::HeaderRows, AreTheRfcsRows) {
    const Sample four(testing::whole_run());
    const Sample six(testing::whole_run(true));
    const octets::HeaderRows rows4 = octets::header_rows(four.fields(3));
    const octets::HeaderRows rows6 = octets::header_rows(six.fields(3));
    ASSERT_GE(rows4.bands.size(), 2U);
    EXPECT_EQ(rows4.bands[0].rows, 5U);
    EXPECT_EQ(rows4.bands[1].row, 5U);
    EXPECT_EQ(rows4.bands[1].rows, 5U);
    EXPECT_EQ(rows6.bands[0].rows, 10U);
    EXPECT_EQ(rows6.bands[1].row, 10U);
    EXPECT_EQ(octets::tall_row(rows4, four.fields(3)), 8U);
    EXPECT_EQ(octets::tall_row(rows6, six.fields(3)), 13U);
}

TEST(octets::HeaderRows, OfADividedFieldOneBoxIsNamed) {
    const Sample sample(testing::whole_run());
    const auto fields = sample.fields(1);
    const octets::HeaderRows rows = octets::header_rows(fields);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        EXPECT_EQ(std::count_if(
                      rows.boxes.begin(), rows.boxes.end(),
                      [&](const octets::HeaderBox& box) { return box.field == i && box.named; }),
                  1)
            << fields[i].name;
    }
}

TEST(HexDump, ShowsWhatIsPrintableAndHasRoom) {
    EXPECT_EQ(octets::letter_of('A'), 'A');
    EXPECT_EQ(octets::letter_of(0), '.');
    EXPECT_EQ(octets::letter_of(0x7f), '.');
    EXPECT_EQ(octets::letter_of(0xe4), '.');
    EXPECT_EQ(octets::offset_of(64), "0040");
    EXPECT_EQ(octets::octets_in_line(200), 16U);
    EXPECT_EQ(octets::octets_in_line(static_cast<float>(octets::letters_of_line(16))), 16U);
    EXPECT_EQ(octets::octets_in_line(static_cast<float>(octets::letters_of_line(16)) - 1), 8U);
    EXPECT_EQ(octets::octets_in_line(1), 4U);
}

TEST(HexDump, AFieldTakesItsShareOfAnOctet) {
    EXPECT_TRUE(octets::share_of(1, 0, 8).empty());
    EXPECT_FLOAT_EQ(octets::share_of(0, 4, 4).from, 0.5F);
    EXPECT_FLOAT_EQ(octets::share_of(0, 4, 4).to, 1);
    EXPECT_FLOAT_EQ(octets::share_of(2, 8, 32).to, 1);
    EXPECT_TRUE(octets::share_of(9, 8, 32).empty());
}

TEST(octets::FieldMeaning, GivesValueMeaningPlaceAndWhatWasBefore) {
    const Sample sample(testing::whole_run());
    const octets::FieldMeaning ack = sample.meaning(3, Field::Acknowledgment);
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

TEST(octets::FieldMeaning, ScalesTheWindowByWhatTheSynsAgreedOn) {
    const Sample sample(testing::whole_run());
    const Segment& ack = sample.segment(3);
    EXPECT_NE(sample.meaning(3, Field::Window)
                  .meaning.find(std::to_string(ack.window) +
                                " × 128 = " + std::to_string(std::uint64_t{ack.window} * 128)),
              std::string::npos)
        << sample.meaning(3, Field::Window).meaning;
    EXPECT_NE(sample.meaning(1, Field::Window).meaning.find("never scaled"), std::string::npos);
}

TEST(octets::FieldMeaning, EveryFieldHasOneInBothLanguages) {
    const auto told = [](const Sample& sample) {
        for (SegmentId id = 1; sample.timeline.segment(id) != nullptr; ++id) {
            for (const octets::WireField& field : sample.fields(id)) {
                const octets::FieldMeaning meaning = octets::field_meaning(
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
TEST(octets::FieldMeaning, IsKnownForEveryKindOfOption) {
    const Sample sample(testing::whole_run());
    Segment segment = sample.segment(1);
    segment.headers.resize(40);
    const std::vector<std::uint8_t> options = {5, 10, 0,  0, 0, 1, 0, 0, 0, 2, 34, 6, 1, 2,
                                               3, 4,  30, 4, 1, 2, 4, 2, 1, 2, 9,  0, 0, 0};
    segment.headers.insert(segment.headers.end(), options.begin(), options.end());
    std::set<Field> met;
    for (const octets::WireField& field : octets::wire_fields(segment, nullptr)) {
        met.insert(field.place.id.field);
        EXPECT_FALSE(octets::field_meaning(sample.timeline, sample.index, segment, field, 0)
                         .meaning.empty());
    }
    for (Field field : {Field::SackLeft, Field::SackRight, Field::Cookie, Field::OptionData,
                        Field::MalformedOption})
        EXPECT_EQ(met.count(field), 1U) << static_cast<int>(field);
}

}  // namespace
}  // namespace tcpstep::view
