#include <gtest/gtest.h>

#include "app/lesson/json_of.hpp"
#include "app/lesson/parse.hpp"
#include "tests/app/lesson/sample_lesson.hpp"

namespace tcpstep::lesson {
namespace {

using model::Flags;
using model::Role;
using nlohmann::json;

json held_lesson() {
    json lesson = good_lesson();
    lesson["segments"] = "held";
    lesson["wire"] = json::parse(R"([
        {"segment": {"from": "server", "flags": ["SYN", "ACK"], "data": false, "connection": 2, "nth": 3},
         "do": "drop", "at_least_ms": 3500,
         "after": [{"actor": "client", "step": "connect", "has": "entered"},
                   {"endpoint": "server", "state": "SYN_RCVD"}]},
        {"segment": {}, "do": "deliver"}])");
    return lesson;
}

TEST(ParseWire, ReadsEveryField) {
    const auto lesson = parse_lesson(held_lesson().dump(), "x.json");
    ASSERT_TRUE(lesson) << lesson.error().line();
    EXPECT_TRUE(lesson->held);
    ASSERT_EQ(lesson->wire.size(), 2U);
    const WireRule& rule = lesson->wire[0];
    EXPECT_EQ(rule.segment.from, Role::Server);
    EXPECT_EQ(rule.segment.flags, Flags(Flags::kSyn | Flags::kAck));
    EXPECT_EQ(rule.segment.data, false);
    EXPECT_EQ(rule.segment.connection, 2U);
    EXPECT_EQ(rule.segment.nth, 3U);
    EXPECT_EQ(rule.action, WireAction::Drop);
    EXPECT_EQ(rule.at_least.count(), 3500);
    ASSERT_EQ(rule.after.size(), 2U);
    EXPECT_FALSE(std::get<StepReached>(rule.after[0]).returned);
    EXPECT_EQ(std::get<InState>(rule.after[1]).state, model::State::SynRcvd);
}

TEST(ParseWire, WhatARuleDoesNotSayMayBeAnything) {
    const auto lesson = parse_lesson(held_lesson().dump(), "x.json");
    ASSERT_TRUE(lesson) << lesson.error().line();
    const WireRule& rule = lesson->wire[1];
    EXPECT_EQ(rule.segment.from, std::nullopt);
    EXPECT_EQ(rule.segment.flags, std::nullopt);
    EXPECT_EQ(rule.segment.data, std::nullopt);
    EXPECT_EQ(rule.segment.connection, 0U);
    EXPECT_EQ(rule.segment.nth, 0U);
    EXPECT_EQ(rule.action, WireAction::Deliver);
    EXPECT_TRUE(rule.after.empty());
    EXPECT_EQ(rule.at_least.count(), 0);
}

TEST(ParseWire, ARuleMayWaitForASegment) {
    json lesson = held_lesson();
    const json condition =
        json::parse(R"({"segment": {"from": "client", "flags": ["ACK"], "nth": 3}, "is": "sent"})");
    lesson["/wire/1/after"_json_pointer] = json::array({condition});
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    const auto& sent = std::get<WasSent>(parsed->wire[1].after.at(0));
    EXPECT_EQ(sent.segment.from, Role::Client);
    EXPECT_EQ(sent.segment.flags, Flags(Flags::kAck));
    EXPECT_EQ(sent.segment.nth, 3U);
    EXPECT_EQ(json(json_of(parsed->wire[1].after)), json::array({condition}));
    const Broken kBroken[] = {
        {"/wire/1/after/0/is", "held", "/wire/1/after/0/is: expected one of sent, found"},
        {"/wire/1/after/0/is", nullptr, "/wire/1/after/0: \"is\" is missing"},
        {"/wire/1/after/0/segment/again", true, "\"again\" is for claims"},
        {"/wire/1/after/0/segment/absorbed", true, "\"absorbed\" is for claims and the story"},
    };
    expect_refused(lesson, kBroken);
}

TEST(ParseWire, EachActionHasItsName) {
    for (const WireAction action :
         {WireAction::Deliver, WireAction::Drop, WireAction::Duplicate, WireAction::HoldBack,
          WireAction::Reset, WireAction::ResetBack, WireAction::Stay}) {
        json lesson = held_lesson();
        lesson["/wire/1/do"_json_pointer] = name(action);
        const auto parsed = parse_lesson(lesson.dump(), "x.json");
        ASSERT_TRUE(parsed) << parsed.error().line();
        EXPECT_EQ(parsed->wire[1].action, action);
    }
}

TEST(ParseWire, EachFlagHasTheNameThatTracesUse) {
    for (const std::string_view flag : names(Flags(0x1ff & ~Flags::kPsh))) {
        json lesson = held_lesson();
        lesson["/wire/1/segment/flags"_json_pointer] = json::array({flag});
        const auto parsed = parse_lesson(lesson.dump(), "x.json");
        ASSERT_TRUE(parsed) << parsed.error().line();
        EXPECT_EQ(model::names(*parsed->wire[1].segment.flags), std::vector{flag});
    }
}

TEST(ParseWire, RefusesWhatIsBrokenWithPlaceAndReason) {
    const Broken kBroken[] = {
        {"/segments", "free",
         "x.json:1: /wire: no segment of a free lesson can be stopped on its way"},
        {"/wire", 7, "/wire: expected an array, found number"},
        {"/wire/1", "drop", "/wire/1: expected an object, found string"},
        {"/wire/1/segment", nullptr, "/wire/1: \"segment\" is missing"},
        {"/wire/1/segment", "SYN", "/wire/1/segment: expected an object, found string"},
        {"/wire/1/do", nullptr, "/wire/1: \"do\" is missing"},
        {"/wire/1/do", "lose",
         "/wire/1/do: expected one of deliver, drop, duplicate, hold_back, reset, reset_back, "
         "stay, found \"lose\""},
        {"/wire/1/colour", "red", "/wire/1/colour: unknown field"},
        {"/wire/0/at_least_ms", -1, "/wire/0/at_least_ms: expected a whole number from 0 to 60000"},
        {"/wire/0/at_least_ms", 60'001, "/wire/0/at_least_ms: expected a whole number"},
        {"/wire/0/segment/colour", "red", "/wire/0/segment/colour: unknown field"},
        {"/wire/0/segment/from", "router",
         "/wire/0/segment/from: expected one of client, server, found \"router\""},
        {"/wire/0/segment/flags", "SYN", "/wire/0/segment/flags: expected an array, found string"},
        {"/wire/0/segment/flags", json::array(),
         "/wire/0/segment/flags: expected one flag or more"},
        {"/wire/0/segment/flags",
         {"SYN", "NS"},
         "/wire/0/segment/flags: unknown flag \"NS\": expected some of SYN, FIN, RST, URG, ECE, "
         "CWR, AE, ACK"},
        {"/wire/0/segment/flags",
         {2},
         "/wire/0/segment/flags: unknown flag \"2\": expected some of SYN, FIN, RST, URG, ECE, "
         "CWR, AE, ACK"},
        {"/wire/0/segment/flags", {"ACK", "ACK"}, "/wire/0/segment/flags: ACK stands there twice"},
        {"/wire/0/segment/flags",
         {"PSH", "ACK"},
         "/wire/0/segment/flags: PSH is not compared, leave it out"},
        {"/wire/0/segment/data", 5, "/wire/0/segment/data: expected true or false, found 5"},
        {"/wire/0/segment/connection", 0,
         "/wire/0/segment/connection: expected a whole number from 1"},
        {"/wire/0/segment/nth", 0, "/wire/0/segment/nth: expected a whole number from 1"},
        {"/wire/0/after", "connect", "/wire/0/after: expected an array"},
        {"/wire/0/after/0/step", "conect", "/wire/0/after: the client has no step \"conect\""},
        {"/wire/0/after/0/has", "begun",
         "/wire/0/after/0/has: expected one of entered, returned, found \"begun\""},
        {"/wire/0/after/1/state", "SYN_RECV", "/wire/0/after/1/state: unknown state \"SYN_RECV\""},
    };
    expect_refused(held_lesson(), kBroken);
}

}  // namespace
}  // namespace tcpstep::lesson
