#include "app/ui/window/picture.hpp"

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <utility>

// GLFW brings the types of OpenGL 3 along.
#define GLFW_INCLUDE_GLEXT
#include <GLFW/glfw3.h>

#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image_write.h>
#pragma GCC diagnostic pop

#include "app/files/whole_file.hpp"

namespace tcpstep::ui::window {

namespace {

// OpenGL 3's functions come from the driver, at run time.
template <class Function>
Function load(const char* name) {
    return reinterpret_cast<Function>(glfwGetProcAddress(name));
}

}  // namespace

Result<OffScreen> OffScreen::create(int width, int height) {
    const auto generate = load<PFNGLGENFRAMEBUFFERSPROC>("glGenFramebuffers");
    const auto bind = load<PFNGLBINDFRAMEBUFFERPROC>("glBindFramebuffer");
    const auto attach = load<PFNGLFRAMEBUFFERTEXTURE2DPROC>("glFramebufferTexture2D");
    const auto status = load<PFNGLCHECKFRAMEBUFFERSTATUSPROC>("glCheckFramebufferStatus");
    const auto impossible = [] {
        return fail(ErrorKind::MachineForbids,
                    "cannot draw a picture: OpenGL has no framebuffer objects",
                    "install Mesa's OpenGL driver");
    };
    if (generate == nullptr || bind == nullptr || attach == nullptr || status == nullptr)
        return impossible();
    OffScreen screen(width, height);
    glGenTextures(1, &screen.texture_);
    glBindTexture(GL_TEXTURE_2D, screen.texture_);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    generate(1, &screen.framebuffer_);
    bind(GL_FRAMEBUFFER, screen.framebuffer_);
    attach(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, screen.texture_, 0);
    if (status(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) return impossible();
    return screen;
}

OffScreen::OffScreen(OffScreen&& other) noexcept
    : width_(other.width_),
      height_(other.height_),
      framebuffer_(std::exchange(other.framebuffer_, 0)),
      texture_(std::exchange(other.texture_, 0)) {}

OffScreen::~OffScreen() {
    const auto remove = load<PFNGLDELETEFRAMEBUFFERSPROC>("glDeleteFramebuffers");
    if (framebuffer_ != 0 && remove != nullptr) remove(1, &framebuffer_);
    if (texture_ != 0) glDeleteTextures(1, &texture_);
}

void OffScreen::bind() const {
    load<PFNGLBINDFRAMEBUFFERPROC>("glBindFramebuffer")(GL_FRAMEBUFFER, framebuffer_);
}

void OffScreen::copy_to_window() const {
    const auto bind_to = load<PFNGLBINDFRAMEBUFFERPROC>("glBindFramebuffer");
    bind_to(GL_READ_FRAMEBUFFER, framebuffer_);
    bind_to(GL_DRAW_FRAMEBUFFER, 0);
    load<PFNGLBLITFRAMEBUFFERPROC>("glBlitFramebuffer")(0, 0, width_, height_, 0, 0, width_,
                                                        height_, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    bind_to(GL_FRAMEBUFFER, 0);
}

std::vector<std::uint8_t> OffScreen::pixels() const {
    const std::size_t row = static_cast<std::size_t>(width_) * 3;
    std::vector<std::uint8_t> bytes(row * static_cast<std::size_t>(height_));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width_, height_, GL_RGB, GL_UNSIGNED_BYTE, bytes.data());
    // OpenGL counts rows from the bottom.
    for (std::size_t top = 0, bottom = static_cast<std::size_t>(height_) - 1; top < bottom;
         ++top, --bottom) {
        const auto upper = bytes.begin() + static_cast<std::ptrdiff_t>(top * row);
        const auto lower = bytes.begin() + static_cast<std::ptrdiff_t>(bottom * row);
        std::swap_ranges(upper, upper + static_cast<std::ptrdiff_t>(row), lower);
    }
    return bytes;
}

Result<void> write_png(const std::filesystem::path& path, int width, int height,
                       const std::vector<std::uint8_t>& pixels) {
    return files::write_whole(path, [&](std::ostream& out) {
        const auto append = [](void* to, void* data, int size) {
            static_cast<std::ostream*>(to)->write(static_cast<const char*>(data), size);
        };
        stbi_write_png_to_func(append, &out, width, height, 3, pixels.data(), width * 3);
    });
}

}  // namespace tcpstep::ui::window
