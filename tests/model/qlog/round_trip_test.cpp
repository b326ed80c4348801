#include <gtest/gtest.h>

#include "model/qlog/reader.hpp"
#include "model/qlog/writer.hpp"
#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::model::qlog {
namespace {

std::string list(const std::vector<Fault>& faults) {
    std::string text;
    for (const Fault& fault : faults) text += fault.where + " | " + fault.what + "\n";
    return text;
}

/// What was read must be what was written, and be written again to the octet.
void expect_round_trip(const Trace& trace, std::string (*write)(const Trace&)) {
    const std::string text = write(trace);
    const Result<Reading> reading = read(text);
    ASSERT_TRUE(reading) << reading.error().line();
    EXPECT_EQ(list(reading->faults), "");
    EXPECT_FALSE(reading->truncated);
    EXPECT_TRUE(reading->trace == trace) << text;
    EXPECT_EQ(write(reading->trace), text);
}

TEST(RoundTrip, Contained) {
    for (const NamedTrace& sample : all_samples()) {
        SCOPED_TRACE(sample.name);
        expect_round_trip(sample.trace, contained_text);
    }
}

TEST(RoundTrip, Sequential) {
    for (const NamedTrace& sample : all_samples()) {
        SCOPED_TRACE(sample.name);
        expect_round_trip(sample.trace, sequential_text);
    }
}

TEST(RoundTrip, KeepsATimeZeroBeforeTheFirstEvent) {
    Trace trace = gated_run();
    trace.epoch = trace.events().front().time - std::chrono::milliseconds(100);
    EXPECT_NE(contained_text(trace).find("{\"time\":100.000000"), std::string::npos);
    expect_round_trip(trace, contained_text);
    expect_round_trip(trace, sequential_text);
}

TEST(RoundTrip, SamplesHaveEveryFactAndEveryOption) {
    std::vector<bool> facts(std::variant_size_v<Fact>);
    std::vector<bool> options(std::variant_size_v<TcpOption>);
    const Trace trace = every_fact();
    for (const Event& event : trace.events()) {
        facts[event.fact.index()] = true;
        if (const auto* sent = std::get_if<SegmentSent>(&event.fact)) {
            for (const TcpOption& option : sent->segment.options) options[option.index()] = true;
        }
    }
    EXPECT_EQ(facts, std::vector<bool>(facts.size(), true));
    EXPECT_EQ(options, std::vector<bool>(options.size(), true));
}

TEST(RoundTrip, TheFormIsToldWithin256Octets) {
    const std::string contained = contained_text(every_fact()).substr(0, 256);
    EXPECT_NE(contained.find(R"("file_schema":"urn:ietf:params:qlog:file:contained")"),
              std::string::npos);
    EXPECT_NE(contained.find(R"("serialization_format":"application/qlog+json")"),
              std::string::npos);
    const std::string sequential = sequential_text(every_fact()).substr(0, 256);
    EXPECT_NE(sequential.find(R"("file_schema":"urn:ietf:params:qlog:file:sequential")"),
              std::string::npos);
    EXPECT_NE(sequential.find(R"("serialization_format":"application/qlog+json-seq")"),
              std::string::npos);
}

TEST(RoundTrip, OneEventALine) {
    const std::string text = contained_text(lab_run(0));
    std::size_t lines = 0;
    for (std::size_t at = 0; (at = text.find("\n{\"time\":", at)) != std::string::npos; ++at)
        ++lines;
    std::size_t events = 0;
    for (std::size_t at = 0; (at = text.find("{\"time\":", at)) != std::string::npos; ++at)
        ++events;
    EXPECT_EQ(lines, events);
    EXPECT_GT(events, lab_run(0).events().size());  // with the states
}

TEST(RoundTrip, TextThatIsNoUtf8StillMakesAFile) {
    TraceMaker make("\xff");
    make.all(Marker{"note", "\xe4\xb8"});
    const Result<Reading> reading = read(contained_text(make.trace));
    ASSERT_TRUE(reading) << reading.error().line();
    EXPECT_EQ(reading->trace.title, "\xef\xbf\xbd");
    EXPECT_EQ(std::get<Marker>(reading->trace.events()[0].fact).message,
              "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(RoundTrip, ATimeIsExactAfterAHundredDays) {
    Trace trace;
    const Time start(std::chrono::nanoseconds(1'763'635'923'123'456'789));
    trace.append({start, std::nullopt, Marker{"note", "first"}});
    for (int ns : {0, 1, 2, 3}) {  // a double tells none of these from the next
        const Time later = start + std::chrono::hours(24 * 100) + std::chrono::nanoseconds(ns);
        trace.append({later, std::nullopt, Marker{"note", "later"}});
    }
    expect_round_trip(trace, contained_text);
    expect_round_trip(trace, sequential_text);
}

TEST(RoundTrip, TheDataOfAnUnknownEventStaysOneLine) {
    TraceMaker make("");
    make.all(Unrecognized{"x:y", "{\n \"a\": 1.50\r\n}"});
    const std::string text = contained_text(make.trace);
    EXPECT_NE(text.find("\"data\":{  \"a\": 1.50  }}\n"), std::string::npos) << text;
    const Result<Reading> reading = read(text);
    ASSERT_TRUE(reading);
    EXPECT_EQ(std::get<Unrecognized>(reading->trace.events()[0].fact).data, R"({"a":1.50})");
}

}  // namespace
}  // namespace tcpstep::model::qlog
