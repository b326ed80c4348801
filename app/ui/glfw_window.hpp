#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session/command.hpp"
#include "model/result.hpp"

struct GLFWwindow;

namespace tcpstep::ui {

/// A window of the desktop with an OpenGL context, and what is done in it: keys as Commands, and
/// whether anything at all happened. One at a time.
class GlfwWindow {
  public:
    /// MachineForbids without a display or without OpenGL 3.
    static Result<GlfwWindow> open(int width, int height, bool visible);

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

    /// The Commands of the keys pressed since the last call.
    std::vector<session::Command> take_key_commands();
    /// Something happened since the last call that may change what is on screen.
    bool take_stirred();

  private:
    explicit GlfwWindow(GLFWwindow* handle) : handle_(handle) {}
    void on_key(int key, int scancode, int action, int mods);
    void on_character(unsigned character);
    void take(std::optional<session::Command> command);

    GLFWwindow* handle_;
    std::vector<session::Command> commands_;
    bool stirred_ = true;
    bool repeating_ = false;  // the character that comes next is of a key held down
    bool shift_ = false;
    bool full_ = false;
    int left_ = 0, top_ = 0, width_ = 0, height_ = 0;  // before full screen
};

/// Makes waiting for events return; from any thread.
void wake_window();

}  // namespace tcpstep::ui
