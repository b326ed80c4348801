#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/session/command.hpp"
#include "app/ui/window/fast_keys.hpp"
#include "model/result.hpp"

struct GLFWwindow;

namespace tcpstep::ui::window {

/// A window of the desktop with an OpenGL context, and what is done in it: keys as Commands, and
/// whether anything at all happened. One at a time.
class GlfwWindow {
  public:
    /// `scaled`: as much larger as the desktop shows everything, for pixels are small there.
    /// MachineForbids without a display or without OpenGL 3.
    static Result<GlfwWindow> open(int width, int height, bool visible, bool scaled = false);

    GlfwWindow(GlfwWindow&& other) noexcept;
    GlfwWindow& operator=(GlfwWindow&&) = delete;
    ~GlfwWindow();

    /// Begins to listen. Call it once the window stays where it is in memory, and before ImGui's
    /// backend is started, which calls on to the listeners it finds.
    void listen();

    GLFWwindow* handle() const { return handle_; }
    bool close_wanted() const;
    void set_title(const std::string& title);
    void set_full_screen(bool full);
    void set_clipboard(const std::string& text);

    /// The window's size in pixels, or what it was before it filled the screen.
    std::pair<int, int> windowed_size() const;

    /// What a key wishes, or a file that was dropped.
    struct Wish {
        session::Command command;
        bool typed;          ///< by a character, which a text field takes instead
        bool caret = false;  ///< by a key that moves the caret of a text field
    };
    /// Those since the last call.
    std::vector<Wish> take_wishes();
    /// Something happened since the last call that may change what is on screen.
    bool take_stirred();
    FastKeys& fast_keys() { return fast_keys_; }

  private:
    explicit GlfwWindow(GLFWwindow* handle) : handle_(handle) {}
    void on_key(int key, int scancode, int action, int mods);
    void on_character(unsigned character);
    void on_drop(const std::vector<std::string>& files);
    void take(std::optional<session::Command> command, bool typed, bool caret = false);

    GLFWwindow* handle_;
    std::vector<Wish> wishes_;
    FastKeys fast_keys_;
    bool stirred_ = true;
    bool repeating_ = false;  // the character that comes next is of a key held down
    bool shift_ = false;
    bool full_ = false;
    int left_ = 0, top_ = 0, width_ = 0, height_ = 0;  // before full screen
};

/// Makes waiting for events return; from any thread.
void wake_window();

}  // namespace tcpstep::ui::window
