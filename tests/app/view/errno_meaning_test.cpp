// What the errno of a call means, by what is known of its socket.
#include "app/view/errno_meaning.hpp"

#include <gtest/gtest.h>

namespace tcpstep::view {
namespace {

using namespace model;

struct Calls {
    Trace trace;
    CallId id = 0;

    Calls& call(const std::string& name, std::int64_t fd, std::int64_t result,
                const std::string& error = "", const std::string& how = "") {
        CallEntered entered{++id, Role::Client, name, {}};
        if (fd >= 0) entered.arguments.push_back({"fd", fd});
        if (!how.empty()) entered.arguments.push_back({"how", how});
        add(std::move(entered));
        return add(CallReturned{id, Role::Client, name, result, error});
    }
    Calls& add(Fact fact) {
        trace.append({Time(std::chrono::milliseconds(trace.events().size())), std::nullopt,
                      std::move(fact)});
        return *this;
    }
    // What the last one means.
    std::string meaning() const { return failure_meaning(trace, trace.events().size() - 1); }
};

TEST(FailureMeaning, AnyOtherErrnoMeansWhatItAlwaysDoes) {
    Calls calls;
    calls.call("socket", -1, 5).call("connect", 5, -1, "ECONNREFUSED");
    EXPECT_EQ(calls.meaning(), errno_meaning("ECONNREFUSED"));
    EXPECT_NE(calls.meaning(), "");
    calls.call("send", 5, 3);
    EXPECT_EQ(calls.meaning(), "") << "it did not fail";
}

TEST(FailureMeaning, ASocketThatWasNeverConnectedHasNobodyToSendTo) {
    Calls calls;
    calls.call("socket", -1, 5).call("send", 5, -1, "EPIPE");
    EXPECT_EQ(calls.meaning(), "the socket was never connected: there is nobody to send to");
    calls.call("connect", 5, -1, "ECONNREFUSED").call("send", 5, -1, "EPIPE");
    EXPECT_EQ(calls.meaning(), "the socket was never connected: there is nobody to send to");
    // Another one by the same number.
    calls.call("connect", 5, 0).call("close", 5, 0);
    calls.call("socket", -1, 5).call("send", 5, -1, "EPIPE");
    EXPECT_EQ(calls.meaning(), "the socket was never connected: there is nobody to send to");
}

TEST(FailureMeaning, AConnectionIsShutOrGone) {
    Calls calls;
    calls.call("socket", -1, 5).call("connect", 5, 0).call("dup", 5, 6);
    calls.call("shutdown", 5, 0, "", "SHUT_RD").call("send", 6, -1, "EPIPE");
    EXPECT_EQ(calls.meaning(), "the connection is gone");
    calls.call("shutdown", 6, 0, "", "SHUT_WR").call("send", 5, -1, "EPIPE");
    EXPECT_EQ(calls.meaning(), "this end was shut down for sending");
    calls.call("accept", 4, 8).call("send", 8, -1, "EPIPE");
    EXPECT_EQ(calls.meaning(), "the connection is gone");
}

TEST(FailureMeaning, WhatIsNotKnownIsLeftOpen) {
    Calls calls;
    calls.call("send", 9, -1, "EPIPE");
    EXPECT_EQ(calls.meaning(), errno_meaning("EPIPE"));
}

}  // namespace
}  // namespace tcpstep::view
