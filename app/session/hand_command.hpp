#pragma once

#include <cstdint>
#include <string>

#include "app/freelab/wish.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::session {

/// What the buttons of one end of a free lab work with, besides what they are called.
struct HandChoice {
    bool second_client = false;   ///< whose calls they are; only at the client's end
    std::string descriptor = {};  ///< "": for each call the newest that fits
    std::string text = freelab::kSentText;
    std::string how = "SHUT_WR";
    std::string option = "SO_REUSEADDR";
    std::int64_t value = freelab::kOptionValue;
    std::int64_t backlog = freelab::kBacklog;
    bool operator==(const HandChoice&) const = default;
};

// These do something only in a free lab.

/// An actor makes a call. While one looks at the past this does nothing but say so.
struct CallByHand {
    freelab::Wish wish;
    bool operator==(const CallByHand&) const = default;
};
/// The buttons of that end work with this from now on.
struct ChooseForHand {
    model::Role end = model::Role::Client;
    HandChoice choice;
    bool operator==(const ChooseForHand&) const = default;
};
/// What was done becomes a lesson file.
struct SaveLab {
    bool operator==(const SaveLab&) const = default;
};

}  // namespace tcpstep::session
