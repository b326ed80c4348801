#pragma once

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "model/tracking/tracker.hpp"
#include "tests/model/story.hpp"

namespace tcpstep::model::tracking {

using model::testing::Story;

/// The tracker that saw the story's segments, and nothing for `silence` after them.
Tracker tracked(const Story& story, Duration silence = {});

/// "SYN_SENT ESTABLISHED?": the states in order; a question mark where one is only assumed.
std::string states(const Tracker& tracker, Role role);

/// Every story again where the circle of sequence numbers closes.
class TrackerOf : public ::testing::TestWithParam<std::uint32_t> {
  public:
    Story story{GetParam(), GetParam() + 7};
};

#define EXPECT_STATES(client_states, server_states)              \
    do {                                                         \
        const Tracker tracker = tracked(story);                  \
        EXPECT_EQ(states(tracker, Role::Client), client_states); \
        EXPECT_EQ(states(tracker, Role::Server), server_states); \
    } while (false)

}  // namespace tcpstep::model::tracking
