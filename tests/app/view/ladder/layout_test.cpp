#include "app/view/ladder/layout.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "app/view/ladder/axis.hpp"
#include "app/view/ladder/frame.hpp"
#include "tests/app/view/ladder/sample.hpp"

namespace tcpstep::view::ladder {
namespace {

using namespace model;
using namespace std::chrono_literals;
using namespace testing;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

void expect_no_overlap(const Ladder& ladder, std::size_t position, float width) {
    for (std::size_t i = 0; i < ladder.texts.size(); ++i) {
        for (std::size_t j = i + 1; j < ladder.texts.size(); ++j) {
            EXPECT_FALSE(overlap(ladder.texts[i].box, ladder.texts[j].box))
                << ladder.texts[i].text << " over " << ladder.texts[j].text << " at " << position
                << " in " << width;
        }
    }
}

// What is said between the lifelines.
std::vector<LadderText> notes(const Ladder& ladder) {
    std::vector<LadderText> list;
    for (const LadderText& text : ladder.texts) {
        if (text.style == TextStyle::Small) list.push_back(text);
    }
    return list;
}

std::vector<std::string> words(const Ladder& ladder) {
    std::vector<std::string> list;
    for (const LadderText& text : notes(ladder)) list.push_back(text.text);
    return list;
}

TEST(Ladder, NoTwoTextsOverlapWhateverIsShown) {
    for (const Trace& trace : all_runs()) {
        const LadderSample sample(trace);
        for (float width : {300.0F, 500.0F, 760.0F, 1400.0F}) {
            for (std::size_t position = 0; position <= sample.timeline.size(); ++position) {
                expect_no_overlap(sample.at(position, width), position, width);
                // And as it was when that was the present.
                LadderInput input = sample.input_at(position, width);
                const std::size_t last = position == 0 ? 0 : position - 1;
                input.now = sample.timeline.event(last).time + 200ms;
                expect_no_overlap(lay_out_ladder(input), position, width);
            }
        }
    }
}

TEST(Ladder, StaysWithinItsWidth) {
    for (const Trace& trace : all_runs()) {
        const LadderSample sample(trace);
        for (float width : {400.0F, 760.0F, 1400.0F}) {
            for (std::size_t position = 0; position <= sample.timeline.size(); ++position) {
                for (const LadderText& text : sample.at(position, width).texts) {
                    EXPECT_GE(text.box.x, 0) << text.text;
                    EXPECT_LE(text.box.right(), width) << text.text;
                }
            }
        }
    }
}

TEST(Ladder, ASegmentIsAnArrowFromItsSenderDownToItsReceiver) {
    const Ladder ladder = LadderSample(whole_run()).whole();
    const Arrow& syn = arrow_of(ladder, 1);
    const Arrow& syn_ack = arrow_of(ladder, 2);
    EXPECT_EQ(syn.kind, SegmentKind::Syn);
    EXPECT_EQ(syn.flight, Flight::Arrives);
    EXPECT_LT(syn.from.x, syn.to.x);
    EXPECT_LT(syn.from.y, syn.to.y);
    EXPECT_GT(syn_ack.from.x, syn_ack.to.x);
    EXPECT_LT(syn.to.y, syn_ack.from.y);
}

TEST(Ladder, EventsFromThePositionOnAreNotDrawnButForTheNextSegment) {
    const LadderSample sample(whole_run());
    const std::size_t syn = *sample.timeline.event_of_segment(1);
    const Ladder ladder = sample.at(syn + 1);
    ASSERT_EQ(ladder.arrows.size(), 2U);
    EXPECT_EQ(ladder.arrows[0].segment, 1U);
    EXPECT_TRUE(ladder.arrows[0].now);
    EXPECT_EQ(ladder.arrows[1].flight, Flight::Ghost);
    EXPECT_EQ(ladder.arrows[1].segment, 0U);
    EXPECT_TRUE(says(ladder, "next: SYN, ACK"));
    EXPECT_FALSE(says(ladder, "ESTABLISHED"));
}

TEST(Ladder, ForetellsNoSegmentWhileThereAreSocketsOfAfUnixOnly) {
    RunBuilder run;
    run.call(C, "socket", {{"domain", "AF_UNIX"}}).returns(C, "socket", 3);
    const std::size_t local = run.trace.events().size();
    run.call(C, "socket", {{"domain", "AF_INET"}}).returns(C, "socket", 4);
    const std::size_t tcp = run.trace.events().size();
    run.send(C, Flags::kSyn, 0, 0);
    const LadderSample sample(run.trace);
    EXPECT_FALSE(says(sample.at(local), "next: SYN"));
    EXPECT_TRUE(says(sample.at(tcp), "next: SYN"));
}

TEST(Ladder, StatesStandWhereTheyChange) {
    const Ladder ladder = LadderSample(whole_run()).whole();
    const Arrow& fin = arrow_of(ladder, 8);
    ASSERT_EQ(fin.kind, SegmentKind::Fin);
    for (const LadderText& text : ladder.texts) {
        if (text.text == "FIN_WAIT_1") {
            EXPECT_NEAR(text.box.centre().y, fin.from.y, 1);
        }
        if (text.text == "CLOSE_WAIT") {
            EXPECT_NEAR(text.box.centre().y, fin.to.y, 1);
        }
    }
    for (const char* state : {"LISTEN", "SYN_SENT", "SYN_RCVD", "ESTABLISHED", "FIN_WAIT_1",
                              "FIN_WAIT_2", "TIME_WAIT", "CLOSE_WAIT", "LAST_ACK", "CLOSED"}) {
        EXPECT_TRUE(says(ladder, state)) << state;
    }
}

TEST(Ladder, LifelinesAreUnbrokenAndFollowTheStates) {
    const Ladder ladder = LadderSample(whole_run()).whole();
    for (Role role : {C, S}) {
        float y = -1;
        std::vector<State> states;
        for (const LifelineSpan& span : ladder.lifelines) {
            if (span.role != role) continue;
            if (y >= 0) {
                EXPECT_FLOAT_EQ(span.top, y);
            }
            EXPECT_GT(span.bottom, span.top);
            y = span.bottom;
            states.push_back(span.state);
        }
        EXPECT_FLOAT_EQ(y, 4000);
        const std::vector<State> client = {State::Closed,   State::SynSent,  State::Established,
                                           State::FinWait1, State::FinWait2, State::TimeWait};
        const std::vector<State> server = {State::Closed,      State::Listen,    State::SynRcvd,
                                           State::Established, State::CloseWait, State::LastAck,
                                           State::Closed};
        // Before the first event nothing is known; that stretch has no height or is UNKNOWN.
        if (states.front() == State::Unknown) states.erase(states.begin());
        EXPECT_EQ(states, role == C ? client : server);
    }
}

TEST(Ladder, ACallIsABarFromEntryToReturn) {
    const LadderSample sample(held_handshake());
    const Ladder ladder = sample.whole();
    const auto open = std::count_if(ladder.bars.begin(), ladder.bars.end(),
                                    [](const CallBar& bar) { return bar.open; });
    EXPECT_EQ(open, 2);  // connect() and accept() wait
    for (const CallBar& bar : ladder.bars) {
        EXPECT_LT(bar.top, bar.bottom);
        EXPECT_TRUE(bar.role == C ? bar.x < ladder.client_x : bar.x > ladder.server_x);
    }
}

TEST(Ladder, ACallThatReturnsAtOnceIsOneLine) {
    const LadderSample sample(whole_run());
    EXPECT_TRUE(says(sample.whole(), "bind() = 0"));
    EXPECT_FALSE(says(sample.whole(), "bind()"));
    EXPECT_TRUE(says(sample.at(2), "socket()"));  // it has not returned yet
    EXPECT_TRUE(says(sample.at(3), "socket() = 4"));
}

// As those of a parent and its child do.
TEST(Ladder, CallsThatOverlapStandBesideEachOtherAndTheirWordsBesideAll) {
    RunBuilder run;
    run.call(S, "accept").call(S, "recv").call(S, "send").returns(S, "recv", 5);
    run.call(S, "close").returns(S, "send", 5).call(C, "connect").call(S, "waitpid");
    const LadderSample sample(run.trace);
    EXPECT_EQ(sample.rows.lanes(S), 3U);
    EXPECT_EQ(sample.rows.lanes(C), 1U);
    const Ladder ladder = sample.whole();
    std::map<CallId, float> away;
    for (const CallBar& bar : ladder.bars) {
        if (bar.role == S) away[bar.call] = bar.x - ladder.server_x;
    }
    ASSERT_EQ(away.size(), 5U);
    EXPECT_LT(away[1], away[2]);
    EXPECT_LT(away[2], away[3]);
    EXPECT_EQ(away[4], away[2]) << "close() was called when recv() had returned";
    EXPECT_EQ(away[6], away[3]) << "waitpid() when send() had";
    for (const CallBar& bar : ladder.bars) {
        const Rect box = {bar.x - bar.w / 2, bar.top, bar.w, bar.bottom - bar.top};
        for (const LadderText& text : ladder.texts)
            EXPECT_FALSE(overlap(text.box, box)) << text.text << " over call " << bar.call;
    }
    // They stay where they are when it is scrolled.
    const Ladder scrolled = sample.at(sample.timeline.size(), 760, 4000, 60);
    for (const CallBar& bar : scrolled.bars) {
        if (bar.role != S) continue;
        EXPECT_EQ(bar.x - scrolled.server_x, away[bar.call]);
    }
}

TEST(Ladder, ManyOverlappingCallsAreNarrowerBesideEachOther) {
    RunBuilder run;
    for (int i = 0; i < 12; ++i) run.call(S, "recv");
    const Ladder ladder = LadderSample(run.trace).whole();
    ASSERT_EQ(ladder.bars.size(), 12U);
    for (const CallBar& one : ladder.bars) {
        EXPECT_LT(one.x + one.w / 2, ladder.server_x + 2.5F * 18);
        for (const CallBar& other : ladder.bars) {
            if (one.call == other.call) continue;
            EXPECT_GT(std::abs(one.x - other.x), one.w);
        }
    }
}

TEST(Ladder, AFailedCallHasItsErrorInALineBelow) {
    for (bool at_once : {true, false}) {
        RunBuilder run;
        run.call(C, "connect");
        if (!at_once) run.send(C, Flags::kSyn, 0, 0).send(S, Flags::kRst | Flags::kAck, 0, 1);
        run.returns(C, "connect", -1, "ECONNREFUSED").call(C, "close").returns(C, "close", 0);
        const Ladder ladder = LadderSample(run.trace).whole();
        const LadderText* error = text_of(ladder, "ECONNREFUSED");
        const LadderText* next = text_of(ladder, "close() = 0");
        ASSERT_TRUE(error != nullptr && next != nullptr) << at_once;
        const auto call =
            std::find_if(ladder.texts.rbegin(), ladder.texts.rend(),
                         [](const LadderText& text) { return text.text == "connect()"; });
        ASSERT_NE(call, ladder.texts.rend());
        EXPECT_EQ(call->colour, ColourRole::Rst);
        EXPECT_LE(call->box.bottom(), error->box.y);
        EXPECT_LE(error->box.bottom(), next->box.y);
        EXPECT_NEAR(error->box.y - call->box.y, 11 * 18 * 0.125F, 0.1F);  // nothing was moved
    }
}

TEST(Ladder, NoTextIsTooSmallToRead) {
    RunBuilder run;
    run.call(C, "connect").returns(C, "connect", -1, "EADDRNOTAVAIL");
    run.call(S, "setsockopt").returns(S, "setsockopt", 1000000000);
    run.fact(Marker{"note", std::string(200, 'x')});
    const LadderSample sample(run.trace);
    for (float width : {100.0F, 300.0F, 500.0F, 760.0F, 1400.0F}) {
        for (const LadderText& text : sample.at(sample.timeline.size(), width).texts)
            EXPECT_GE(text.squeeze, 0.8F) << text.text;
    }
}

TEST(Ladder, ALongNoteHasTwoLinesBetweenTheLifelines) {
    std::string words;
    for (int i = 0; i < 100; ++i) words += "a long note ";
    RunBuilder run;
    run.fact(Marker{"note", words}).fact(Marker{"note", "a short one"});
    const Ladder ladder = LadderSample(run.trace).whole();
    const std::vector<LadderText> said = notes(ladder);
    ASSERT_EQ(said.size(), 3U);
    for (const LadderText& text : said) {
        EXPECT_EQ(text.squeeze, 1) << text.text;
        EXPECT_GT(text.box.x, ladder.client_x);
        EXPECT_LT(text.box.right(), ladder.server_x);
    }
    EXPECT_TRUE(said[1].text.ends_with("…")) << said[1].text;
    EXPECT_EQ(said[2].text, "a short one");
}

TEST(Ladder, ANoteThatFitsTwoLinesIsWhole) {
    RunBuilder run;
    run.fact(Marker{"pause", "server waits 200 ms before close()"});
    const LadderSample sample(run.trace);
    EXPECT_EQ(words(sample.at(2, 1400)),
              std::vector<std::string>{"server waits 200 ms before close()"});
    EXPECT_EQ(words(sample.at(2, 500)),
              (std::vector<std::string>{"server waits 200 ms", "before close()"}));
}

TEST(Ladder, TheBandOfWhatIsHeldGoesAroundIt) {
    const LadderSample sample(held_handshake());
    const Ladder ladder = sample.whole();
    ASSERT_TRUE(ladder.now.has_value());
    for (const LadderText& text : ladder.texts) {
        if (text.segment != 2) continue;
        EXPECT_GE(text.box.y, ladder.now->y) << text.text;
        EXPECT_LE(text.box.bottom(), ladder.now->bottom()) << text.text;
    }
}

TEST(Ladder, AGatedSegmentIsInFlightUntilItLands) {
    const LadderSample sample(held_handshake());
    const Ladder ladder = sample.whole();
    EXPECT_EQ(arrow_of(ladder, 1).flight, Flight::Arrives);
    EXPECT_EQ(arrow_of(ladder, 2).flight, Flight::InFlight);
    const Ladder before = sample.at(*sample.timeline.event_of_segment(1) + 1);
    EXPECT_EQ(arrow_of(before, 1).flight, Flight::InFlight);
}

TEST(Ladder, ADroppedSegmentIsLost) {
    RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0).dropped(1);
    const LadderSample sample(run.trace);
    for (float width : {400.0F, 760.0F, 1400.0F}) {
        const Ladder ladder = sample.at(sample.timeline.size(), width);
        const Arrow& lost = arrow_of(ladder, 1);
        EXPECT_EQ(lost.flight, Flight::Lost);
        EXPECT_GT(lost.to.x, width / 2);  // beyond the middle, but never there
        EXPECT_LT(lost.to.x, ladder.server_x - 18);
        for (const LadderText& text : ladder.texts)
            EXPECT_FALSE(text.box.contains(lost.to)) << text.text;
    }
}

TEST(Ladder, WhatIsSentAgainSaysSo) {
    RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).send(C, Flags::kSyn, 0, 0);
    const Ladder ladder = LadderSample(run.trace).whole();
    EXPECT_TRUE(arrow_of(ladder, 2).again);
    EXPECT_TRUE(says(ladder, "SYN · sent again"));
}

TEST(Ladder, OnlyWhatIsVisibleIsLaidOut) {
    RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0)
        .send(S, Flags::kSyn | Flags::kAck, 0, 1)
        .send(C, Flags::kAck, 1, 1);
    for (std::uint32_t i = 0; i < 5000; ++i)
        run.send(C, Flags::kAck | Flags::kPsh, 1 + 10 * i, 1, 10);
    const LadderSample sample(run.trace);
    const double whole = sample.height(sample.timeline.size());
    const Ladder ladder = sample.at(sample.timeline.size(), 760, 500, whole / 2);
    EXPECT_GT(ladder.arrows.size(), 5U);
    EXPECT_LT(ladder.arrows.size(), 20U);
    EXPECT_EQ(ladder.lifelines.size(), 2U);
    EXPECT_EQ(ladder.lifelines[0].state, State::Established);
}

TEST(Ladder, AnArrowIsFoundNearItsLineAndOnItsLabel) {
    const Ladder ladder = LadderSample(whole_run()).whole();
    const Arrow& syn = arrow_of(ladder, 1);
    const Point middle = {(syn.from.x + syn.to.x) / 2, (syn.from.y + syn.to.y) / 2};
    EXPECT_EQ(arrow_at(ladder, middle, 8), &syn);
    for (const LadderText& text : ladder.texts) {
        if (text.segment == 1) {
            EXPECT_EQ(arrow_at(ladder, text.box.centre(), 1), &syn);
        }
    }
    EXPECT_EQ(arrow_at(ladder, {middle.x, 3900}, 8), nullptr);
}

TEST(Ladder, AClickSelectsAnArrowACallOrAState) {
    const LadderSample sample(whole_run());
    const Ladder ladder = sample.whole();
    const Arrow& syn = arrow_of(ladder, 1);
    EXPECT_EQ(hit(ladder, along(syn, 0.5F), 8), Selection(SelectedSegment{1}));
    const LadderText& bind = *text_of(ladder, "bind() = 0");
    const Selection call = hit(ladder, bind.box.centre(), 8);
    ASSERT_TRUE(std::holds_alternative<SelectedCall>(call));
    EXPECT_EQ(std::get<SelectedCall>(call).end, S);
    const LadderText& state = *text_of(ladder, "SYN_SENT");
    const Selection stay = hit(ladder, state.box.centre(), 8);
    ASSERT_TRUE(std::holds_alternative<SelectedState>(stay));
    // The lifeline below it is the same stay.
    EXPECT_EQ(hit(ladder, {ladder.client_x, state.box.centre().y + 12}, 8), stay);
    EXPECT_EQ(hit(ladder, {ladder.client_x + 60, 3900}, 8), Selection());
}

TEST(Ladder, MarksWhatIsSelectedWherever) {
    const LadderSample sample(whole_run());
    LadderInput input = sample.input_at(sample.timeline.size());
    const Ladder plain = lay_out_ladder(input);
    input.selection = hit(plain, text_of(plain, "bind() = 0")->box.centre(), 8);
    const Ladder call = lay_out_ladder(input);
    EXPECT_TRUE(text_of(call, "bind() = 0")->selected);
    EXPECT_EQ(std::count_if(call.bars.begin(), call.bars.end(),
                            [](const CallBar& bar) { return bar.selected; }),
              1);
    input.selection = hit(plain, text_of(plain, "SYN_SENT")->box.centre(), 8);
    const Ladder state = lay_out_ladder(input);
    EXPECT_TRUE(text_of(state, "SYN_SENT")->selected);
    EXPECT_EQ(std::count_if(state.lifelines.begin(), state.lifelines.end(),
                            [](const LifelineSpan& span) { return span.selected; }),
              1);
    input.selection = SelectedEvent{*sample.timeline.event_of_segment(1)};
    const Ladder event = lay_out_ladder(input);
    ASSERT_TRUE(event.marked.has_value());
    EXPECT_TRUE(event.marked->contains({10, arrow_of(event, 1).from.y}));
}

TEST(Ladder, TheLineOfNowIsBelowWhatHappenedAndClearOfTexts) {
    const LadderSample sample(whole_run());
    std::size_t words = 0;
    for (std::size_t at = 1; at <= sample.timeline.size(); ++at) {
        const Ladder ladder = sample.at(at);
        ASSERT_GE(ladder.now_line.size(), 2U);
        if (const LadderText* now = text_of(ladder, "now")) {
            ++words;
            EXPECT_LE(now->box.bottom(), sample.height(at)) << "not cut off at the foot";
        }
        for (std::size_t i = 0; i + 1 < ladder.now_line.size(); i += 2) {
            const Point from = ladder.now_line[i];
            EXPECT_LT(from.x, ladder.now_line[i + 1].x);
            for (const LadderText& text : ladder.texts)
                EXPECT_FALSE(
                    overlap(text.box, {from.x, from.y, ladder.now_line[i + 1].x - from.x, 0.1F}));
        }
    }
    EXPECT_GT(words, 0U);
}

TEST(Ladder, FarFromItsTopItIsAsExactAsThere) {
    RunBuilder run;
    for (std::uint32_t i = 0; i < 20000; ++i)
        run.send(C, Flags::kAck | Flags::kPsh, 1 + 10 * i, 1, 10);
    const LadderSample sample(run.trace);
    const double row = 31 * 18 * 0.125;
    const double far = 19000 * row;
    const Ladder at = sample.at(sample.timeline.size(), 760, 500, far);
    const Ladder on = sample.at(sample.timeline.size(), 760, 500, far + 1);
    ASSERT_GT(at.arrows.size(), 3U);
    EXPECT_NEAR(at.arrows[3].from.y - on.arrows[3].from.y, 1, 0.01);
}

TEST(Ladder, WhatIsTooCloseIsThinnedAndSaysSo) {
    RunBuilder run;
    for (std::uint32_t i = 0; i < 20000; ++i)
        run.send(C, Flags::kAck | Flags::kPsh, 1 + 10 * i, 1, 10);
    const LadderSample sample(run.trace);
    LadderInput input = sample.input_at(sample.timeline.size(), 760, 500);
    for (TimeAxis axis : {TimeAxis::ByEvent, TimeAxis::Linear, TimeAxis::Collapsed}) {
        input.axis = axis;
        input.zoom = 1;
        input.zoom = zoom_limits(input).least;
        const Ladder ladder = lay_out_ladder(input);
        EXPECT_TRUE(ladder.thinned);
        EXPECT_GT(ladder.events, 15000U);
        EXPECT_GT(ladder.arrows.size(), 50U);
        EXPECT_LT(ladder.arrows.size(), 200U);
        EXPECT_FALSE(lay_out_ladder(sample.input_at(20000, 760, 500)).thinned);
    }
}

TEST(Ladder, NothingAtAllIsTwoLifelines) {
    const Ladder ladder = LadderSample(Trace()).at(0);
    EXPECT_EQ(ladder.lifelines.size(), 2U);
    EXPECT_TRUE(ladder.texts.empty());
    EXPECT_FALSE(ladder.now.has_value());
}

}  // namespace
}  // namespace tcpstep::view::ladder
