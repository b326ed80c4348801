#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/tracked_change.hpp"
#include "tests/judge/corpus.hpp"

namespace tcpstep::judge {

enum class Verdict : std::uint8_t {
    Agrees,         ///< all the states that the kernel passed through, in order, and no others
    AgreesAsShown,  ///< all that a capture can show of them, at best: TrueEnd::shown
    Assumed,        ///< the first state that differs was told with a doubt
    Differs,
};

std::string_view name(Verdict verdict);

/// The states that an end is said to have entered against those that it did enter. Before the
/// opening nothing counts (UNKNOWN, CLOSED, LISTEN); LISTEN after that is as CLOSED, for whether
/// somebody listens is not on the wire; unseen states, and CLOSED after TIME_WAIT, may be told or
/// not. If the truth is incomplete, its states must be among those told, in order.
Verdict judge(const Truth& truth, const TrueEnd& real,
              const std::vector<model::TrackedChange>& told);

/// What was decided of one end of one connection.
struct Finding {
    const Case* story = nullptr;
    std::size_t connection = 0;  ///< in Truth::connections
    model::Role end = model::Role::Client;
    Verdict verdict = Verdict::Agrees;
    std::vector<model::TrackedChange> told;
};

/// Decodes the capture of a story and judges both ends of each connection in its truth.
std::vector<Finding> findings(const Case& story);

struct Score {
    std::size_t agrees = 0;  ///< as_shown included
    std::size_t as_shown = 0, assumed = 0, differs = 0;
};

struct Tally {
    Score all;
    Score lossless;  ///< of those stories that were played to their end, and lost nothing
    Score settled;   ///< of those stories that were played to their end
    std::map<std::string, Score> families;  ///< by the first word of the story
    std::vector<Finding> wrong, assumed;
    std::size_t states = 0;   ///< that were told
    std::size_t doubted = 0;  ///< with a doubt
};

Tally compare_all(const std::vector<Case>& cases);

/// Of all ends, and of those of which the capture was taken to tell (no doubt).
double percent_agreeing(const Score& score);
double percent_agreeing_undoubted(const Score& score);

/// What was judged wrong, or wrongly assumed, with the paths of the stories.
std::string disagreements(const Tally& tally);

/// One line a family, and all.
std::string figures(const Tally& tally);

/// The story with its true and its decoded states.
std::string show(const Case& story);

}  // namespace tcpstep::judge
