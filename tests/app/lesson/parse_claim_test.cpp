#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"
#include "tests/app/lesson/sample_lesson.hpp"

namespace tcpstep::lesson {
namespace {

using namespace model::claim;
using model::Role;
using model::State;
using nlohmann::json;

json lesson_with_claims() {
    json lesson = good_lesson();
    lesson["claims"] = json::parse(R"([
        {"id": "order", "text": {"en": "E", "zh": "中"}, "check": "in_order", "moments": [
            {"segment": {"from": "server", "flags": ["SYN", "ACK"], "again": false, "nth": 2}, "is": "dropped"},
            {"actor": "client", "step": "end", "has": "entered"},
            {"endpoint": "server", "state": "CLOSE_WAIT", "connection": 2},
            {"datagram": {"from": "client", "nth": 3}}]},
        {"id": "states", "text": {"en": "E"}, "check": "states", "endpoint": "client", "states": ["CLOSED", "SYN_SENT"]},
        {"id": "state-is", "text": {"en": "E"}, "check": "state_is", "endpoint": "server", "state": "SYN_RCVD",
         "connection": 3, "at": {"endpoint": "client", "state": "ESTABLISHED"}},
        {"id": "never", "text": {"en": "E"}, "check": "never", "moment": {"segment": {}, "is": "sent"},
         "until": {"actor": "client", "step": "connect", "has": "entered"}},
        {"id": "numbers", "text": {"en": "E"}, "check": "at_most", "plus": -1,
         "left": {"segment": {"data": true}, "field": "sack_blocks"},
         "right": {"queue": "syn", "from": {"endpoint": "server", "state": "LISTEN"}}},
        {"id": "more-numbers", "text": {"en": "E"}, "check": "differ",
         "left": {"actor": "server", "step": "accept"}, "right": "connections"},
        {"id": "times", "text": {"en": "E"}, "check": "equal",
         "left": {"count": {"segment": {}, "is": "sent"}},
         "right": {"from": {"segment": {}, "is": "sent"}, "until": {"segment": {}, "is": "delivered"}}},
        {"id": "socket", "text": {"en": "E"}, "check": "at_most",
         "left": {"sampled": "timer_ms", "endpoint": "client", "connection": 2, "at": {"icmp_error": {"from": "server"}}},
         "right": {"datagram": {"nth": 2}, "field": "length"}},
        {"id": "cell", "text": {"en": "E"}, "check": "equal",
         "left": {"actor": "server", "step": "accept", "row": "server", "connection": 2, "column": "tm->when"},
         "right": {"segment": {}, "field": "destination_port"}},
        {"id": "column", "text": {"en": "E"}, "check": "column_is", "actor": "server", "step": "accept",
         "row": "listener", "column": "fds", "value": "1"},
        {"id": "octets", "text": {"en": "E"}, "check": "octets_are", "segment": {"data": true}, "field": "window",
         "value": "1F 40"},
        {"id": "error", "text": {"en": "E"}, "check": "fails_with", "actor": "client", "step": "connect", "error": "EPIPE"},
        {"id": "text", "text": {"en": "E"}, "check": "gives", "actor": "server", "step": "recv", "value": ""}])");
    return lesson;
}

TEST(ParseClaim, ReadsEveryCheckWithItsFields) {
    const auto lesson = parse_lesson(lesson_with_claims().dump(), "x.json");
    ASSERT_TRUE(lesson) << lesson.error().line();
    const auto& claims = lesson->claims;
    ASSERT_EQ(claims.size(), 13U);
    EXPECT_EQ(claims[0].id, "order");
    EXPECT_EQ(claims[0].text, (LocalText{"E", "中"}));
    const auto& order = std::get<InOrder>(claims[0].predicate).moments;
    ASSERT_EQ(order.size(), 4U);
    const auto& segment = std::get<OfSegment>(order[0]);
    EXPECT_EQ(segment.segment.from, Role::Server);
    EXPECT_EQ(segment.segment.again, false);
    EXPECT_EQ(segment.segment.nth, 2U);
    EXPECT_EQ(segment.fate, Fate::Dropped);
    EXPECT_EQ(order[1], Moment(OfCall{Role::Client, 5, false})) << "the client's fifth step";
    EXPECT_EQ(order[2], Moment(OfState{Role::Server, State::CloseWait, 2}));
    EXPECT_EQ(order[3], Moment(OfDatagram{Role::Client, 3}));
    EXPECT_EQ(claims[1].predicate,
              Predicate(Passes{Role::Client, 1, {State::Closed, State::SynSent}}));
    EXPECT_EQ(claims[2].predicate,
              Predicate(StateIs{Role::Server, 3, State::SynRcvd,
                                OfState{Role::Client, State::Established, 1}}));
    EXPECT_EQ(
        claims[3].predicate,
        Predicate(Never{OfSegment{}, {std::nullopt, Moment(OfCall{Role::Client, 2, false})}}));
    model::SegmentChoice data;
    data.data = true;
    EXPECT_EQ(
        claims[4].predicate,
        Predicate(Compares{
            Relation::AtMost, FieldOf{data, Field::SackBlocks},
            LongestQueue{Queue::Syn, {Moment(OfState{Role::Server, State::Listen, 1}), {}}}, -1}));
    EXPECT_EQ(
        claims[5].predicate,
        Predicate(Compares{Relation::Differ, ResultOf{{Role::Server, 4, true}}, Connections{}, 0}));
    EXPECT_EQ(claims[6].predicate,
              Predicate(Compares{Relation::Equal, CountOf{OfSegment{}, {}},
                                 TimeBetween{OfSegment{}, OfSegment{{}, Fate::Delivered}}, 0}));
    EXPECT_EQ(claims[7].predicate, Predicate(Compares{Relation::AtMost,
                                                      SampledOf{SampledField::TimerMs, Role::Client,
                                                                2, OfIcmpError{Role::Server, 0}},
                                                      LengthOf{{std::nullopt, 2}}, 0}));
    const OfCall accept{Role::Server, 4, true};
    EXPECT_EQ(claims[8].predicate,
              Predicate(Compares{Relation::Equal, CellOf{accept, Row::Server, 2, Column::TmWhen},
                                 FieldOf{{}, Field::DestinationPort}, 0}));
    EXPECT_EQ(claims[9].predicate,
              Predicate(ColumnIs{{accept, Row::Listener, 1, Column::Fds}, "1"}));
    EXPECT_EQ(claims[10].predicate, Predicate(OctetsAre{data, HeaderField::Window, "1F 40"}));
    EXPECT_EQ(claims[11].predicate, Predicate(FailsWith{{Role::Client, 2, true}, "EPIPE"}));
    EXPECT_EQ(claims[12].predicate, Predicate(Gives{{Role::Server, 5, true}, ""}));
}

TEST(ParseClaim, ReadsTheShortestOfSomeTimes) {
    json lesson = lesson_with_claims();
    lesson["/claims/6/left"_json_pointer] =
        R"({"shortest": [{"from": {"segment": {}, "is": "sent"}, "until": {"icmp_error": {}}},
                         {"from": {"icmp_error": {}}, "until": {"datagram": {}}}]})"_json;
    lesson["/claims/6/right"_json_pointer] = 1000;
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    const Shortest shortest{{{OfSegment{}, OfIcmpError{}}, {OfIcmpError{}, OfDatagram{}}}};
    EXPECT_EQ(parsed->claims[6].predicate,
              Predicate(Compares{Relation::Equal, shortest, std::int64_t{1000}, 0}));
}

TEST(ParseClaim, WhatIsWrongIsToldWithItsPlace) {
    const json absent;
    const Broken changes[] = {
        {"/claims/0/id", "Order", "/claims/0/id: expected small letters"},
        {"/claims/1/id", "order", "/claims/1/id: a second claim named \"order\""},
        {"/claims/0/text/en", absent, "/claims/0/text: \"en\" is missing"},
        {"/claims/0/check", "in_disorder", "/claims/0/check: expected one of in_order, states,"},
        {"/claims/0/check", absent, "/claims/0: \"check\" is missing"},
        {"/claims/0/moments", json::array(), "/claims/0/moments: expected two moments or more"},
        {"/claims/0/moments/0/is", "eaten", "/claims/0/moments/0/is: expected one of sent,"},
        {"/claims/0/moments/0/segment/flags", {"PSH"}, "PSH is not compared"},
        {"/claims/0/moments/1/step", "nothing",
         "/claims/0/moments/1/step: the client has no step \"nothing\""},
        {"/claims/0/moments/1/has", "begun",
         "/claims/0/moments/1/has: expected one of entered, returned"},
        {"/claims/0/moments/3/datagram", 3,
         "/claims/0/moments/3/datagram: expected an object, found number"},
        {"/claims/1/states", json::array(), "/claims/1/states: expected one state or more"},
        {"/claims/1/states/0", "OPEN", "unknown state \"OPEN\""},
        {"/claims/1/left", 3, "/claims/1/left: unknown field"},
        {"/claims/2/at", absent, "/claims/2: \"at\" is missing"},
        {"/claims/4/left", "many", "/claims/4/left: expected a whole number"},
        {"/claims/4/left/field", "size", "/claims/4/left/field: expected one of seq,"},
        {"/claims/4/right/queue", "long", "/claims/4/right/queue: expected one of accept, syn"},
        {"/claims/4/right", R"({"shortest": []})"_json,
         "/claims/4/right/shortest: expected one time or more"},
        {"/claims/4/right", R"({"shortest": [{"from": {"icmp_error": {}}}]})"_json,
         "/claims/4/right/shortest/0: \"until\" is missing"},
        {"/claims/6/left",
         R"({"shortest": [{"from": {"icmp_error": {}}, "until": {"icmp_error": {}}}]})"_json,
         "/claims/6/right: \"shortest\" is in nanoseconds"},
        {"/claims/4/plus", "1", "/claims/4/plus: expected a whole number"},
        {"/claims/7/left/sampled", "cwnd",
         "/claims/7/left/sampled: expected one of recv_q, send_q,"},
        {"/claims/7/left/at", absent, "/claims/7/left: \"at\" is missing"},
        {"/claims/7/left/at/icmp_error", 3,
         "/claims/7/left/at/icmp_error: expected an object, found number"},
        {"/claims/7/right/field", "seq", "/claims/7/right/field: expected one of length"},
        {"/claims/8/left/row", "mine", "/claims/8/left/row: expected one of listener, client,"},
        {"/claims/8/left/column", "state", "/claims/8/left/column: expected one of local_address,"},
        {"/claims/8/left/step", "look", "the server has no step \"look\""},
        {"/claims/9/value", absent, "/claims/9: \"value\" is missing"},
        {"/claims/9/value", 3, "/claims/9/value: expected a text, found 3"},
        {"/claims/10/value", "1f40", "/claims/10/value: expected octets as \"1F 40\""},
        {"/claims/10/value", "1F 4", "/claims/10/value: expected octets"},
        {"/claims/10/field", "port", "/claims/10/field: expected one of source_address,"},
        {"/claims/11/error", "EOOPS", "/claims/11/error: unknown errno \"EOOPS\""},
        {"/claims/12/value", absent, "/claims/12: \"value\" is missing"},
    };
    expect_refused(lesson_with_claims(), changes);
}

TEST(ParseClaim, OnlyClaimsMayAskWhetherASegmentIsSentAgain) {
    json lesson = lesson_with_claims();
    lesson["segments"] = "held";
    lesson["wire"] = json::parse(R"([{"segment": {"from": "client"}, "do": "drop"}])");
    const Broken changes[] = {
        {"/wire/0/segment/again", true, "/wire/0/segment: \"again\" is for claims"},
        {"/wire/0/segment/absorbed", true, "/wire/0/segment: \"absorbed\" is for claims"}};
    expect_refused(lesson, changes);
}

TEST(ParseClaim, ASegmentMayBeOneThatTheGateAbsorbed) {
    json lesson = lesson_with_claims();
    for (const bool absorbed : {true, false}) {
        lesson["/claims/0/moments/0/segment/absorbed"_json_pointer] = absorbed;
        const auto parsed = parse_lesson(lesson.dump(), "x.json");
        ASSERT_TRUE(parsed) << parsed.error().line();
        const auto& order = std::get<InOrder>(parsed->claims[0].predicate);
        EXPECT_EQ(std::get<OfSegment>(order.moments[0]).segment.absorbed, absorbed);
    }
}

TEST(ParseClaim, ReadsWhatMustHaveCome) {
    json lesson = lesson_with_claims();
    lesson["claims"][0]["given"] = json::parse(
        R"([{"segment": {"flags": ["SYN"], "nth": 1}, "is": "delivered_twice"},
            {"endpoint": "server", "state": "ESTABLISHED"}])");
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    ASSERT_EQ(parsed->claims[0].given.size(), 2U);
    EXPECT_EQ(std::get<OfSegment>(parsed->claims[0].given[0]).fate, Fate::DeliveredTwice);
    EXPECT_EQ(std::get<OfState>(parsed->claims[0].given[1]).state, State::Established);
    EXPECT_TRUE(parsed->claims[1].given.empty());
    const Broken changes[] = {{"/claims/0/given/0/is", "copied", "/claims/0/given/0/is"},
                              {"/claims/0/given", 1, "/claims/0/given"}};
    expect_refused(lesson, changes);
}

}  // namespace
}  // namespace tcpstep::lesson
