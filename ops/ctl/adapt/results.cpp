#include "ops/ctl/adapt/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

namespace atelier::ctl {
namespace {

constexpr int kDownloads = 4;
constexpr double kWhole = 0.98;

std::string extension_of(const json::Value& told) {
    const std::string& type = told["content_type"].as_string();
    if (type == "image/jpeg") return "jpg";
    const auto slash = type.find('/');
    return slash == std::string::npos ? "bin" : safe_name(type.substr(slash + 1));
}

Picture picture_of(const json::Value& told, const std::string& photo) {
    const std::string stem = photo + "--" + safe_name(told["format"]["slug"].string_or("format"));
    if (told["url"].is_string())
        return {told, photo, stem + "." + extension_of(told), told["url"].as_string()};
    if (told["preview_url"].is_string())
        return {told, photo, stem + ".flagged-preview.jpg", told["preview_url"].as_string()};
    return {told, photo, {}, {}};
}

struct KindCount {
    std::string kind, one, many;
    int whole = 0, all = 0;
    double share = 0;
};

std::string in_words(const KindCount& count) {
    if (count.all == 0) return {};
    const bool single = count.kind == "product" || count.kind == "person";
    if (single && count.all == 1 && count.whole == 0)
        return fmt::format("{} {:.0f}%", count.one, 100 * count.share);
    return fmt::format("{} {}/{}", count.many, count.whole, count.all);
}

std::string flags_of(const Picture& picture) {
    std::string flags;
    const auto add = [&](const std::string& flag) { flags += (flags.empty() ? "" : ", ") + flag; };
    const std::string& moderation = picture.told["moderation"].as_string();
    if (moderation != "approved") add(moderation);
    for (const json::Value& flag : picture.told["report"]["flags"].array())
        add(flag.as_string());
    if (picture.told["report"].has("fill")) add("fill " + picture.told["report"]["fill"].as_string());
    return flags;
}

std::size_t shown_width(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

using Row = std::vector<std::string>;

std::string aligned(const std::vector<Row>& rows, const std::vector<bool>& to_the_right) {
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (const Row& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], shown_width(row[i]));
    std::string text;
    for (const Row& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string gap(widths[i] - shown_width(row[i]), ' ');
            line += (i ? "  " : "") + (to_the_right[i] ? gap + row[i] : row[i] + gap);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

}  // namespace

std::vector<Picture> name_pictures(const json::Value& results, const std::vector<Photo>& photos) {
    std::vector<Picture> pictures;
    for (const Photo& photo : photos)
        for (const json::Value& told : results["assets"].array())
            if (told["source_asset_id"].as_string() == photo.asset_id)
                pictures.push_back(picture_of(told, photo.name));
    return pictures;
}

Result<void> download_pictures(Api& api, const std::vector<Picture>& pictures,
                               const std::filesystem::path& folder) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::optional<Error> failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < pictures.size(); i = next++) {
            if (pictures[i].file.empty()) continue;
            auto done = api.download(pictures[i].url, folder / pictures[i].file);
            if (done) continue;
            const std::lock_guard lock(mutex);
            if (!failure) {
                failure = done.error();
                failure->message = pictures[i].file + ": " + failure->message;
            }
            next = pictures.size();
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < kDownloads; ++i)
        threads.emplace_back(work);
    for (std::thread& thread : threads)
        thread.join();
    if (failure) return *failure;
    return {};
}

std::string kept_in_words(const json::Value& elements_kept) {
    KindCount counts[] = {{"face", "face", "faces"},
                          {"product", "product", "product"},
                          {"person", "person", "person"},
                          {"text", "text", "text"}};
    for (const json::Value& element : elements_kept.array())
        for (KindCount& count : counts) {
            if (element["kind"].as_string() != count.kind) continue;
            count.all += 1;
            count.whole += element["kept"].as_double() >= kWhole;
            count.share += element["kept"].as_double();
        }
    std::string words;
    for (const KindCount& count : counts)
        if (const std::string part = in_words(count); !part.empty())
            words += (words.empty() ? "" : " ") + part;
    return words.empty() ? "-" : words;
}

std::string table_of(const std::vector<Picture>& pictures) {
    std::vector<Row> rows{{"photo", "format", "pixels", "strategy", "kept", "ms", "bytes", "flags"}};
    for (const Picture& picture : pictures) {
        const json::Value& told = picture.told;
        rows.push_back({picture.photo, told["format"]["slug"].as_string(),
                        fmt::format("{}×{}", told["width"].as_int(), told["height"].as_int()),
                        told["strategy"].as_string(), kept_in_words(told["elements_kept"]),
                        fmt::format("{:.0f}", told["report"]["milliseconds"].as_double()),
                        std::to_string(told["size_bytes"].as_int()), flags_of(picture)});
    }
    return aligned(rows, {false, false, true, false, false, true, true, false});
}

}  // namespace atelier::ctl
