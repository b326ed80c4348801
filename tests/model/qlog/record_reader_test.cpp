#include <sstream>

#include <gtest/gtest.h>

#include "model/qlog/reader.hpp"
#include "model/qlog/writer.hpp"
#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::model::qlog {
namespace {

std::vector<std::string> wire(const Trace& trace) {
    std::stringstream out;
    SequentialWriter(trace, trace.events().front().time, out, SequentialWriter::States::Left,
                     SequentialWriter::Framing::Lines)
        .write_new();
    std::vector<std::string> lines;
    for (std::string line; std::getline(out, line);) lines.push_back(line);
    return lines;
}

TEST(RecordReader, TakesWhatTheLabWrites) {
    for (const NamedTrace& sample : all_samples()) {
        if (sample.trace.events().empty()) continue;
        const std::vector<std::string> lines = wire(sample.trace);
        EXPECT_EQ(lines.size(), sample.trace.events().size() + 1) << "facts only";
        Trace trace;
        RecordReader reader(trace);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const Result<void> taken = reader.take(lines[i]);
            ASSERT_TRUE(taken) << taken.error().line();
            EXPECT_EQ(trace.events().size(), i);
        }
        EXPECT_TRUE(trace == sample.trace) << sample.name;
    }
}

TEST(RecordReader, RefusesWhatTheWireMayNotCarry) {
    const std::vector<std::string> lines = wire(gated_run());
    struct Row {
        const char* record;
        const char* what;
    };
    const Row rows[] = {
        {"", "record 2: it ends too early, after octet 0"},
        {"PNG", "record 2: octet 1: a syntax error"},
        {"[]", "record 2: expected an object, found []"},
        {R"({"time":0,"name":"tcp:segment_held","group_id":"[::1]:1-[::1]:2","data":{"id":9}})",
         "record 2: /data/id: id: no segment before has the number 9"},
        {R"({"time":-1,"name":"x:y"})",
         "record 2: /time: time: expected milliseconds since reference_time, 0 or more and before "
         "the year 2262, found -1"},
    };
    for (const Row& row : rows) {
        Trace trace;
        RecordReader reader(trace);
        ASSERT_TRUE(reader.take(lines[0]));
        const Result<void> taken = reader.take(row.record);
        ASSERT_FALSE(taken) << row.record;
        EXPECT_EQ(taken.error().kind, ErrorKind::BadInput);
        EXPECT_EQ(taken.error().what, std::string("the lab's records are broken: ") + row.what);
        EXPECT_TRUE(trace.events().empty());
    }
}

TEST(RecordReader, NeedsItsHeaderFirst) {
    Trace trace;
    RecordReader reader(trace);
    const Result<void> taken = reader.take(R"({"time":0,"name":"x:y"})");
    ASSERT_FALSE(taken);
    EXPECT_EQ(
        taken.error().what,
        "the lab's records are broken: record 1 is no header, but {\"time\":0,\"name\":\"x:y\"}");
}

TEST(RecordReader, SurvivesAMoveInTheMiddle) {
    const std::vector<std::string> lines = wire(gated_run());
    Trace trace;
    RecordReader first(trace);
    ASSERT_TRUE(first.take(lines[0]));
    RecordReader second(std::move(first));
    for (std::size_t i = 1; i < lines.size(); ++i) ASSERT_TRUE(second.take(lines[i]));
    EXPECT_TRUE(trace == gated_run());
}

}  // namespace
}  // namespace tcpstep::model::qlog
