#include "model/trace.hpp"

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

TEST(TraceDeathTest, TimeDoesNotGoBack) {
    Trace trace;
    trace.append({Time(Duration(2)), std::nullopt, Marker{"note", "later"}});
    EXPECT_DEATH(trace.append({Time(Duration(1)), std::nullopt, Marker{"note", "earlier"}}),
                 "time");
}

}  // namespace
}  // namespace tcpstep::model
