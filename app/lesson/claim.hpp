#pragma once

#include <string>
#include <vector>

#include "app/lesson/local_text.hpp"
#include "model/claim/claim.hpp"

namespace tcpstep::lesson {

/// What a lesson claims of its run: an article's words, and the predicate that proves them.
struct Claim {
    std::string id;  ///< unique in its lesson
    LocalText text;
    model::claim::Predicate predicate;
    /// What must have come for it to mean anything, each after the one before; mostly nothing.
    std::vector<model::claim::Moment> given = {};
};

}  // namespace tcpstep::lesson
