#pragma once

#include <vector>

namespace tcpstep::ui::window {

/// Keys that are down and up again between two frames. ImGui before 1.87 looks only at what is down
/// when a frame begins, and would never know of them: Ctrl A in a field would select nothing. They
/// are held down for the frame that comes next. Later ones have a queue, and this does nothing.
class FastKeys {
  public:
    /// `key` as GLFW numbers it, which is what its backend for ImGui uses.
    void pressed(int key, bool ctrl);
    /// Just before a frame. True if some are held down for it: then another frame is needed.
    bool hold();
    /// Just after it.
    void let_go();

  private:
    struct Press {
        int key;
        bool ctrl;
    };
    std::vector<Press> pressed_;  // since the last frame
    std::vector<int> held_;
    bool ctrl_before_ = false;
};

}  // namespace tcpstep::ui::window
