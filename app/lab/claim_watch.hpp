#pragma once

#include <vector>

#include "app/lesson/claim.hpp"
#include "model/claim/awaited.hpp"
#include "model/event.hpp"
#include "model/trace.hpp"

namespace tcpstep::lab {

/// Watches over what a lesson claims while its run goes on. Pure: the trace is passed in.
class ClaimWatch {
  public:
    explicit ClaimWatch(const std::vector<lesson::Claim>& claims) : open_(claims) {}

    /// The claims that the trace, as far as it goes, has decided since the last call; all that are
    /// left if it is `finished`.
    std::vector<model::ClaimChecked> decided(const model::Trace& trace, bool finished);

    /// The ends of which an open claim needs what the kernel says after what has happened, as of
    /// the last call of decided().
    const std::vector<model::claim::EndOf>& awaited() const { return awaited_; }

  private:
    std::vector<lesson::Claim> open_;
    std::vector<model::claim::EndOf> awaited_;
    std::size_t looked_at_ = 0;  // events of the trace
};

}  // namespace tcpstep::lab
