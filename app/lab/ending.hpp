#pragma once

#include <string_view>
#include <vector>

#include "app/lab/kernel_sampler.hpp"
#include "app/lab/progress.hpp"
#include "app/lesson/lesson.hpp"

namespace tcpstep::lab {

/// Whether a run has come to the end that its lesson writes, and the words for one that has not.
class Ending {
  public:
    /// `patient`: the end is that of the lesson's "patience", if it has one. `held`: its segments
    /// are; else it cannot stop on the way.
    Ending(const lesson::Lesson& lesson, bool patient, bool held, const Progress& progress,
           const KernelSampler& sampler)
        : lesson_(lesson),
          stops_(held && !lesson.ends_when.empty()),
          patience_(patient && lesson.patience ? &*lesson.patience : nullptr),
          progress_(progress),
          sampler_(sampler) {}

    /// Both actors are done, both ends are where the lesson ends, and nothing sent is left
    /// unacknowledged, unless the lesson stops on the way: then all holds that it ends when.
    bool reached() const;

    /// A patient run, and an end is in TIME_WAIT.
    bool waits_for_time() const;

    /// While all is quiet and nothing in flight: no timer of a kernel will change that either.
    bool nothing_can_happen(model::Time now) const;

    /// How it went otherwise than the lesson is written. DoesNotHold
    Error astray() const;
    /// It goes no further: "a call waits for what does not come". DoesNotHold
    Error stands_still(std::string_view why) const;

  private:
    bool at_its_end(const lesson::InState& end) const;

    const std::vector<lesson::InState>& ends() const {
        return patience_ != nullptr ? patience_->ends_with : lesson_.ends_with;
    }

    const lesson::Lesson& lesson_;
    const bool stops_;  // on the way
    const lesson::Patience* patience_;
    const Progress& progress_;
    const KernelSampler& sampler_;
};

}  // namespace tcpstep::lab
