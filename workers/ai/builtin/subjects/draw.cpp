#include <cairo.h>
#include <librsvg/rsvg.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "workers/ai/builtin/subjects/pack.hpp"
#include "workers/ai/builtin/subjects/subjects.hpp"

namespace atelier::ai::builtin {
namespace {

struct Release {
    void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
    void operator()(GError* error) const { g_error_free(error); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

constexpr int kSmallest = 8, kLargest = 4096;

/// Our own documents only: librsvg gets no base address, so that nothing else can be read through them.
Result<void> render(const std::string& svg, cairo_surface_t* surface, int side) {
    GError* failure = nullptr;
    const Owned<RsvgHandle> handle(
        rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &failure));
    if (handle) {
        const Owned<cairo_t> cairo(cairo_create(surface));
        const RsvgRectangle place{0, 0, double(side), double(side)};
        if (rsvg_handle_render_document(handle.get(), cairo.get(), &place, &failure)) return {};
    }
    const Owned<GError> error(failure);
    return internal(std::string("draw_subject: ") + (error ? error->message : "librsvg failed"));
}

}  // namespace

Result<SubjectPixels> draw_subject(std::string_view name, int side) {
    if (side < kSmallest || side > kLargest)
        return invalid("/side", "range", "A subject's side is 8 to 4096 pixels.");
    const auto pictures = packed_pictures();
    const auto it = std::ranges::lower_bound(pictures, name, {}, &PackedPicture::name);
    if (it == pictures.end() || it->name != name) return not_found("illustration");
    const Result<std::string> svg = unpack(*it);
    if (!svg) return svg.error();

    const Owned<cairo_surface_t> surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side));
    if (const Result<void> rendered = render(*svg, surface.get(), side); !rendered) return rendered.error();
    cairo_surface_flush(surface.get());
    SubjectPixels out{side, std::vector<std::uint32_t>(std::size_t(side) * std::size_t(side))};
    const unsigned char* rows = cairo_image_surface_get_data(surface.get());
    if (!rows) return internal("draw_subject: no memory for the picture");
    const auto stride = std::size_t(cairo_image_surface_get_stride(surface.get()));
    for (std::size_t y = 0; y < std::size_t(side); ++y)
        std::memcpy(out.values.data() + y * std::size_t(side), rows + y * stride, std::size_t(side) * 4);
    return out;
}

}  // namespace atelier::ai::builtin
