#include "common/media/media.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <ostream>

#include "common/media/source.hpp"

namespace atelier::media {

namespace {

class MemorySource final : public Source {
  public:
    explicit MemorySource(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    std::uint64_t size() const override { return bytes_.size(); }
    bool read(std::uint64_t offset, std::span<std::uint8_t> out) const override {
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
        return true;
    }

  private:
    std::span<const std::uint8_t> bytes_;
};

class FileSource final : public Source {
  public:
    explicit FileSource(const std::filesystem::path& path)
        : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
        struct stat status {};
        if (file_ >= 0 && ::fstat(file_, &status) == 0 && S_ISREG(status.st_mode))
            size_ = static_cast<std::uint64_t>(status.st_size);
        else
            close();
    }
    ~FileSource() override { close(); }
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;

    bool is_open() const { return file_ >= 0; }
    bool failed() const { return failed_; }
    std::uint64_t size() const override { return size_; }
    bool read(std::uint64_t offset, std::span<std::uint8_t> out) const override {
        std::size_t done = 0;
        while (done < out.size()) {
            const ssize_t count =
                ::pread(file_, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
            if (count < 0 && errno == EINTR) continue;
            failed_ = failed_ || count < 0;
            if (count <= 0) return false;
            done += static_cast<std::size_t>(count);
        }
        return true;
    }

  private:
    void close() {
        if (file_ >= 0) ::close(file_);
        file_ = -1;
    }
    int file_;
    std::uint64_t size_ = 0;
    mutable bool failed_ = false;
};

/// What else people send, so that the message can say so. Matched on the first bytes.
struct Foreign {
    std::size_t offset;
    std::string_view magic;
    std::string_view name;
};
constexpr Foreign kForeign[] = {
    {0, "GIF8", "a GIF"},
    {0, "BM", "a BMP"},
    {0, {"II*\0", 4}, "a TIFF"},
    {0, {"MM\0*", 4}, "a TIFF"},
    {4, "ftyp", "a HEIF, AVIF or video file"},
    {0, "%PDF", "a PDF"},
    {0, "8BPS", "a Photoshop file"},
    {0, {"\0\0\1\0", 4}, "an icon"},
    {0, "PK\3\4", "a ZIP archive"},
    {0, "\xff\x0a", "a JPEG XL"},
};

std::string lowercase(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return result;
}

std::string_view foreign_name(std::string_view head) {
    for (const auto& [offset, magic, name] : kForeign)
        if (head.size() > offset && head.substr(offset).starts_with(magic)) return name;
    const std::string text = lowercase(head);
    for (const std::string_view tag : {"<svg", "<?xml", "<!doctype", "<html"})
        if (text.find(tag) != std::string::npos) return "a text document (SVG, XML or HTML)";
    return "of no kind that we know";
}

Error not_a_picture(std::string_view head) {
    std::string message =
        "the file is " + std::string(foreign_name(head)) + "; only JPEG, PNG and WebP are taken";
    return Error{ErrorCode::unsupported_media, message, {{"/file", "type", message}}, {}};
}

Result<MediaInfo> inspect_source(const Source& source, const MediaLimits& limits) {
    if (source.size() == 0) return invalid("/file", "empty", "the file is empty");
    const auto bytes = source.take(0, static_cast<std::size_t>(std::min<std::uint64_t>(source.size(), 64)));
    const std::string_view head(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    auto info = [&]() -> Result<MediaInfo> {
        if (head.starts_with("\xff\xd8\xff")) return inspect_jpeg(source);
        if (head.starts_with("\x89PNG\r\n\x1a\n")) return inspect_png(source);
        if (head.starts_with("RIFF") && head.size() >= 12 && head.substr(8, 4) == "WEBP")
            return inspect_webp(source);
        return not_a_picture(head);
    }();
    if (!info) return info;
    if (info->width > limits.max_side || info->height > limits.max_side ||
        std::int64_t{info->width} * info->height > limits.max_pixels)
        return invalid("/file", "pixels",
                       "the picture has " + std::to_string(info->width) + " × " +
                           std::to_string(info->height) + " pixels; at most " +
                           std::to_string(limits.max_pixels) + " in all and " +
                           std::to_string(limits.max_side) + " a side are taken");
    info->content_type = content_type(info->format);
    const bool turned = info->orientation >= 5;
    info->upright_width = turned ? info->height : info->width;
    info->upright_height = turned ? info->width : info->height;
    return info;
}

}  // namespace

std::string_view content_type(Format format) {
    switch (format) {
        case Format::jpeg:
            return "image/jpeg";
        case Format::png:
            return "image/png";
        case Format::webp:
            return "image/webp";
    }
    return {};
}

std::string_view extension(Format format) {
    switch (format) {
        case Format::jpeg:
            return "jpg";
        case Format::png:
            return "png";
        case Format::webp:
            return "webp";
    }
    return {};
}

std::ostream& operator<<(std::ostream& out, const MediaInfo& info) {
    return out << info.content_type << ' ' << info.width << 'x' << info.height << " orientation "
               << info.orientation << " channels " << info.channels << (info.has_alpha ? " alpha" : "")
               << (info.cmyk ? " cmyk" : "") << (info.progressive ? " progressive" : "");
}

Error truncated() {
    return invalid("/file", "truncated", "the file ends before its header does");
}

Error malformed(std::string message) {
    return invalid("/file", "malformed", std::move(message));
}

Error animated() {
    return invalid("/file", "frames", "animated pictures are not taken: one frame only");
}

Result<MediaInfo> inspect(std::span<const std::uint8_t> bytes, const MediaLimits& limits) {
    return inspect_source(MemorySource(bytes), limits);
}

Result<MediaInfo> inspect_file(const std::filesystem::path& path, const MediaLimits& limits) {
    const FileSource source(path);
    if (!source.is_open()) return not_found("file");
    auto info = inspect_source(source, limits);
    if (source.failed()) return internal("a file could not be read");
    return info;
}

}  // namespace atelier::media
