#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "model/result.hpp"

namespace tcpstep::ui::window {

/// An OpenGL framebuffer of its own, so that a picture has exactly the size that was asked for,
/// whether or not the window that the desktop gave is visible or as large.
class OffScreen {
  public:
    /// Binds itself for drawing. MachineForbids if the driver cannot do it.
    static Result<OffScreen> create(int width, int height);
    OffScreen(OffScreen&& other) noexcept;
    OffScreen& operator=(OffScreen&&) = delete;
    ~OffScreen();

    /// What is drawn from now on is drawn there.
    void bind() const;
    /// Copies it into the window's own framebuffer, which is bound then.
    void copy_to_window() const;
    int width() const { return width_; }
    int height() const { return height_; }

    /// What was drawn: rows from the top, three bytes a pixel.
    std::vector<std::uint8_t> pixels() const;

  private:
    OffScreen(int width, int height) : width_(width), height_(height) {}
    int width_, height_;
    unsigned framebuffer_ = 0, texture_ = 0;
};

/// Writes a PNG file; errors are files::write_whole's.
Result<void> write_png(const std::filesystem::path& path, int width, int height,
                       const std::vector<std::uint8_t>& pixels);

}  // namespace tcpstep::ui::window
