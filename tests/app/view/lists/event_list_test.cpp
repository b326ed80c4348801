// The rows of the list of events, what they say, and which of them a filter wants.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "app/view/lists/event_filter.hpp"
#include "app/view/lists/event_line.hpp"
#include "app/view/lists/event_matches.hpp"
#include "app/view/lists/event_rows.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view::lists {
namespace {

using namespace model;
using testing::RunBuilder;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

struct Listed {
    explicit Listed(Trace t, bool raw = false)
        : trace(std::move(t)), timeline(trace, 0), source{timeline, index, raw} {
        index.catch_up(timeline);
        rows.catch_up(index);
    }
    std::string what(std::size_t row) const { return event_what(source, rows.at(row)); }
    /// "who: what" of each row that the filter wants.
    std::vector<std::string> lines(const EventFilter& filter = {}) const {
        std::vector<std::string> lines;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (!satisfies(filter, source, rows.at(row))) continue;
            const auto end = end_of(source, rows.at(row));
            const std::string who = !end ? "" : *end == C ? "client: " : "server: ";
            lines.push_back(who + what(row));
        }
        return lines;
    }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
    EventRows rows;
    EventSource source;
};

using Lines = std::vector<std::string>;

EventFilter of_kind(RowKind kind) {
    EventFilter filter;
    filter.kinds = kind_bit(kind);
    return filter;
}

EventFilter with_text(std::string text) {
    EventFilter filter;
    filter.text = std::move(text);
    return filter;
}

EventFilter with_flags(std::uint16_t flags) {
    EventFilter filter;
    filter.flags = flags;
    return filter;
}

TEST(EventRows, EachChangeStandsBelowTheEventThatBroughtIt) {
    for (const Trace& trace :
         {testing::whole_run(), testing::busy_wire(), testing::impatient_handshake(), Trace()}) {
        const Listed list(trace);
        std::vector<EventRow> expected;
        for (std::size_t event = 0; event < list.timeline.size(); ++event) {
            EXPECT_EQ(list.rows.before(event), expected.size()) << event;
            expected.push_back({event, std::nullopt});
            for (const Role role : {C, S}) {
                const auto& changes = list.index.changes(role);
                for (std::size_t i = 0; i < changes.size(); ++i) {
                    if (changes[i].event == event)
                        expected.push_back({event, EventRow::Change{role, i}});
                }
            }
        }
        ASSERT_EQ(list.rows.size(), expected.size());
        for (std::size_t row = 0; row < expected.size(); ++row)
            EXPECT_EQ(list.rows.at(row), expected[row]) << "row " << row;
        EXPECT_EQ(list.rows.before(list.timeline.size()), expected.size());
    }
}

TEST(EventRows, GrowEventByEventToTheSame) {
    const Trace whole = testing::busy_wire();
    Trace growing;
    growing.intern(whole.connections()[0]);
    Timeline timeline(growing, 0);
    TimelineIndex index;
    EventRows rows;
    for (const Event& event : whole.events()) {
        growing.append(event);
        timeline.catch_up();
        index.catch_up(timeline);
        rows.catch_up(index);
    }
    const Listed at_once(whole);
    ASSERT_EQ(rows.size(), at_once.rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        EXPECT_EQ(rows.at(row), at_once.rows.at(row));
}

TEST(EventLine, TellsWhoDidWhat) {
    const Lines lines = Listed(testing::held_handshake()).lines();
    for (const char* line :
         {"server: listen(backlog 10)", "server: listen() = 0", "client: S 0:0(0)",
          "client: S 0:0(0) · held", "client: kernel: SYN_SENT", "server: S 0:0(0) · arrives",
          "server: S. 0:0(0) ack 1", "server: kernel: SYN queue 1  accept queue 0/10",
          "server: LISTEN → SYN_RCVD"}) {
        const auto found = std::find_if(lines.begin(), lines.end(),
                                        [line](const auto& one) { return one.find(line) == 0; });
        EXPECT_NE(found, lines.end()) << line;
    }
}

TEST(EventLine, TellsWhatBecameOfASegment) {
    const Lines lines = Listed(testing::busy_wire()).lines(of_kind(RowKind::Segment));
    for (const char* line :
         {"server: S. 0:0(0) ack 1 · lost", "client: again, absorbed: S 0:0(0)",
          "server: again: S. 0:0(0) ack 1", "client: P. 1:6(5) ack 1 · held back",
          "client: P. 1:6(5) ack 1 · duplicated", "server: R 1:1(0) · injected"}) {
        const auto found = std::find_if(lines.begin(), lines.end(), [line](const auto& one) {
            return one.substr(0, std::string(line).size()) == line;
        });
        EXPECT_NE(found, lines.end()) << line << " in\n"
                                      << [&] {
                                             std::string all;
                                             for (const auto& one : lines) all += one + "\n";
                                             return all;
                                         }();
    }
}

TEST(EventLine, NumbersAreRawWhereThatIsWanted) {
    const Listed list(testing::whole_run(), true);
    const Lines syns = list.lines(with_flags(Flags::kSyn));
    ASSERT_EQ(syns.size(), 2U);
    EXPECT_EQ(syns[0].find("client: S " + std::to_string(RunBuilder::kClientIss)), 0U) << syns[0];
}

TEST(EventLine, ACallThatFailedAndAKernelThatContradictsStandOut) {
    RunBuilder run;
    run.call(C, "connect").returns(C, "connect", -1, "ECONNREFUSED");
    run.send(C, Flags::kSyn, 0, 0).sample(C, State::Listen);
    const Listed list(run.trace);
    const auto line_of = [&](const std::string& what) {
        for (std::size_t row = 0; row < list.rows.size(); ++row) {
            if (list.what(row).find(what) != std::string::npos)
                return event_line(list.source, list.rows.at(row), std::nullopt);
        }
        return EventLine();
    };
    EXPECT_EQ(line_of("connect() ECONNREFUSED").colour, ColourRole::Rst);
    EXPECT_EQ(line_of("the model says SYN_SENT, the kernel LISTEN").colour, ColourRole::Rst);
    EXPECT_EQ(line_of("S 0:0(0)").colour, ColourRole::Syn);
}

TEST(EventLine, WhatAnotherProgramWroteIsToldWithItsData) {
    Listed listed(std::move(RunBuilder()
                                .fact(Unrecognized{"vendor:a", "{\"x\":\"\x1b[31m\"}"})
                                .fact(Unrecognized{"vendor:b", std::string(300, '7')})
                                .fact(Unrecognized{"vendor:c", ""})
                                .trace));
    const Lines lines = listed.lines();
    ASSERT_GE(lines.size(), 3U);
    EXPECT_EQ(lines[lines.size() - 3],
              "An event this version does not know: vendor:a.  {\"x\":\"\\x1b[31m\"}");
    EXPECT_EQ(lines[lines.size() - 2],
              "An event this version does not know: vendor:b.  " + std::string(120, '7') + "…");
    EXPECT_EQ(lines.back(), "An event this version does not know: vendor:c.");
    EXPECT_EQ(listed.lines(with_text("[31m")).size(), 1U) << "it is found by its data";
}

TEST(EventLine, TimesCountFromTheFirstEventAndFromTheRowAbove) {
    const Listed list(testing::held_handshake());
    const EventRow first = list.rows.at(0);
    const EventRow second = list.rows.at(list.rows.before(1));
    EXPECT_EQ(event_line(list.source, first, std::nullopt).time, "+0 s");
    EXPECT_EQ(event_line(list.source, first, std::nullopt).number, "")
        << "the scenario is no step, and the bar at the bottom does not count it";
    const EventLine line = event_line(list.source, second, first);
    EXPECT_EQ(line.number, "1");
    EXPECT_EQ(line.time, "+10 µs");
    EXPECT_EQ(line.since, "10 µs");
    // A change says neither when nor which, for its event stands above it; alone it does.
    for (std::size_t row = 1; row < list.rows.size(); ++row) {
        const EventRow change = list.rows.at(row);
        if (!change.change) continue;
        EXPECT_EQ(event_line(list.source, change, list.rows.at(row - 1)).time, "");
        EXPECT_NE(event_line(list.source, change, std::nullopt).time, "");
        const std::string number = event_line(list.source, change, std::nullopt).number;
        EXPECT_EQ(number.empty(), !list.source.index.is_step(change.event));
    }
}

TEST(EventLine, IsNumberedAsTheBarAtTheBottomCounts) {
    for (const Trace& trace : {testing::whole_run(), testing::busy_wire()}) {
        const Listed list(trace);
        const TimelineIndex& index = list.source.index;
        std::size_t steps = 0;
        for (std::size_t row = 0; row < list.rows.size(); ++row) {
            const EventRow one = list.rows.at(row);
            if (one.change || !index.is_step(one.event)) continue;
            const std::size_t shown = index.first_step_after(one.event).value_or(index.size());
            EXPECT_EQ(event_line(list.source, one, std::nullopt).number,
                      std::to_string(index.steps_before(shown)));
            ++steps;
        }
        EXPECT_EQ(steps, index.steps().size());
    }
}

TEST(EventFilter, AnEmptyOneWantsAll) {
    const Listed list(testing::busy_wire());
    EXPECT_EQ(list.lines().size(), list.rows.size());
    EXPECT_TRUE(EventFilter{}.empty());
    EXPECT_FALSE(with_text("x").empty());
}

TEST(EventFilter, OfAGroupAnyWillDo) {
    const Listed list(testing::whole_run());
    const std::size_t syn = list.lines(with_flags(Flags::kSyn)).size();
    const std::size_t fin = list.lines(with_flags(Flags::kFin)).size();
    EXPECT_EQ(syn, 2U);
    EXPECT_EQ(fin, 2U);
    EXPECT_EQ(list.lines(with_flags(Flags::kSyn | Flags::kFin)).size(), syn + fin);
    const std::size_t calls = list.lines(of_kind(RowKind::Call)).size();
    EventFilter both = of_kind(RowKind::Call);
    both.kinds |= kind_bit(RowKind::Note);
    EXPECT_EQ(list.lines(both).size(), calls + list.lines(of_kind(RowKind::Note)).size());
    EventFilter ends;
    ends.client = ends.server = true;
    for (const std::string& line : list.lines(ends))
        EXPECT_TRUE(line.find("client: ") == 0 || line.find("server: ") == 0) << line;
}

TEST(EventFilter, EachGroupMustBeSatisfied) {
    const Listed list(testing::whole_run());
    EventFilter filter = with_flags(Flags::kSyn);
    filter.server = true;
    EXPECT_EQ(list.lines(filter).size(), 1U);
    filter.kinds = kind_bit(RowKind::Call);
    EXPECT_TRUE(list.lines(filter).empty()) << "a call has no flags";
    filter = of_kind(RowKind::State);
    filter.client = true;
    EXPECT_EQ(list.lines(filter),
              (Lines{"client: UNKNOWN → CLOSED", "client: CLOSED → SYN_SENT · RFC 9293 3.10.1",
                     "client: SYN_SENT → ESTABLISHED · RFC 9293 3.10.7.3",
                     "client: ESTABLISHED → FIN_WAIT_1 · RFC 9293 3.10.4",
                     "client: FIN_WAIT_1 → FIN_WAIT_2 · RFC 9293 3.10.7.4",
                     "client: FIN_WAIT_2 → TIME_WAIT · RFC 9293 3.10.7.4"}));
}

TEST(EventFilter, ATextIsFoundInAnyCaseAndByTheNamesOfFlags) {
    const Listed list(testing::whole_run());
    EXPECT_EQ(list.lines(with_text("CONNECT(127")).size(), 1U);
    EXPECT_EQ(list.lines(with_text("syn, ack")), list.lines([] {
        EventFilter filter = with_flags(Flags::kSyn);
        filter.server = true;
        return filter;
    }()));
    EXPECT_TRUE(list.lines(with_text("no such thing")).empty());
    EXPECT_TRUE(contains_text("FIN_WAIT_2", "in_wait"));
    EXPECT_TRUE(contains_text("x", ""));
    EXPECT_FALSE(contains_text("", "x"));
    const testing::InChinese chinese;
    EXPECT_FALSE(list.lines(with_text("服务器")).empty());
}

TEST(EventFilter, WhatWasSentAgain) {
    const Listed list(testing::busy_wire());
    EventFilter filter;
    filter.again = true;
    const std::size_t again = list.lines(filter).size();
    EXPECT_EQ(again, 4U);  // three absorbed SYNs and copies, and the SYN,ACK
    filter.flags = Flags::kRst;
    EXPECT_EQ(list.lines(filter).size(), again + list.lines(with_flags(Flags::kRst)).size());
}

// The kernel sent it again while the original was held: it is thrown away, but nothing is lost.
TEST(EventLine, ACopyThatTheGateAbsorbedIsNotLost) {
    const Listed list(testing::impatient_handshake());
    std::size_t absorbed = 0;
    for (std::size_t row = 0; row < list.rows.size(); ++row) {
        const EventRow& at = list.rows.at(row);
        if (at.change ||
            !std::holds_alternative<SegmentDropped>(list.timeline.event(at.event).fact))
            continue;
        const EventLine line = event_line(list.source, at, std::nullopt);
        EXPECT_TRUE(line.what.ends_with("· absorbed")) << line.what;
        EXPECT_EQ(line.colour, ColourRole::TextDim);
        ++absorbed;
    }
    EXPECT_EQ(absorbed, 2U);
    // One that was dropped after all is.
    const Listed busy(testing::busy_wire());
    std::size_t lost = 0;
    for (std::size_t row = 0; row < busy.rows.size(); ++row) {
        const EventLine line = event_line(busy.source, busy.rows.at(row), std::nullopt);
        if (!line.what.ends_with("· lost")) continue;
        EXPECT_EQ(line.colour, ColourRole::Rst);
        ++lost;
    }
    EXPECT_GE(lost, 1U);
}

// A data segment and its ACK, over and over; every hundredth is sent again.
Trace long_run(std::size_t segments) {
    RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0)
        .send(S, Flags::kSyn | Flags::kAck, 0, 1)
        .send(C, Flags::kAck, 1, 1);
    std::uint32_t next = 1;
    for (std::size_t i = 3; i + 1 < segments; i += 2, next += 10) {
        run.send(C, Flags::kPsh | Flags::kAck, next, 1, 10).send(S, Flags::kAck, 1, next + 10);
    }
    return run.trace;
}

TEST(EventMatches, AreFoundAPortionAtATime) {
    const std::size_t segments = 3 * EventMatches::kTextPortion;
    const Listed list(long_run(segments));
    EventMatches matches;
    matches.restart(with_text("PSH"));
    EXPECT_TRUE(matches.look_on(list.rows, list.source));
    const std::size_t soon = matches.size();
    EXPECT_GT(soon, 0U);
    EXPECT_LT(soon, EventMatches::kTextPortion);
    int portions = 1;
    while (matches.look_on(list.rows, list.source)) ++portions;
    EXPECT_EQ(portions, 3);
    ASSERT_EQ(matches.size(), list.lines(with_text("PSH")).size());
    for (std::size_t i = 0; i < matches.size(); ++i) {
        EXPECT_EQ(matches.before(matches.row(i)), i);
        EXPECT_EQ(matches.before(matches.row(i) + 1), i + 1);
    }
}

TEST(EventMatches, WithoutAFilterAllAreThereAtOnce) {
    const Listed list(long_run(1000));
    EventMatches matches;
    EXPECT_FALSE(matches.look_on(list.rows, list.source));
    EXPECT_EQ(matches.size(), list.rows.size());
    EXPECT_EQ(matches.row(17), 17U);
    EXPECT_EQ(matches.before(17), 17U);
}

TEST(EventMatches, GrowWithTheRows) {
    RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0);
    Timeline timeline(run.trace, 0);
    TimelineIndex index;
    index.catch_up(timeline);
    EventRows rows;
    rows.catch_up(index);
    const EventSource source{timeline, index, false};
    EventMatches matches;
    matches.restart(with_flags(Flags::kSyn));
    EXPECT_FALSE(matches.look_on(rows, source));
    EXPECT_EQ(matches.size(), 1U);
    run.call(C, "close").send(S, Flags::kSyn | Flags::kAck, 0, 1);
    timeline.catch_up();
    index.catch_up(timeline);
    rows.catch_up(index);
    EXPECT_FALSE(matches.look_on(rows, source));
    EXPECT_EQ(matches.size(), 2U);
    matches.restart({});
    EXPECT_FALSE(matches.look_on(rows, source));
    EXPECT_EQ(matches.size(), rows.size());
}

TEST(EventRowSelection, IsItsSegmentItsCallItsStateOrTheEvent) {
    RunBuilder run;
    run.call(C, "connect").send(C, Flags::kSyn, 0, 0).returns(C, "connect", -1, "ETIMEDOUT");
    run.fact(Marker{"note", "so it is"});
    const Listed list(run.trace);
    std::size_t found = 0;
    for (std::size_t i = 0; i < list.rows.size(); ++i) {
        const EventRow row = list.rows.at(i);
        const Selection what = selection_of(list.source, row);
        EXPECT_TRUE(is_selected(list.source, row, what)) << i;
        EXPECT_FALSE(is_selected(list.source, row, {})) << i;
        EXPECT_TRUE(exists(what, list.timeline, list.index)) << i;
        const Fact& fact = list.timeline.event(row.event).fact;
        if (row.change) {
            EXPECT_EQ(what, Selection(SelectedState{row.change->end, row.event}));
        } else if (std::holds_alternative<CallEntered>(fact) ||
                   std::holds_alternative<CallReturned>(fact)) {
            EXPECT_EQ(what, Selection(SelectedCall{C, 1}));
        } else if (std::holds_alternative<SegmentSent>(fact)) {
            EXPECT_EQ(what, Selection(SelectedSegment{1}));
            EXPECT_TRUE(is_selected(list.source, row, SelectedEvent{row.event}));
        } else {
            EXPECT_EQ(what, Selection(SelectedEvent{row.event}));
        }
        if (is_selected(list.source, row, SelectedCall{C, 1})) ++found;
    }
    EXPECT_EQ(found, 2U) << "its entry and its return";
}

}  // namespace
}  // namespace tcpstep::view::lists
