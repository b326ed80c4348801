#include <sstream>

#include <gtest/gtest.h>

#include "model/qlog/reader.hpp"
#include "model/qlog/writer.hpp"
#include "tests/model/qlog/print_fault.hpp"
#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::model::qlog {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    for (std::size_t end; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
        lines.push_back(text.substr(at, end - at));
    }
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

// The lines of a lab run; line i + 1 is event i. 0 the scenario, 1 and 2 its states, 3 listen
// entered, 4 returned, 5 LISTEN, 6 connect entered, 7 the SYN, 8 SYN_SENT, 9 SYN_RCVD ...
class StateCheckTest : public testing::Test {
  protected:
    std::vector<std::string> lines_ = lines_of(contained_text(lab_run(0)));
    std::string& event(std::size_t i) { return lines_[i + 1]; }

    void replace(std::size_t i, const std::string& from, const std::string& to) {
        const std::size_t at = event(i).find(from);
        ASSERT_NE(at, std::string::npos) << event(i);
        event(i).replace(at, from.size(), to);
    }
    void remove(std::size_t i) {
        lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(i + 1));
    }

    void expect(const std::vector<Fault>& faults) {
        const Result<Reading> reading = read(joined(lines_));
        ASSERT_TRUE(reading) << reading.error().line();
        EXPECT_EQ(reading->faults, faults);
        EXPECT_TRUE(reading->trace == lab_run(0)) << "the facts are not touched";
    }
};

TEST_F(StateCheckTest, AsWrittenThereIsNoFault) {
    expect({});
}

TEST_F(StateCheckTest, AStateThatTheFactsDoNotMakeIsAFault) {
    replace(8, R"("new":"SYN_SENT")", R"("new":"ESTABLISHED")");
    expect({{"/traces/0/events/8",
             "tcp:state_updated: expected client CLOSED to SYN_SENT of "
             "127.0.0.1:43512-127.0.0.1:8000, found client CLOSED to ESTABLISHED of "
             "127.0.0.1:43512-127.0.0.1:8000"}});
}

TEST_F(StateCheckTest, AMissingStateIsAFaultAtItsCause) {
    remove(8);  // of two states the first
    expect(
        {{"/traces/0/events/7",
          "tcp:state_updated: expected client CLOSED to SYN_SENT after this event, found none"}});
}

TEST_F(StateCheckTest, AMissingStateBeforeTheNextFactIsAFaultAtItsCause) {
    remove(9);  // of two states the second
    expect(
        {{"/traces/0/events/7",
          "tcp:state_updated: expected server LISTEN to SYN_RCVD after this event, found none"}});
}

TEST_F(StateCheckTest, AMissingStateAtTheEndIsAFaultInTheContainedForm) {
    std::string text = contained_text(gated_run());
    const std::size_t last = text.rfind(",\n{");
    text.replace(last, text.rfind("\n]}]}") - last, "");
    const Result<Reading> reading = read(text);
    ASSERT_TRUE(reading) << reading.error().line();
    ASSERT_EQ(reading->faults.size(), 1U);
    EXPECT_EQ(reading->faults[0],
              (Fault{"/traces/0/events/13",
                     "tcp:state_updated: expected client SYN_SENT to CLOSED after this event, "
                     "found none"}));
    EXPECT_FALSE(reading->truncated);
}

TEST_F(StateCheckTest, AStateTooManyIsAFault) {
    lines_.insert(lines_.begin() + 7, event(5));  // LISTEN a second time
    expect(
        {{"/traces/0/events/6",
          "tcp:state_updated: expected none, found server CLOSED to LISTEN of all connections"}});
}

TEST_F(StateCheckTest, AStateOfTheWrongConnectionIsAFault) {
    replace(5, R"("data":)", R"("group_id":"127.0.0.1:1-127.0.0.1:2","data":)");
    expect({{"/traces/0/events/5",
             "tcp:state_updated: expected server CLOSED to LISTEN of all connections, found server "
             "CLOSED to LISTEN of 127.0.0.1:1-127.0.0.1:2"}});
}

TEST_F(StateCheckTest, TheReasonsAreChecked) {
    replace(5, R"("rfc":"3.10.1")", R"("rfc":"3.10.4")");
    replace(8, R"("segment":1)", R"("segment":2)");
    replace(9, R"("event":"tcp:segment_sent")", R"("event":"tcp:segment_delivered")");
    expect({
        {"/traces/0/events/5/data/rfc", "rfc: expected \"3.10.1\", found \"3.10.4\""},
        {"/traces/0/events/8/data/trigger",
         "trigger: expected tcp:segment_sent of segment 1, found tcp:segment_sent of segment 2"},
        {"/traces/0/events/9/data/trigger",
         "trigger: expected tcp:segment_sent of segment 1, found tcp:segment_delivered of segment "
         "1"},
    });
}

TEST_F(StateCheckTest, TheTimeIsThatOfTheCause) {
    replace(9, "\"time\":4.000004", "\"time\":4.000005");
    expect({{"/traces/0/events/9/time", "time: expected that of the event which moved it"}});
}

TEST_F(StateCheckTest, AStateThatCannotBeReadIsOneFault) {
    replace(8, R"("old":"CLOSED")", R"("old":"SHUT")");
    replace(9, R"("source":"inferred")", R"("source":"guessed")");
    expect({
        {"/traces/0/events/8/data/old",
         "old: expected a state of RFC 9293 such as \"SYN_SENT\", or \"UNKNOWN\", found \"SHUT\""},
        {"/traces/0/events/9/data/source",
         "source: expected \"inferred\" or \"kernel\", found \"guessed\""},
    });
}

TEST_F(StateCheckTest, WhatIsSentAgainIsChecked) {
    replace(7, R"("options":[])", R"("options":[],"retransmission_of":7)");
    expect({{"/traces/0/events/7/data/retransmission_of",
             "retransmission_of: expected none, found 7"}});
}

TEST_F(StateCheckTest, AfterAnEventThatWasLeftOutNothingIsCompared) {
    // Without the SYN the fold would infer other states than the file tells; that says nothing.
    replace(7, R"("seq":0)", R"("seq":"?")");
    const Result<Reading> reading = read(joined(lines_));
    ASSERT_TRUE(reading) << reading.error().line();
    ASSERT_EQ(reading->faults.size(), 1U) << reading->faults[1].what;
    EXPECT_EQ(reading->faults[0].where, "/traces/0/events/7/data/seq");
}

// ---- Captures: the states are told with hindsight ----

// The places of the states in the capture's text, by what they begin with.
class CaptureCheckTest : public testing::Test {
  protected:
    std::string text_ = contained_text(capture());

    std::vector<Fault> faults() {
        const Result<Reading> reading = read(text_);
        EXPECT_TRUE(reading) << reading.error().line();
        EXPECT_TRUE(reading->trace == capture()) << "the facts are not touched";
        return reading->faults;
    }
    /// The line of that change of the first connection.
    std::size_t line_of(const std::string& change) {
        const std::size_t at = text_.find(change);
        EXPECT_NE(at, std::string::npos) << change << "\n" << text_;
        return text_.rfind('\n', at) + 1;
    }
    void replace(const std::string& from, const std::string& to, std::size_t after = 0) {
        const std::size_t at = text_.find(from, after);
        ASSERT_NE(at, std::string::npos) << from << "\n" << text_;
        text_.replace(at, from.size(), to);
    }
};

TEST_F(CaptureCheckTest, AsWrittenThereIsNoFault) {
    EXPECT_EQ(faults(), std::vector<Fault>{});
}

TEST_F(CaptureCheckTest, WhatTheEndOfTheCaptureShowsIsCompared) {
    replace(R"("new":"LAST_ACK")", R"("new":"CLOSING")");
    const std::vector<Fault> found = faults();
    ASSERT_FALSE(found.empty());
    EXPECT_NE(found[0].what.find("expected server CLOSE_WAIT to LAST_ACK"), std::string::npos)
        << found[0].what;
}

TEST_F(CaptureCheckTest, AStateThatIsLeftOutIsMissing) {
    const std::size_t line = line_of(R"("old":"CLOSE_WAIT","new":"LAST_ACK")");
    text_.erase(line, text_.find('\n', line) + 1 - line);
    const std::vector<Fault> found = faults();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what,
              "tcp:state_updated: expected server CLOSE_WAIT to LAST_ACK after this event, found "
              "none");
}

TEST_F(CaptureCheckTest, ADoubtIsCompared) {
    const std::size_t line = line_of(R"("certainty":"assumed")");
    replace(R"("certainty":"assumed",)", "", line);
    const std::vector<Fault> found = faults();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what, "certainty: expected \"assumed\", found \"proved\"");
    EXPECT_TRUE(found[0].where.ends_with("/data/certainty")) << found[0].where;
}

TEST_F(CaptureCheckTest, TheWordsForAPersonAreNotCompared) {
    replace(R"("sentence":"The client)", R"("sentence":"Der Client)");
    replace(R"("reason":"nothing)", R"("reason":"rien)");
    EXPECT_EQ(faults(), std::vector<Fault>{});
}

TEST_F(CaptureCheckTest, ButTheyAreWords) {
    replace(R"("certainty":"assumed")", R"("certainty":"likely")");
    const std::size_t sentence = text_.find(R"("sentence":")") + 11;
    text_.replace(sentence, text_.find('}', sentence) - sentence, "7");
    std::vector<std::string> found;
    for (const Fault& fault : faults()) found.push_back(fault.what);
    EXPECT_EQ(found, (std::vector<std::string>{
                         "sentence: expected a string, found 7",
                         "certainty: expected \"proved\" or \"assumed\", found \"likely\""}));
}

TEST_F(CaptureCheckTest, OnceAnEventWasLeftOutTheHindsightIsWrong) {
    replace(R"("seq":501,"ack":102)", R"("seq":"?","ack":102)");  // the server's FIN
    const Result<Reading> reading = read(text_);
    ASSERT_TRUE(reading) << reading.error().line();
    ASSERT_EQ(reading->faults.size(), 1U) << reading->faults[1].what;
    EXPECT_TRUE(reading->faults[0].where.ends_with("/data/seq"));
}

TEST_F(CaptureCheckTest, TheSequentialFormMayLeaveAllOutButNotSome) {
    const Trace trace = capture();
    std::ostringstream out;
    SequentialWriter(trace, trace.zero(), out, SequentialWriter::States::Left).write_new();
    std::string text = out.str();
    EXPECT_EQ(text.find("tcp:state_updated"), std::string::npos);
    EXPECT_EQ(read(text)->faults, std::vector<Fault>{});
    EXPECT_FALSE(read(text)->truncated);
    // The first record behind the SYN: one of its two states.
    const std::size_t line = line_of(R"("new":"SYN_SENT")");
    const std::string told = text_.substr(line, text_.find('\n', line) - line - 1);
    const std::size_t third = text.find('\x1e', text.find('\x1e', 1) + 1);
    text.insert(third, "\x1e" + told + "\n");
    EXPECT_FALSE(read(text)->faults.empty());
    // Cut short it says nothing of what came later.
    EXPECT_EQ(read(text.substr(0, text.size() - 5))->faults, std::vector<Fault>{});
}

}  // namespace
}  // namespace tcpstep::model::qlog
