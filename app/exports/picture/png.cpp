#include <cmath>
#include <memory>
#include <ostream>
#include <sstream>
#include <string>

#include <cairo.h>
#include <fmt/format.h>
#include <librsvg/rsvg.h>

#include "app/exports/picture/ladder_page.hpp"
#include "app/exports/writers.hpp"

namespace tcpstep::exports::picture {

namespace {

// Cairo's pictures have no more pixels in either direction.
constexpr double kMostPixels = 32'767;

struct Deleter {
    void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(GError* error) const { g_error_free(error); }
};
template <class T>
using Owned = std::unique_ptr<T, Deleter>;

cairo_status_t append(void* to, const unsigned char* octets, unsigned int count) {
    auto& out = *static_cast<std::ostream*>(to);
    out.write(reinterpret_cast<const char*>(octets), static_cast<std::streamsize>(count));
    return out ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

tl::unexpected<Error> cannot_draw(std::string_view why) {
    return fail(ErrorKind::MachineForbids, fmt::format("the picture cannot be drawn: {}", why),
                "export it as svg");
}

}  // namespace

Result<void> write_png(const Subject& subject, std::ostream& out) {
    std::ostringstream picture;
    if (auto written = write_picture(subject, picture, kMostPixels); !written) return written;
    const std::string svg = std::move(picture).str();

    GError* fault = nullptr;
    const Owned<RsvgHandle> handle(
        rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &fault));
    if (!handle) return cannot_draw(Owned<GError>(fault)->message);
    RsvgLength width{}, height{};
    rsvg_handle_get_intrinsic_dimensions(handle.get(), nullptr, &width, nullptr, &height, nullptr,
                                         nullptr);
    const double w = std::ceil(width.length * subject.options.scale);
    const double h = std::ceil(height.length * subject.options.scale);
    if (w > kMostPixels || h > kMostPixels) return too_many_pixels(w, h, kMostPixels);
    const Owned<cairo_surface_t> surface(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(w), static_cast<int>(h)));
    const Owned<cairo_t> context(cairo_create(surface.get()));
    // At most scales the picture's edge lies within the last pixels, which would stay half empty.
    const view::Rgb ground = view::colour(view::ColourRole::Panel, subject.options.theme);
    cairo_set_source_rgb(context.get(), ground.r / 255.0, ground.g / 255.0, ground.b / 255.0);
    cairo_paint(context.get());
    const RsvgRectangle all{0, 0, w, h};
    if (!rsvg_handle_render_document(handle.get(), context.get(), &all, &fault)) {
        return cannot_draw(Owned<GError>(fault)->message);
    }
    const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), append, &out);
    if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_WRITE_ERROR)
        return cannot_draw(cairo_status_to_string(status));
    return {};
}

}  // namespace tcpstep::exports::picture
