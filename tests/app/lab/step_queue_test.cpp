#include "app/lab/step_queue.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace tcpstep::lab {
namespace {

lesson::Step labelled(const char* label) {
    lesson::Step step;
    step.label = label;
    return step;
}

TEST(StepQueue, GivesStepsInOrder) {
    StepQueue queue;
    queue.push(labelled("first"));
    queue.push(labelled("second"));
    EXPECT_EQ(queue.pop().label, "first");
    queue.begun();
    EXPECT_EQ(queue.pop().label, "second");
}

TEST(StepQueue, AStepIsAboutToBeginUntilItsCallIsEntered) {
    StepQueue queue;
    EXPECT_FALSE(queue.about_to_begin());
    queue.push(labelled("connect"));
    queue.pop();
    EXPECT_TRUE(queue.about_to_begin());
    queue.begun();
    EXPECT_FALSE(queue.about_to_begin());
    queue.push(labelled("send"));
    EXPECT_FALSE(queue.about_to_begin()) << "it waits until connect() returns";
}

TEST(StepQueue, WhoWaitsForAStepIsAboutToBeginOnceThereIsOne) {
    StepQueue queue;
    std::thread actor([&] {
        EXPECT_EQ(queue.pop().label, "socket");
        queue.begun();
        queue.pop();
        queue.begun();
    });
    queue.push(labelled("socket"));
    while (queue.about_to_begin()) std::this_thread::yield();
    queue.push(labelled("bind"));
    actor.join();
    EXPECT_FALSE(queue.about_to_begin());
}

}  // namespace
}  // namespace tcpstep::lab
