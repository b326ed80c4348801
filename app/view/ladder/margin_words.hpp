#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "app/view/ladder/crowd.hpp"
#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/texts.hpp"

namespace tcpstep::view::ladder {

/// The names of states and calls beside a lifeline. All are taken first, then each gets its place:
/// at its moment, or as near as the others let it. What stands away from it leads there by a line.
/// Nothing stands below now. Where there are too many, words of calls are left out first, then the
/// older states; the newest one's name never is.
class MarginWords {
  public:
    /// In em: a name is not put farther from its moment, a state's only by other states; what is
    /// farther than `kLeads` leads to it.
    static constexpr float kFarthest = 1.5F, kFarthestState = 3, kLeads = 0.6F;

    MarginWords(const LadderFrame& frame, TextPlacer& texts, model::Role role)
        : f_(frame), texts_(texts), role_(role) {}

    /// `event` brought the state; `newest`: no other has followed.
    void add_state(LadderText name, std::size_t event, float moment, bool newest);

    enum class Call { Now, Failed, Returned, Entered };
    /// One or two lines; `first` and `last`: the middles of these rows; on an axis of time, `first`
    /// is the moment.
    void add_call(std::vector<LadderText> lines, float first, float last, Call how);
    /// The call has not returned, so that its entry is all that can be told of it.
    void not_returned(model::CallId call);

    void settle();

  private:
    struct Words {
        Crowded crowded;
        std::vector<LadderText> lines;
        float apart = 0;  // from the middle of a line to that of the next
    };

    bool fit(LadderText& text);
    void put(Words& words, float middle);

    const LadderFrame& f_;
    TextPlacer& texts_;
    model::Role role_;
    std::vector<Words> words_;
};

}  // namespace tcpstep::view::ladder
