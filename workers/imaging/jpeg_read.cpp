#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <vector>

#include <jpeglib.h>

#include <jerror.h>

#include "workers/imaging/jpeg.hpp"
#include "workers/imaging/rgb_buffer.hpp"
#include "workers/imaging/upright.hpp"

namespace atelier::imaging {
namespace {

constexpr int kReads = 4;        ///< of libjpeg before its rows are put into their places
constexpr int kMostScans = 200;  ///< a progressive file of thousands would keep a processor busy for minutes

/// libjpeg's error handling: it must not return, and may not be thrown through.
struct Escape {
    jpeg_error_mgr errors;
    jpeg_progress_mgr progress;
    std::jmp_buf to;
};

[[noreturn]] void escape(j_common_ptr info) {
    std::longjmp(static_cast<Escape*>(info->client_data)->to, 1);
}

/// Warnings are about noise that every viewer shows; data that end too early are a picture cut short.
void on_message(j_common_ptr info, int level) {
    if (level < 0 && info->err->msg_code == JWRN_JPEG_EOF) escape(info);
}

void on_progress(j_common_ptr info) {
    const auto* reading = reinterpret_cast<j_decompress_ptr>(info);
    if (reading->input_scan_number > kMostScans) escape(info);
}

class Reader {
  public:
    Reader() {
        info_.err = jpeg_std_error(&escape_.errors);
        info_.client_data = &escape_;
        escape_.errors.error_exit = escape;
        escape_.errors.emit_message = on_message;
        escape_.progress.progress_monitor = on_progress;
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader() { jpeg_destroy_decompress(&info_); }

    jpeg_decompress_struct& info() { return info_; }

    void open(std::string_view bytes) {
        attempt([&] {
            jpeg_create_decompress(&info_);
            info_.progress = &escape_.progress;
            jpeg_mem_src(&info_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
            jpeg_read_header(&info_, TRUE);
        });
    }

    /// Runs calls of libjpeg, which may leave `calls` by a jump: nothing with a destructor may live in it.
    template <class Calls>
    void attempt(Calls calls) {
        if (setjmp(escape_.to) != 0) throw vips::VError("damaged JPEG");
        calls();
    }

  private:
    jpeg_decompress_struct info_{};
    Escape escape_{};
};

/// Rows that libjpeg fills, many at a time.
struct Strip {
    std::vector<std::uint8_t> values;
    std::vector<JSAMPROW> rows;

    Strip(std::size_t width, int count) : values(width * count), rows(count) {
        for (int r = 0; r < count; ++r)
            rows[r] = values.data() + r * width;
    }
};

Size stored_size(const jpeg_component_info& c) {
    return {static_cast<int>(c.downsampled_width), static_cast<int>(c.downsampled_height)};
}

/// The chroma sampling, {1 or 2, 1 or 2}; nothing for any other kind of JPEG.
std::optional<Size> sampling(const jpeg_decompress_struct& info) {
    if (info.jpeg_color_space != JCS_YCbCr || info.num_components != 3) return std::nullopt;
    const jpeg_component_info *y = info.comp_info, *cb = y + 1, *cr = y + 2;
    const bool is_usual = cb->h_samp_factor == 1 && cb->v_samp_factor == 1 && cr->h_samp_factor == 1 &&
                          cr->v_samp_factor == 1 && y->h_samp_factor <= 2 && y->v_samp_factor <= 2;
    if (!is_usual) return std::nullopt;
    return Size{y->h_samp_factor, y->v_samp_factor};
}

/// An odd side whose last chroma sample stands for half as much would begin with it when turned round.
bool turns_exactly(Size sampling, Size stored, Orientation o) {
    const bool reverses_columns = o.is_transposed ? o.from_bottom : o.from_right;
    const bool reverses_rows = o.is_transposed ? o.from_right : o.from_bottom;
    return !(reverses_columns && stored.width % sampling.width != 0) &&
           !(reverses_rows && stored.height % sampling.height != 0);
}

Channel upright_channel(const jpeg_component_info& c, Orientation orientation) {
    const Size size = orientation.turned(stored_size(c));
    return Channel(size.width, size.height);
}

}  // namespace

std::optional<Ycc> read_ycc(std::string_view bytes, int exif) {
    Reader reader;
    reader.open(bytes);
    jpeg_decompress_struct& info = reader.info();
    const auto factors = sampling(info);
    const Orientation orientation = Orientation::of(exif);
    const Size stored{static_cast<int>(info.image_width), static_cast<int>(info.image_height)};
    if (!factors || !turns_exactly(*factors, stored, orientation)) return std::nullopt;
    info.raw_data_out = TRUE;
    reader.attempt([&] { jpeg_start_decompress(&info); });

    const Size across_down = orientation.turned(*factors);
    Ycc out{upright_channel(info.comp_info[0], orientation), upright_channel(info.comp_info[1], orientation),
            upright_channel(info.comp_info[2], orientation), across_down.width, across_down.height};
    Channel* const channels[] = {&out.y, &out.cb, &out.cr};
    std::vector<Strip> strips;
    JSAMPARRAY rows[3];
    for (int c = 0; c < 3; ++c) {
        const jpeg_component_info& component = info.comp_info[c];
        strips.emplace_back(std::size_t(component.width_in_blocks) * DCTSIZE,
                            kReads * component.v_samp_factor * DCTSIZE);
    }
    const int lines = info.max_v_samp_factor * DCTSIZE;
    for (int done = 0; info.output_scanline < info.output_height; done += kReads) {
        for (int read = 0; read < kReads && info.output_scanline < info.output_height; ++read) {
            for (int c = 0; c < 3; ++c)
                rows[c] = strips[c].rows.data() + read * info.comp_info[c].v_samp_factor * DCTSIZE;
            reader.attempt([&] { jpeg_read_raw_data(&info, rows, lines); });
        }
        for (int c = 0; c < 3; ++c) {
            const Size size = stored_size(info.comp_info[c]);
            const int each = info.comp_info[c].v_samp_factor * DCTSIZE, top = done * each;
            place_rows(strips[c].rows.data(), std::min(kReads * each, size.height - top), top, size, 1,
                       orientation, channels[c]->row(0));
        }
    }
    reader.attempt([&] { jpeg_finish_decompress(&info); });
    return out;
}

vips::VImage read_rgb(std::string_view bytes, int shrink, int exif) {
    Reader reader;
    reader.open(bytes);
    jpeg_decompress_struct& info = reader.info();
    info.out_color_space = JCS_RGB;
    info.scale_num = 1;
    info.scale_denom = shrink;
    reader.attempt([&] { jpeg_start_decompress(&info); });

    const Size stored{static_cast<int>(info.output_width), static_cast<int>(info.output_height)};
    const Orientation orientation = Orientation::of(exif);
    const Size size = orientation.turned(stored);
    RgbBuffer rgb(size);
    constexpr int kRows = 64;
    Strip strip(std::size_t(stored.width) * 3, kRows);
    while (info.output_scanline < info.output_height) {
        const int top = static_cast<int>(info.output_scanline);
        const int wanted = std::min(kRows, stored.height - top);
        reader.attempt([&] {
            for (int got = 0; got < wanted;)
                got += static_cast<int>(jpeg_read_scanlines(&info, strip.rows.data() + got, wanted - got));
        });
        place_rows(strip.rows.data(), wanted, top, stored, 3, orientation, rgb.row(0));
    }
    reader.attempt([&] { jpeg_finish_decompress(&info); });
    return rgb.take();
}

}  // namespace atelier::imaging
