#include "model/trace.hpp"

#include <utility>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

TEST(ConnectionId, IsWrittenAndRead) {
    for (const char* text : {"127.0.0.1:43512-127.0.0.1:8000", "[::1]:43512-[::1]:8000",
                             "127.0.0.1:1-127.0.0.1:2#3"}) {
        const auto id = parse_connection_id(text);
        ASSERT_TRUE(id) << text;
        EXPECT_EQ(to_string(*id), text);
    }
    for (const char* text :
         {"", "127.0.0.1:1", "127.0.0.1:1-127.0.0.1:2#", "127.0.0.1:1-127.0.0.1:2#1", "a-b"}) {
        EXPECT_FALSE(parse_connection_id(text)) << text;
    }
}

TEST(Trace, InternsAConnectionOnce) {
    Trace trace;
    const ConnectionId first = *parse_connection_id("127.0.0.1:1-127.0.0.1:2");
    ConnectionId again = first;
    again.generation = 2;
    EXPECT_EQ(trace.intern(first), 0U);
    EXPECT_EQ(trace.intern(again), 1U);
    EXPECT_EQ(trace.intern(first), 0U);
    EXPECT_EQ(trace.connections().size(), 2U);
}

TEST(Trace, InternsManyConnections) {
    Trace trace;
    ConnectionId id = *parse_connection_id("127.0.0.1:1-127.0.0.1:2");
    const auto each = [&](auto check) {
        for (std::uint16_t port = 3; port < 500; ++port) {
            for (id.generation = 1; id.generation < 5; ++id.generation) {
                id.client.port = port;
                check((port - 3U) * 4 + id.generation - 1);
            }
        }
    };
    each([&](ConnectionIndex index) { ASSERT_EQ(trace.intern(id), index); });
    each([&](ConnectionIndex index) { ASSERT_EQ(trace.intern(id), index); });
    std::swap(id.client, id.server);
    EXPECT_EQ(trace.intern(id), 497U * 4) << "the other way round is another";
    const Trace copy = trace;
    EXPECT_EQ(copy, trace);
}

TEST(TraceDeathTest, TimeDoesNotGoBack) {
    Trace trace;
    trace.append({Time(Duration(2)), std::nullopt, Marker{"note", "later"}});
    EXPECT_DEATH(trace.append({Time(Duration(1)), std::nullopt, Marker{"note", "earlier"}}),
                 "time");
}

}  // namespace
}  // namespace tcpstep::model
