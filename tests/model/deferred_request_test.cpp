#include "model/deferred_request.hpp"

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

Time at(int ms) {
    return Time(std::chrono::milliseconds(ms));
}

TEST(DeferredRequest, DropsAcksUntilTheLastTimeout) {
    DeferredRequest request;
    EXPECT_TRUE(request.drops_ack(1));
    EXPECT_TRUE(request.drops_ack(1));
    request.answered_again(at(1000));
    EXPECT_FALSE(request.drops_ack(1));
}

// Linux: once acknowledged it is silent until the last timeout, however many there were before.
TEST(DeferredRequest, ASynAckAfterADroppedAckIsThatOfTheLastTimeout) {
    DeferredRequest request;
    EXPECT_TRUE(request.drops_ack(5));
    request.answered_again(at(15000));
    EXPECT_FALSE(request.drops_ack(5));
}

TEST(DeferredRequest, CountsTimeoutsWhileNoAckHasCome) {
    DeferredRequest request;
    request.answered_again(at(1000));
    EXPECT_FALSE(DeferredRequest(request).drops_ack(1));
    EXPECT_TRUE(DeferredRequest(request).drops_ack(2));
    request.answered_again(at(3000));
    EXPECT_FALSE(request.drops_ack(2));
    request.begins();
    EXPECT_TRUE(request.drops_ack(1)) << "another request";
}

TEST(DeferredRequest, TheAnswerToASynIsNoTimeout) {
    DeferredRequest request;
    request.syn_again(at(500));
    request.answered_again(at(501));
    EXPECT_TRUE(DeferredRequest(request).drops_ack(1));
    // It answers not every SYN (RFC 5961 7): the next one may be a timeout's.
    request.syn_again(at(600));
    request.answered_again(at(1500));
    EXPECT_FALSE(request.drops_ack(1));
}

}  // namespace
}  // namespace tcpstep::model
