#include <gtest/gtest.h>

#include "model/qlog/reader.hpp"
#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::model::qlog {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

// RFC 8259 8.1 lets a reader ignore it.
TEST(Foreign, AByteOrderMarkIsNoFaultHoweverItComes) {
    for (const std::string& text : {contained_text(gated_run()), sequential_text(gated_run())}) {
        const std::string marked = "\xef\xbb\xbf" + text;
        for (const std::size_t piece : {marked.size(), std::size_t{1}, std::size_t{2}}) {
            std::size_t at = 0;
            const Result<Reading> reading = read([&] {
                const std::string_view next = std::string_view(marked).substr(at, piece);
                at += next.size();
                return next;
            });
            ASSERT_TRUE(reading) << piece << ": " << reading.error().line();
            EXPECT_TRUE(reading->faults.empty());
            EXPECT_TRUE(reading->trace == gated_run());
        }
    }
    EXPECT_EQ(read("\xef\xbb\xbf").error().what, "no qlog trace: it is empty");
    EXPECT_EQ(read("\xef\xbb").error().what, "no qlog trace: it ends too early, after octet 2");
}

TEST(Foreign, IsRefusedInOneLine) {
    using namespace std::string_literals;
    const std::string contained = contained_text(gated_run());
    const std::string sequential = sequential_text(gated_run());
    const std::string quic =
        R"({"file_schema":"urn:ietf:params:qlog:file:contained","serialization_format":)"
        R"("application/qlog+json","traces":[{"event_schemas":["urn:ietf:params:qlog:events:quic"],)"
        R"("events":[{"time":0,"name":"quic:packet_sent","data":{}}]}]})";
    struct Row {
        std::string text;
        std::string what;
    };
    const Row rows[] = {
        {"", "no qlog trace: it is empty"},
        {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s, "no qlog trace: octet 1: a syntax error"},
        {"\xd4\xc3\xb2\xa1\x02\x00"s, "no qlog trace: octet 1: a syntax error"},
        {"\x1e"s, "no qlog trace: its header is cut short"},
        {"\x1e\x1e\x1e"s, "no qlog trace: its header is cut short"},
        {"\x1e\0\n"s, "no qlog trace: its header is no JSON, octet 1: a syntax error"},
        {"\x1e{}\n"s, "no qlog trace: it has no \"file_schema\""},
        {"{}", "no qlog trace: it has no \"file_schema\""},
        {"[]", "no qlog trace: expected an object, found []"},
        {"\"\"", "no qlog trace: expected an object, found \"\""},
        {"7", "no qlog trace: expected an object, found 7"},
        {R"({"qlog_version":"0.3","traces":[]})", "no qlog trace: it has no \"file_schema\""},
        {R"({"file_schema":7})",
         "no qlog trace: expected the file_schema \"urn:ietf:params:qlog:file:contained\", found "
         "7"},
        {contained.substr(0, 1000), "no qlog trace: it ends too early, after octet 1000"},
        {std::string(1'000'000, '['), "no qlog trace: nested deeper than 64 values"},
        {sequential.substr(1), "no qlog trace: octet 393: a syntax error"},
        {quic,
         "a qlog, but not of our events: event_schemas holds \"urn:ietf:params:qlog:events:quic\", "
         "not \"urn:x-tcpstep:qlog:events:tcp-1\""},
        {replaced(contained, "events:tcp-1", "events:tcp-2"),
         "a qlog of another version: its events are \"urn:x-tcpstep:qlog:events:tcp-2\", this "
         "program reads \"urn:x-tcpstep:qlog:events:tcp-1\""},
        {replaced(contained, "events:tcp-1", "events:tcp-0"),
         "a qlog of another version: its events are \"urn:x-tcpstep:qlog:events:tcp-0\", this "
         "program reads \"urn:x-tcpstep:qlog:events:tcp-1\""},
        {replaced(sequential, "events:tcp-1", "events:tcp-12"),
         "a qlog of another version: its events are \"urn:x-tcpstep:qlog:events:tcp-12\", this "
         "program reads \"urn:x-tcpstep:qlog:events:tcp-1\""},
        {replaced(contained, R"("traces":[)", R"("traces":[],"x":[)"),
         "no qlog trace: its \"traces\" hold none"},
        {replaced(contained, R"("traces":[)", R"("traces":{},"x":[)"),
         "no qlog trace: /traces: expected an array, found an object"},
        {replaced(contained, R"("traces":)", R"("x":)"), "no qlog trace: it has no \"traces\""},
        {replaced(sequential, R"("trace":)", R"("x":)"),
         "no qlog trace: its header has no \"trace\""},
    };
    for (const Row& row : rows) {
        const Result<Reading> reading = read(row.text);
        ASSERT_FALSE(reading) << row.text.substr(0, 80);
        EXPECT_EQ(reading.error().kind, ErrorKind::BadInput);
        EXPECT_EQ(reading.error().what, row.what);
        EXPECT_EQ(reading.error().remedy.find("newer"), std::string::npos) << "it may be older";
        EXPECT_EQ(reading.error().line().find('\n'), std::string::npos);
    }
}

}  // namespace
}  // namespace tcpstep::model::qlog
