#include "workers/ai/builtin/subjects/pack.hpp"

#include <zlib.h>

#include <charconv>
#include <vector>

#include "workers/ai/builtin/subjects/words.hpp"

// The assembler takes the file in: no copy of it goes through the compiler.
// clang-format off
asm(".pushsection .rodata\n"
    ".global atelier_illustrations\n"
    "atelier_illustrations:\n"
    ".incbin \"" ATELIER_ILLUSTRATIONS "\"\n"
    ".global atelier_illustrations_end\n"
    "atelier_illustrations_end:\n"
    ".popsection\n");
// clang-format on
extern "C" const char atelier_illustrations[], atelier_illustrations_end[];

namespace atelier::ai::builtin {
namespace {

std::string_view pack() {
    return {atelier_illustrations, std::size_t(atelier_illustrations_end - atelier_illustrations)};
}

std::size_t number(std::string_view text) {
    std::size_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::vector<PackedPicture> read_index() {
    std::string_view rest = pack();
    const std::size_t count = number(split(take_line(rest), ' ')[2]);
    std::vector<PackedPicture> pictures;
    for (std::size_t i = 0; i < count; ++i) {
        const std::vector<std::string_view> fields = split(take_line(rest), ' ');
        pictures.push_back({fields[0], number(fields[1]), number(fields[2]), number(fields[3])});
    }
    const std::size_t first = pack().size() - rest.size();
    for (PackedPicture& picture : pictures)
        picture.offset += first;
    return pictures;
}

}  // namespace

std::span<const PackedPicture> packed_pictures() {
    static const std::vector<PackedPicture> pictures = read_index();
    return pictures;
}

Result<std::string> unpack(const PackedPicture& picture) {
    std::string svg(picture.plain, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return internal("unpack: zlib did not start");
    // zlib's interface predates const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(pack().data() + picture.offset));
    stream.avail_in = uInt(picture.packed);
    stream.next_out = reinterpret_cast<Bytef*>(svg.data());
    stream.avail_out = uInt(svg.size());
    const int status = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    if (status != Z_STREAM_END || stream.avail_out != 0) return internal("unpack: a damaged illustration");
    return svg;
}

}  // namespace atelier::ai::builtin
