#pragma once
// How every text is set: one font map a thread, unhinted, points are pixels. Only .cpp files and private
// headers include it.

#include <pango/pangocairo.h>

#include <memory>

namespace atelier::pango {

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using GPtr = std::unique_ptr<T, Unref>;

/// This thread's: Pango's font maps are not safe to share.
PangoFontMap* font_map();
/// A new context on this thread's font map; for this thread only. Sizes are the same at every scale: neither
/// letters nor their places are rounded to pixels.
GPtr<PangoContext> make_context();

}  // namespace atelier::pango
