#include <cmath>
#include <memory>
#include <ostream>
#include <sstream>
#include <string>

#include <cairo.h>
#include <fmt/format.h>
#include <librsvg/rsvg.h>

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
    if (auto written = write_svg(subject, picture); !written) return written;
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
    if (w > kMostPixels || h > kMostPixels) {
        return fail(
            ErrorKind::BadInput,
            fmt::format(
                "the picture would have {:.0f} x {:.0f} pixels: more than {:.0f} either way", w, h,
                kMostPixels),
            "choose a smaller --scale, or fewer steps with --from-step and --to-step");
    }
    const Owned<cairo_surface_t> surface(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(w), static_cast<int>(h)));
    const Owned<cairo_t> context(cairo_create(surface.get()));
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
