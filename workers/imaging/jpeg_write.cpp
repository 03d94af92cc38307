#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <jpeglib.h>

#include "workers/imaging/jpeg.hpp"

namespace atelier::imaging {
namespace {

struct Escape {
    jpeg_error_mgr errors;
    std::jmp_buf to;
};

[[noreturn]] void escape(j_common_ptr info) {
    std::longjmp(static_cast<Escape*>(info->client_data)->to, 1);
}

/// Grows as libjpeg writes.
struct Sink {
    jpeg_destination_mgr manager;
    unsigned char* bytes = nullptr;
    std::size_t capacity = 0;

    std::size_t length() const { return capacity - manager.free_in_buffer; }
};

void grow(j_compress_ptr info) {
    auto* sink = reinterpret_cast<Sink*>(info->dest);
    constexpr std::size_t kFirst = 256 * 1024;
    const std::size_t larger = sink->capacity ? sink->capacity * 2 : kFirst;
    auto* bytes = static_cast<unsigned char*>(std::realloc(sink->bytes, larger));
    if (!bytes) escape(reinterpret_cast<j_common_ptr>(info));
    sink->bytes = bytes;
    sink->manager.next_output_byte = bytes + sink->capacity;
    sink->manager.free_in_buffer = larger - sink->capacity;
    sink->capacity = larger;
}

/// libjpeg calls it when all of the buffer is full, whatever free_in_buffer says.
boolean on_full(j_compress_ptr info) {
    grow(info);
    return TRUE;
}

/// Owns what libjpeg allocates.
class Writer {
  public:
    Writer() {
        info_.err = jpeg_std_error(&escape_.errors);
        info_.client_data = &escape_;
        escape_.errors.error_exit = escape;
        sink_.manager.init_destination = grow;
        sink_.manager.empty_output_buffer = on_full;
        sink_.manager.term_destination = [](j_compress_ptr) {};
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer() {
        jpeg_destroy_compress(&info_);
        std::free(sink_.bytes);
    }

    jpeg_compress_struct& info() { return info_; }
    std::string written() const { return {reinterpret_cast<const char*>(sink_.bytes), sink_.length()}; }

    void open() {
        attempt([&] { jpeg_create_compress(&info_); });
        info_.dest = &sink_.manager;
    }

    /// Runs calls of libjpeg, which may leave `calls` by a jump: nothing with a destructor may live in it.
    template <class Calls>
    void attempt(Calls calls) {
        if (setjmp(escape_.to) != 0) throw vips::VError("libjpeg cannot write this picture");
        calls();
    }

  private:
    jpeg_compress_struct info_{};
    Escape escape_{};
    Sink sink_{};
};

/// Rows of whole blocks: the channel's, its last row and column repeated.
struct Blocks {
    std::vector<std::uint8_t> values;
    JSAMPROW rows[2 * DCTSIZE];
    std::size_t width;
    int count;

    Blocks(const Channel& channel, int lines) : width((channel.width() + 15) / 16 * 16), count(lines) {
        values.resize(width * lines);
        for (int r = 0; r < lines; ++r)
            rows[r] = values.data() + r * width;
    }
    void fill(const Channel& channel, int top) {
        for (int r = 0; r < count; ++r) {
            const std::uint8_t* from = channel.row(std::min(top + r, channel.height() - 1));
            std::memcpy(rows[r], from, channel.width());
            std::memset(rows[r] + channel.width(), from[channel.width() - 1], width - channel.width());
        }
    }
};

void set_up(jpeg_compress_struct& info, const Ycc& picture, int quality) {
    info.image_width = picture.y.width();
    info.image_height = picture.y.height();
    info.input_components = 3;
    info.in_color_space = JCS_YCbCr;
    jpeg_set_defaults(&info);
    jpeg_set_colorspace(&info, JCS_YCbCr);  // chroma at half size
    jpeg_set_quality(&info, quality, TRUE);
    info.raw_data_in = TRUE;
    jpeg_start_compress(&info, TRUE);
}

}  // namespace

std::string write_jpeg(const Ycc& picture, int quality) {
    Writer writer;
    writer.open();
    jpeg_compress_struct& info = writer.info();
    writer.attempt([&] { set_up(info, picture, quality); });
    constexpr int kLines = 2 * DCTSIZE;
    Blocks y(picture.y, kLines), cb(picture.cb, DCTSIZE), cr(picture.cr, DCTSIZE);
    JSAMPARRAY rows[] = {y.rows, cb.rows, cr.rows};
    for (int top = 0; top < picture.y.height(); top += kLines) {
        y.fill(picture.y, top);
        cb.fill(picture.cb, top / 2);
        cr.fill(picture.cr, top / 2);
        writer.attempt([&] { jpeg_write_raw_data(&info, rows, kLines); });
    }
    writer.attempt([&] { jpeg_finish_compress(&info); });
    return writer.written();
}

}  // namespace atelier::imaging
