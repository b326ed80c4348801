#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "model/qlog/reader.hpp"
#include "model/qlog/writer.hpp"
#include "tests/model/qlog/print_fault.hpp"
#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::model::qlog {
namespace {

TEST(Sequential, EachRecordBeginsWithRsAndEndsWithALineFeed) {
    const std::string text = sequential_text(every_fact());
    ASSERT_EQ(text.front(), '\x1e');
    ASSERT_EQ(text.back(), '\n');
    for (std::size_t i = 1; i < text.size(); ++i) {
        EXPECT_EQ(text[i] == '\x1e', text[i - 1] == '\n') << "octet " << i;
    }
}

TEST(Sequential, IsWrittenAsEventsHappen) {
    const Trace whole = lab_run(0);
    Trace growing;
    growing.title = whole.title;
    growing.description = whole.description;
    std::ostringstream out;
    SequentialWriter writer(growing, whole.events().front().time, out);
    for (const ConnectionId& id : whole.connections()) growing.intern(id);
    for (const Event& event : whole.events()) {
        growing.append(event);
        writer.write_new();
        const Result<Reading> so_far = read(out.str());
        ASSERT_TRUE(so_far) << so_far.error().line();
        EXPECT_TRUE(so_far->faults.empty());
        EXPECT_FALSE(so_far->truncated);
        EXPECT_EQ(so_far->trace.events(), growing.events());
    }
    writer.write_new();  // nothing new
    EXPECT_EQ(out.str(), sequential_text(whole));
}

// A crash or a full disk cuts the file anywhere: all before the last record stays.
TEST(Sequential, ACutLastRecordIsLeftOutWhereverItIsCut) {
    for (const Trace& trace : {lab_run(0), gated_run()}) {
        const std::string text = sequential_text(trace);
        const std::size_t last = text.rfind('\x1e');
        for (std::size_t size = last; size < text.size(); ++size) {
            const Result<Reading> reading = read(text.substr(0, size));
            ASSERT_TRUE(reading) << size << ": " << reading.error().line();
            EXPECT_TRUE(reading->faults.empty()) << size;
            // The last record of gated_run is a state, so even a cut before its first octet shows.
            const bool state = trace == gated_run();
            EXPECT_EQ(reading->truncated, size > last || state) << size;
            const auto records = std::count(text.begin(), text.end(), '\x1e');
            EXPECT_EQ(reading->cut_record, reading->truncated ? records : 0) << size;
            EXPECT_EQ(reading->trace.events().size(), trace.events().size() - (state ? 0 : 1));
        }
    }
}

TEST(Sequential, ACutAnywhereIsNoFaultUnlessTheHeaderIsGone) {
    const std::string text = sequential_text(lab_run(0));
    const std::size_t header = text.find('\n') + 1;
    for (std::size_t size = 0; size < text.size(); size += size < header + 2 ? 1 : 17) {
        const Result<Reading> reading = read(text.substr(0, size));
        ASSERT_EQ(reading.has_value(), size >= header) << size;
        if (!reading) {
            EXPECT_EQ(reading.error().kind, ErrorKind::BadInput);
        } else {
            EXPECT_TRUE(reading->faults.empty()) << size << " " << reading->faults[0].what;
        }
    }
}

TEST(Sequential, ALastRecordWhoseJsonIsCutBeforeALineFeedIsCutToo) {
    std::string text = sequential_text(lab_run(0));
    text.erase(text.size() - 10, 9);
    const Result<Reading> reading = read(text);
    ASSERT_TRUE(reading) << reading.error().line();
    EXPECT_TRUE(reading->faults.empty());
    EXPECT_TRUE(reading->truncated);
    EXPECT_EQ(reading->trace.events().size(), lab_run(0).events().size() - 1);
}

TEST(Sequential, SeveralSeparatorsAreAsOne) {
    std::string text = sequential_text(lab_run(0));
    for (std::size_t at = 0; (at = text.find('\x1e', at)) != std::string::npos; at += 3) {
        text.insert(at, "\x1e\x1e");
    }
    const Result<Reading> reading = read(text);
    ASSERT_TRUE(reading) << reading.error().line();
    EXPECT_TRUE(reading->trace == lab_run(0));
    EXPECT_TRUE(reading->faults.empty());
    EXPECT_FALSE(reading->truncated);
}

TEST(Sequential, ABrokenRecordInTheMiddleIsAFaultAndTheRestIsRead) {
    std::string text = sequential_text(every_fact());
    const std::size_t second = text.find('\x1e', text.find('\x1e', 1) + 1);
    text.insert(second, "\x1e{\"time\":1,}\n");
    const Result<Reading> reading = read(text);
    ASSERT_TRUE(reading) << reading.error().line();
    ASSERT_EQ(reading->faults.size(), 1U);
    EXPECT_EQ(reading->faults[0], (Fault{"record 3", "no JSON: octet 11: a syntax error"}));
    EXPECT_TRUE(reading->trace == every_fact());
}

TEST(Sequential, FaultsNameTheirRecord) {
    std::string text = sequential_text(gated_run());
    const std::string from = R"("copy":3)";
    text.replace(text.find(from), from.size(), R"("copy":"x")");
    const Result<Reading> reading = read(text);
    ASSERT_TRUE(reading) << reading.error().line();
    ASSERT_FALSE(reading->faults.empty());
    EXPECT_EQ(reading->faults[0],
              (Fault{"record 10: /data/copy",
                     "copy: expected a number from 1 to 4294967295, found \"x\""}));
}

}  // namespace
}  // namespace tcpstep::model::qlog
