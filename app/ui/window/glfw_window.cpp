#include "app/ui/window/glfw_window.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include <GLFW/glfw3.h>

#include "app/ui/keys.hpp"

namespace tcpstep::ui::window {

namespace {

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

// What GLFW last complained about, in parentheses.
std::string complaint() {
    const char* words = nullptr;
    glfwGetError(&words);
    return words == nullptr ? std::string() : " (" + std::string(words) + ")";
}

Result<void> begin_glfw() {
    constexpr const char* kRemedy = "use tcpstep run in the terminal";
    if (!is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY")) {
        return fail(ErrorKind::MachineForbids,
                    "cannot open a window: no display (DISPLAY and WAYLAND_DISPLAY are not set)",
                    kRemedy);
    }
#ifdef GLFW_PLATFORM
    // GLFW 3.4 would look for a Wayland display all the same, and its library complains on
    // standard error where there is none.
    if (!is_set("WAYLAND_DISPLAY")) glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
#endif
    if (glfwInit() == GLFW_TRUE) return {};
    return fail(ErrorKind::MachineForbids,
                "cannot open a window: the display does not answer" + complaint(), kRemedy);
}

// Below this nothing can be read.
constexpr int kLeastWidth = 640;
constexpr int kLeastHeight = 480;

GLFWwindow* create(int width, int height, bool visible, int major, int minor, bool core) {
    glfwDefaultWindowHints();
    glfwWindowHint(GLFW_VISIBLE, visible ? GLFW_TRUE : GLFW_FALSE);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, major);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, minor);
    if (core) {
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    }
    return glfwCreateWindow(width, height, "tcpstep", nullptr, nullptr);
}

// 1.5 or 2 on a screen with many pixels.
void scale_up(int& width, int& height) {
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    if (monitor == nullptr) return;
    float across = 1;
    float down = 1;
    glfwGetMonitorContentScale(monitor, &across, &down);
    width = std::max(width, static_cast<int>(static_cast<float>(width) * across));
    height = std::max(height, static_cast<int>(static_cast<float>(height) * down));
}

// A window larger than its screen has buttons that nobody can reach.
void fit_screen(int& width, int& height, bool visible) {
    GLFWmonitor* monitor = visible ? glfwGetPrimaryMonitor() : nullptr;
    if (monitor == nullptr) return;
    int x = 0;
    int y = 0;
    int room_x = 0;
    int room_y = 0;
    glfwGetMonitorWorkarea(monitor, &x, &y, &room_x, &room_y);
    if (room_x > 0) width = std::min(width, room_x);
    if (room_y > 0) height = std::min(height, room_y);
}

std::optional<Key> key_of(int glfw_key) {
    switch (glfw_key) {
        case GLFW_KEY_RIGHT:
            return Key::Right;
        case GLFW_KEY_LEFT:
            return Key::Left;
        case GLFW_KEY_PAGE_DOWN:
            return Key::PageDown;
        case GLFW_KEY_PAGE_UP:
            return Key::PageUp;
        case GLFW_KEY_HOME:
            return Key::Home;
        case GLFW_KEY_END:
            return Key::End;
        case GLFW_KEY_UP:
            return Key::Up;
        case GLFW_KEY_DOWN:
            return Key::Down;
        case GLFW_KEY_ENTER:
        case GLFW_KEY_KP_ENTER:
            return Key::Enter;
        case GLFW_KEY_F11:
            return Key::F11;
        case GLFW_KEY_ESCAPE:
            return Key::Escape;
        default:
            return std::nullopt;
    }
}

GlfwWindow& self(GLFWwindow* w) {
    return *static_cast<GlfwWindow*>(glfwGetWindowUserPointer(w));
}

}  // namespace

Result<GlfwWindow> GlfwWindow::open(int width, int height, bool visible, bool scaled) {
    if (Result<void> begun = begin_glfw(); !begun) return tl::unexpected(begun.error());
    if (scaled) scale_up(width, height);
    fit_screen(width, height, visible);
    GLFWwindow* handle = create(width, height, visible, 3, 2, true);
    if (handle == nullptr) handle = create(width, height, visible, 3, 0, false);
    if (handle == nullptr) {
        const std::string why = complaint();
        glfwTerminate();
        return fail(ErrorKind::MachineForbids, "cannot open a window: no OpenGL 3" + why,
                    "install Mesa's OpenGL driver, or use tcpstep run in the terminal");
    }
    glfwSetWindowSizeLimits(handle, kLeastWidth, kLeastHeight, GLFW_DONT_CARE, GLFW_DONT_CARE);
    glfwMakeContextCurrent(handle);
    glfwSwapInterval(1);
    return GlfwWindow(handle);
}

GlfwWindow::GlfwWindow(GlfwWindow&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)) {}

GlfwWindow::~GlfwWindow() {
    if (handle_ == nullptr) return;
    glfwDestroyWindow(handle_);
    glfwTerminate();
}

void GlfwWindow::listen() {
    glfwSetWindowUserPointer(handle_, this);
    glfwSetKeyCallback(handle_, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
        self(w).on_key(key, scancode, action, mods);
    });
    glfwSetCharCallback(handle_,
                        [](GLFWwindow* w, unsigned character) { self(w).on_character(character); });
    glfwSetCursorPosCallback(handle_,
                             [](GLFWwindow* w, double, double) { self(w).stirred_ = true; });
    glfwSetCursorEnterCallback(handle_, [](GLFWwindow* w, int) { self(w).stirred_ = true; });
    glfwSetMouseButtonCallback(handle_,
                               [](GLFWwindow* w, int, int, int) { self(w).stirred_ = true; });
    glfwSetScrollCallback(handle_, [](GLFWwindow* w, double, double) { self(w).stirred_ = true; });
    glfwSetFramebufferSizeCallback(handle_,
                                   [](GLFWwindow* w, int, int) { self(w).stirred_ = true; });
    glfwSetDropCallback(handle_, [](GLFWwindow* w, int count, const char** paths) {
        self(w).on_drop({paths, paths + count});
    });
    glfwSetWindowRefreshCallback(handle_, [](GLFWwindow* w) { self(w).stirred_ = true; });
}

void GlfwWindow::on_key(int key, int scancode, int action, int mods) {
    stirred_ = true;
    repeating_ = action == GLFW_REPEAT;
    shift_ = (mods & GLFW_MOD_SHIFT) != 0;
    if (action == GLFW_RELEASE) return;
    fast_keys_.pressed(key, (mods & GLFW_MOD_CONTROL) != 0);
    std::optional<session::Command> command;
    bool caret = false;
    if ((mods & GLFW_MOD_CONTROL) != 0) {
        const char* name = glfwGetKeyName(key, scancode);
        if (name != nullptr) command = command_for_ctrl(static_cast<unsigned char>(*name), shift_);
    } else if (const std::optional<Key> known = key_of(key)) {
        command = command_for(*known);
        caret = *known == Key::Left || *known == Key::Right || *known == Key::Home ||
                *known == Key::End;
    }
    take(std::move(command), false, caret);
}

void GlfwWindow::on_character(unsigned character) {
    stirred_ = true;
    take(command_for_character(character, shift_), true);
}

void GlfwWindow::on_drop(const std::vector<std::string>& files) {
    stirred_ = true;
    repeating_ = false;
    take(command_for_drop(files), false);
}

void GlfwWindow::take(std::optional<session::Command> command, bool typed, bool caret) {
    if (command && repeating_) command = repeated(*command);
    if (command) wishes_.push_back({std::move(*command), typed, caret});
}

bool GlfwWindow::close_wanted() const {
    return glfwWindowShouldClose(handle_) != 0;
}

void GlfwWindow::set_title(const std::string& title) {
    glfwSetWindowTitle(handle_, title.c_str());
}

void GlfwWindow::set_full_screen(bool full) {
    if (full == full_) return;
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
    if (full && mode == nullptr) return;
    full_ = full;
    stirred_ = true;
    if (full) {
        glfwGetWindowPos(handle_, &left_, &top_);
        glfwGetWindowSize(handle_, &width_, &height_);
        glfwSetWindowMonitor(handle_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
    } else {
        glfwSetWindowMonitor(handle_, nullptr, left_, top_, width_, height_, GLFW_DONT_CARE);
    }
}

std::pair<int, int> GlfwWindow::windowed_size() const {
    if (full_) return {width_, height_};
    int width = 0;
    int height = 0;
    glfwGetWindowSize(handle_, &width, &height);
    return {width, height};
}

void GlfwWindow::set_clipboard(const std::string& text) {
    glfwSetClipboardString(handle_, text.c_str());
}

std::vector<GlfwWindow::Wish> GlfwWindow::take_wishes() {
    return std::exchange(wishes_, {});
}

bool GlfwWindow::take_stirred() {
    return std::exchange(stirred_, false);
}

void wake_window() {
    glfwPostEmptyEvent();
}

}  // namespace tcpstep::ui::window
