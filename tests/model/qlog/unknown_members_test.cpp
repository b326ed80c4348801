// What a newer version wrote, or another program, passes through unharmed.
#include "model/qlog/unknown_members.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "model/qlog/json_reader.hpp"
#include "model/qlog/reader.hpp"
#include "model/qlog/writer.hpp"
#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::model::qlog {
namespace {

std::string with(std::string text, const std::string& before, const std::string& added) {
    const std::size_t at = text.find(before);
    EXPECT_NE(at, std::string::npos) << before;
    return text.insert(at, added);
}

Trace read_well(const std::string& text) {
    Result<Reading> reading = read(text);
    EXPECT_TRUE(reading) << reading.error().line();
    EXPECT_TRUE(reading->faults.empty()) << reading->faults.front().what;
    return std::move(reading->trace);
}

/// gated_run() with something unknown in each kind of place.
std::string foreign(std::string text) {
    text = with(text, R"("title":)", R"("tool":null,)");
    text = with(text, R"("common_fields":)", R"("host":{"name":"a/b"},)");
    text = with(text, R"("epoch":)", R"("leap~s":27,)");
    text = with(text, R"("data":{"id":1,)", R"("x":[{}],)");
    text = with(text, R"("id":1,)", R"("colour":"red","new_field":{"a":1.50},)");
    text = with(text, R"("event":"tcp)", R"("why":"é",)");
    return with(text, R"("old":)", R"("mood":true,)");
}

void expect_kept(const Trace& trace) {
    using Members = std::vector<UnknownMember>;
    EXPECT_EQ(trace.unknown.header,
              (Members{{"", "tool", "null"},
                       {"/trace", "host", R"({"name":"a/b"})"},
                       {"/trace/common_fields/reference_time", "leap~s", "27"}}));
    Members records;
    std::size_t states = 0;
    for (const auto& [place, members] : trace.unknown.records) {
        states += place.state > 0 ? 1 : 0;
        records.insert(records.end(), members.begin(), members.end());
    }
    EXPECT_EQ(states, 2U);
    const std::vector<std::string> places = {"x", "colour", "new_field", "why", "mood"};
    ASSERT_EQ(records.size(), places.size());
    for (const std::string& name : places) {
        EXPECT_TRUE(std::any_of(records.begin(), records.end(), [&](const UnknownMember& member) {
            return member.name == name;
        })) << name;
    }
    EXPECT_EQ(trace.unknown.count(), 8U);
}

TEST(UnknownMembers, WhatGroupsAnotherProgramsEventIsKept) {
    std::string text = contained_text(gated_run());
    const std::string ours = "{\"time\":0.000000";
    text.insert(text.find(ours),
                "{\"time\":0.000000,\"name\":\"other:event\",\"data\":{\"x\":1},"
                "\"group_id\":\"a flow of theirs\"},\n");
    const Trace trace = read_well(text);
    EXPECT_EQ(contained_text(trace), text);
}

TEST(UnknownMembers, AreKeptByBothFormsToTheOctet) {
    for (const auto write : {contained_text, sequential_text}) {
        const Trace trace = read_well(foreign(write(gated_run())));
        expect_kept(trace);
        const std::string again = write(trace);
        EXPECT_EQ(write(read_well(again)), again);
        EXPECT_TRUE(read_well(again) == trace);
    }
}

TEST(UnknownMembers, GoFromOneFormToTheOther) {
    const Trace contained = read_well(foreign(contained_text(gated_run())));
    const Trace sequential = read_well(sequential_text(contained));
    expect_kept(sequential);
    EXPECT_TRUE(sequential == contained);
    EXPECT_EQ(contained_text(sequential), contained_text(contained));
}

TEST(UnknownMembers, OfAStateToldByHindsightStayWithIt) {
    const std::string text = with(contained_text(capture()), R"("old":)", R"("mood":true,)");
    const std::string again = contained_text(read_well(text));
    EXPECT_NE(again.find(R"("mood":true})"), std::string::npos) << again;
    EXPECT_EQ(contained_text(read_well(again)), again);
}

TEST(UnknownMembers, AreNoneInWhatIsWrittenHere) {
    for (const NamedTrace& sample : all_samples()) {
        EXPECT_EQ(read_well(contained_text(sample.trace)).unknown.count(), 0U) << sample.name;
        EXPECT_EQ(read_well(sequential_text(sample.trace)).unknown.count(), 0U) << sample.name;
    }
}

// The vantage point's words and further schemas are another program's own affair.
TEST(UnknownMembers, WhatTheHeaderSaysOtherwiseThanWeDoIsKept) {
    const std::string schemas = R"(["urn:ietf:quic-12","urn:x-tcpstep:qlog:events:tcp-1","é"])";
    const auto otherwise = [&](std::string text) {
        const auto put = [&](const std::string& from, const std::string& to) {
            const std::size_t at = text.find(from);
            ASSERT_NE(at, std::string::npos) << from;
            text.replace(at, from.size(), to);
        };
        put(R"("name":"tcpstep on lo")", R"("name":"my laptop")");
        put(R"("type":"network")", R"("type":"client","flow":"server")");
        put(R"(["urn:x-tcpstep:qlog:events:tcp-1"])", schemas);
        return text;
    };
    const std::string contained = otherwise(contained_text(gated_run()));
    const std::string sequential = otherwise(sequential_text(gated_run()));
    EXPECT_EQ(contained_text(read_well(contained)), contained);
    EXPECT_EQ(sequential_text(read_well(sequential)), sequential);
    EXPECT_EQ(sequential_text(read_well(contained)), sequential);
    EXPECT_EQ(contained_text(read_well(sequential)), contained);
    EXPECT_EQ(
        read(contained)->unknown.first,
        (std::vector<std::string>{"/traces/0/event_schemas", "/traces/0/vantage_point/flow",
                                  "/traces/0/vantage_point/name", "/traces/0/vantage_point/type"}));
    EXPECT_EQ(read(sequential)->unknown.first.front(), "record 1: /trace/event_schemas");
}

TEST(UnknownMembers, OfTheSameNameTheLastCounts) {
    Document document;
    NotJson why;
    ASSERT_TRUE(read_json(R"({"a":1,"b":2,"b":[3],"c":{"d":4}})", document, why));
    document.root().find("a");
    document.root().find("c");
    EXPECT_EQ(unknown_members(document.root()),
              (std::vector<UnknownMember>{{"", "b", "[3]"}, {"/c", "d", "4"}}));
    EXPECT_EQ(unknown_members(document.root(), document.root().find("c")).size(), 1U);
}

TEST(UnknownMembers, NeverReplaceWhatIsKnown) {
    EXPECT_EQ(with_unknown(
                  R"({"a":1,"l":[{},2]})",
                  {{"", "a", "7"}, {"", "b/c", "null"}, {"/l/0", "x", "[]"}, {"/l/9", "y", "0"}}),
              R"({"a":1,"l":[{"x":[]},2],"b/c":null})");
}

}  // namespace
}  // namespace tcpstep::model::qlog
