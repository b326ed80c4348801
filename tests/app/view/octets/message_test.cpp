#include "app/view/octets/message.hpp"

#include <gtest/gtest.h>

#include "app/view/octets/payload_fields.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view::octets {
namespace {

using namespace model;
using testing::RunBuilder;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

struct Sample {
    explicit Sample(Trace t) : trace(std::move(t)), timeline(trace) { index.catch_up(timeline); }
    std::optional<Message> at(std::size_t position) const {
        return latest_message(timeline, index, position);
    }
    std::optional<Message> at_the_end() const { return at(timeline.size()); }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

std::string text_of(const std::optional<Message>& message) {
    if (!message) return "none";
    return message->title + ": " + std::string(message->payload.begin(), message->payload.end());
}

RunBuilder messages() {
    RunBuilder run;
    run.call(C, "send", {{"fd", std::int64_t{3}}, {"data", "question"}}).returns(C, "send", 8);
    run.call(S, "recv", {{"fd", std::int64_t{4}}, {"size", std::int64_t{1024}}});
    CallReturned received{2, S, "recv", 8, ""};
    received.value = "question";
    run.fact(received);
    return run;
}

TEST(Message, IsWhatTheLatestCallWroteOrRead) {
    const Sample sample(messages().trace);
    EXPECT_EQ(text_of(sample.at(0)), "none");
    EXPECT_EQ(text_of(sample.at_the_end()), "server · recv() · 8 octets: question");
    EXPECT_EQ(text_of(sample.at(sample.timeline.size() - 1)),
              "client · send() · 8 octets: question");
}

TEST(Message, IsADatagramRatherThanACall) {
    RunBuilder run = messages();
    run.fact(DatagramSent{C, {}, {}, 300, {'h', 'i'}});
    run.call(C, "send", {{"fd", std::int64_t{3}}, {"data", "later"}});
    const Sample sample(std::move(run.trace));
    const auto message = sample.at_the_end();
    EXPECT_EQ(text_of(message), "DATAGRAM · client → server · 300 octets: hi");
    EXPECT_EQ(message->length, 300U);
}

TEST(Message, IsNotWhatACallGaveBesides) {
    RunBuilder run;
    run.call(C, "getsockname").call(C, "recv");
    CallReturned name{1, C, "getsockname", 1, ""};
    name.value = "@tcpstep";
    run.fact(name);
    run.fact(CallReturned{2, C, "recv", 0, ""});
    EXPECT_EQ(text_of(Sample(std::move(run.trace)).at_the_end()), "none");
}

TEST(Message, ItsOctetsAreNumberedByNobody) {
    for (const bool datagram : {true, false}) {
        const Message message{"", {'h', 'i'}, 2, datagram};
        std::vector<WireField> fields;
        append_payload_fields(fields, message.payload, 0);
        ASSERT_EQ(fields.size(), 2U);
        const FieldMeaning meaning = octet_of_message(message, fields[1]);
        EXPECT_EQ(meaning.source, datagram ? "RFC 768" : "unix(7)");
        EXPECT_EQ(meaning.place, "octet 1, 8 bits");
        EXPECT_EQ(meaning.before, "octet 2 of 2 that it carries");
        EXPECT_FALSE(meaning.meaning.empty());
    }
}

}  // namespace
}  // namespace tcpstep::view::octets
