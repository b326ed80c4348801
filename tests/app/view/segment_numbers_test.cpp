// That texts tell a segment by its number, not by its id: see model::SegmentNumbers.
#include <gtest/gtest.h>

#include "app/view/claim_words.hpp"
#include "app/view/diagram/edge_words.hpp"
#include "app/view/event_more.hpp"
#include "app/view/event_numbers.hpp"
#include "app/view/event_sentence.hpp"
#include "app/view/marker_text.hpp"
#include "app/view/octets/field_meaning.hpp"
#include "app/view/octets/wire_fields.hpp"
#include "app/view/prediction_words.hpp"
#include "app/view/segment_title.hpp"
#include "app/view/terminal/text_ladder.hpp"
#include "model/claim/by_hand.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;
using namespace std::chrono_literals;
using testing::RunBuilder;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

// The SYN is held while its sender sends it again twice (2, 3), the answer while its sender does so
// once (5); the third segment is 6.
RunBuilder slow_handshake() {
    RunBuilder run(true);
    run.call(S, "listen", {{"fd", std::int64_t{3}}}).returns(S, "listen", 0).call(C, "connect");
    run.send(C, Flags::kSyn, 0, 0).held(1).later(1s).absorbed(1).later(2s).absorbed(1);
    run.delivered(1).send(S, Flags::kSyn | Flags::kAck, 0, 1).held(4);
    run.dropped(2).dropped(3).later(1s).absorbed(4);
    run.delivered(4).send(C, Flags::kAck, 1, 1).held(6).dropped(5);
    return run;
}

struct Told {
    explicit Told(const RunBuilder& run) : trace(run.trace), timeline(trace, 0) {
        index.catch_up(timeline);
    }
    // The latest event of that kind.
    template <class F>
    std::size_t last() const {
        for (std::size_t i = timeline.size(); i-- > 0;)
            if (std::holds_alternative<F>(timeline.event(i).fact)) return i;
        return 0;
    }
    template <class F>
    std::string sentence() const {
        return tell_event(timeline, index, last<F>(), false).sentence;
    }

    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

TEST(NumbersOfSegments, AreToldByWhatJustHappened) {
    EXPECT_EQ(Told(slow_handshake()).sentence<SegmentHeld>(),
              "Segment 3 (ACK) is held in flight; the server has not seen it yet.");
    EXPECT_EQ(Told(slow_handshake()).sentence<SegmentDelivered>(),
              "Segment 2 (SYN, ACK) reaches the client.");
    EXPECT_EQ(Told(slow_handshake()).sentence<SegmentDropped>(),
              "The gate drops the copy that it absorbed of segment 2: nobody waits for it.");
    RunBuilder late = slow_handshake();
    late.dropped(6).absorbed(4);
    EXPECT_EQ(
        Told(late).sentence<SegmentSent>(),
        "The server sends segment 2 again: its timer ran out, though nothing is lost. The gate "
        "absorbs the copy.");
    EXPECT_EQ(Told(late).sentence<SegmentDropped>().substr(0, 25), "Segment 3 (ACK) is lost; ");
    late.held(7);
    EXPECT_EQ(
        Told(late).sentence<SegmentHeld>(),
        "Segment 2c is segment 2 sent again. It was absorbed while that, or the answer to it, "
        "was in flight; now it is needed. Segment 2c (SYN, ACK) is held in flight; the client "
        "has not seen it yet.");
    late.again(4).duplicated(8);
    EXPECT_EQ(Told(late).sentence<SegmentSent>().substr(0, 33),
              "Sent again, because segment 2 was");
    EXPECT_EQ(Told(late).sentence<SegmentDuplicated>(),
              "A copy of segment 4 (SYN, ACK) is on its way to the client.");
    late.held_back(8, 9);
    EXPECT_NE(Told(late).sentence<SegmentHeldBack>().find("Segment 4 "), std::string::npos);
    EXPECT_NE(Told(late).sentence<SegmentHeldBack>().find("segment 5 "), std::string::npos);
}

TEST(NumbersOfSegments, HeadTheInspectorAndTheTips) {
    const Told told(slow_handshake());
    EXPECT_EQ(segment_title(told.timeline, 4), "SEGMENT 2 · SYN, ACK · server → client");
    EXPECT_EQ(segment_title(told.timeline, 6), "SEGMENT 3 · ACK · client → server");
    EXPECT_EQ(segment_title(told.timeline, 3), "SEGMENT 1c · SYN · client → server");
    EXPECT_EQ(segment_title(told.timeline, 7), "");
    EXPECT_EQ(segment_tip(told.timeline, 6, false)->substr(0, 34),
              "Segment 3 · client → server · ");
    const auto fields = octets::wire_fields(*told.timeline.segment(6), told.timeline.segment(4));
    ASSERT_FALSE(fields.empty());
    const std::string before = octets::field_meaning(told.timeline, told.index,
                                                     *told.timeline.segment(6), fields.front(), 4)
                                   .before;
    EXPECT_NE(before.find("segment 2"), std::string::npos) << before;
}

TEST(NumbersOfSegments, AreToldByStatesAndMore) {
    const Told told(slow_handshake());
    const TimelineIndex::Change& established = told.index.changes(C).back();
    EXPECT_EQ(diagram::cause_text(told.timeline, established), "segment 2 (SYN, ACK) arrives");
    EXPECT_EQ(numbers_of(told.timeline, told.index, told.last<SegmentHeld>(), false)
                  .front()
                  .substr(0, 12),
              "segment 3: .");
    std::string more;
    for (const MoreLine& line :
         tell_more(told.timeline, told.index, told.last<SegmentDelivered>(), false))
        more += line.text + "\n";
    EXPECT_NE(more.find("Segment 2 (SYN, ACK) reached the client."), std::string::npos) << more;
}

TEST(NumbersOfSegments, AreToldByQuestionsClaimsAndNotes) {
    const Told told(slow_handshake());
    Question question;
    question.segment = 6;
    question.endpoint = S;
    question.asked = Asked::NextState;
    EXPECT_EQ(question_text(question, told.timeline).substr(0, 16), "Segment 3 (ACK) ");
    ClaimChecked checked;
    Sighting dropped;
    dropped.event = claim::kDroppedByHand;
    dropped.segment = 6;
    checked.seen.push_back(dropped);
    EXPECT_EQ(evidence_text(checked, told.trace), "segment 3 was dropped by you");
    EXPECT_EQ(marker_text({"gate", "segment 6 did not stop at the gate"}, told.trace.numbers()),
              "segment 3 did not stop at the gate");
    EXPECT_EQ(marker_text({"gate", "segment x did not stop at the gate"}, told.trace.numbers()),
              "segment x did not stop at the gate");
}

TEST(NumbersOfSegments, AreToldInTheTerminal) {
    RunBuilder run = slow_handshake();
    run.send(S, Flags::kAck, 1, 1).held(7).absorbed(7);
    EXPECT_NE(terminal::text_ladder(Told(run).timeline).find("segment 4: sent again 1x"),
              std::string::npos)
        << terminal::text_ladder(Told(run).timeline);
}

}  // namespace
}  // namespace tcpstep::view
