#include "workers/imaging/start.hpp"

#include <mutex>
#include <vips/vips8>

namespace atelier::imaging {

Result<void> init(const ImagingSettings& settings) {
    static std::once_flag once;
    static bool started = false;
    std::call_once(once, [&] {
        started = VIPS_INIT("atelier") == 0;
        if (!started) return;
        // What is wrong with a stranger's file is said in the refusal, not on this program's stderr.
        g_log_set_handler(
            "VIPS", G_LOG_LEVEL_WARNING, [](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
        vips_concurrency_set(settings.threads_per_picture);
        vips_cache_set_max(settings.cached_operations);
        vips_cache_set_max_mem(settings.cached_bytes);
        vips_operation_block_set("VipsForeignLoad", TRUE);
        for (const char* loader : {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp"})
            vips_operation_block_set(loader, FALSE);
    });
    if (!started) return internal(std::string("libvips did not start: ") + vips_error_buffer());
    return {};
}

}  // namespace atelier::imaging
