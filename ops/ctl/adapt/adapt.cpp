#include "ops/ctl/adapt/adapt.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "ops/ctl/adapt/results.hpp"
#include "ops/ctl/client/errand.hpp"
#include "ops/ctl/client/progress_bar.hpp"

namespace atelier::ctl {
namespace {

constexpr int kFailed = 1, kUsage = 2;
constexpr int kAssetsPerProject = 100;

/// One run of the command; every step stops at the first error.
class Adaptation {
  public:
    Adaptation(const AdaptOptions& options, std::vector<Photo> photos)
        : options_(options), photos_(std::move(photos)), api_(options.server) {}

    Result<void> run() {
        if (auto reached = api_.reach(); !reached) return during(api_.server(), reached.error());
        if (auto signed_in = enter(api_, "adapt", options_.email, options_.password); !signed_in)
            return during("signing in", signed_in.error());
        if (auto chosen = choose_formats(); !chosen) return chosen;
        if (auto affordable = check_credits(); !affordable) return affordable;
        for (Photo& photo : photos_)
            if (auto sent = send(photo); !sent) return during(photo.path.string(), sent.error());
        if (auto analysed = analyse(); !analysed) return during("analysis", analysed.error());
        if (auto adapted = adapt(); !adapted) return during("adaptation", adapted.error());
        return fetch();
    }

    bool is_unreachable() { return is_away(api_); }

  private:
    /// Turns slugs into ids. Only admins may list formats; others get all of them.
    Result<void> choose_formats() {
        auto all = api_.list("/admin/formats");
        if (!all && all.error().code == ErrorCode::forbidden && options_.formats.empty()) return {};
        if (!all) return during("formats", all.error());
        std::vector<FieldError> unknown;
        for (const json::Value& format : *all)
            formats_ += options_.formats.empty() && format["is_active"].as_bool();
        for (const std::string& slug : options_.formats) {
            const auto found = std::find_if(all->begin(), all->end(),
                                            [&](auto& f) { return f["slug"].as_string() == slug; });
            if (found == all->end())
                unknown.push_back({slug, "exists", "There is no such format."});
            else
                format_ids_.push_back((*found)["id"]);
        }
        if (!unknown.empty()) return during("formats", invalid(std::move(unknown)));
        formats_ += static_cast<int>(format_ids_.size());
        return {};
    }

    /// A photo costs a credit to analyse, a picture one to make; saying so now spares the uploads.
    Result<void> check_credits() {
        auto credits = api_.get("/credits");
        if (!credits) return during("credits", credits.error());
        const auto photos = static_cast<std::int64_t>(photos_.size());
        const std::int64_t needed = photos * (1 + formats_), balance = (*credits)["balance"].as_int();
        if (needed <= balance) return {};
        return Error{ErrorCode::insufficient_credits,
                     fmt::format("{} photos in {} formats need {} credits, but the organization has {}.",
                                 photos, formats_, needed, balance),
                     {},
                     {}};
    }

    Result<void> send(Photo& photo) {
        const json::Value announced = json::Object{{"filename", photo.path.filename().string()},
                                                   {"content_type", photo.content_type},
                                                   {"size_bytes", photo.size_bytes}};
        auto made = api_.post("/assets", announced);
        if (!made) return made.error();
        if (auto sent = api_.upload((*made)["upload"], photo.path); !sent) return sent;
        photo.asset_id = (*made)["asset"]["id"].as_string();
        auto ready = api_.post("/assets/" + photo.asset_id + "/complete");
        if (!ready) return ready.error();
        fmt::print("Uploaded {} ({}×{}, {} bytes)\n", photo.path.string(), (*ready)["width"].as_int(),
                   (*ready)["height"].as_int(), photo.size_bytes);
        return {};
    }

    Result<void> analyse() {
        json::Value ids = json::Array{};
        for (const Photo& photo : photos_)
            ids.push(photo.asset_id);
        auto accepted =
            api_.post("/projects/upload", json::Object{{"name", photos_.front().name}, {"asset_ids", ids}});
        if (!accepted) return accepted.error();
        project_id_ = (*accepted)["project_id"].as_string();
        return follow((*accepted)["job_id"].as_string(), "moderate_upload", "photos",
                      static_cast<int>(photos_.size()));
    }

    Result<void> adapt() {
        json::Value body = json::Object{};
        if (!format_ids_.empty()) body.set("format_ids", format_ids_);
        if (!options_.fill.empty()) body.set("fill", options_.fill);
        json::Value texts = json::Object{};
        for (const auto& [role, text] : {std::pair{"title", &options_.title},
                                         {"subtitle", &options_.subtitle},
                                         {"content", &options_.content}})
            if (!text->empty()) texts.set(role, *text);
        if (texts.size() > 0) body.set("texts", texts);
        auto accepted = api_.post("/projects/" + project_id_ + "/generate", body);
        if (!accepted) return accepted.error();
        job_id_ = (*accepted)["job_id"].as_string();
        return follow(job_id_, "moderate", "pictures", static_cast<int>(photos_.size()) * formats_);
    }

    Result<void> follow(const std::string& job, const std::string& step, const std::string& things,
                        int total) {
        ProgressBar bar(step, things, total);
        auto last = complete_job(api_, job, [&](const json::Value& event) {
            if (event["type"].as_string() == "job:progress") bar.show(event);
        });
        if (!last) return last.error();
        bar.finish(*last);
        seconds_ = bar.seconds();
        return {};
    }

    Result<void> fetch() {
        auto results = api_.get("/generate/" + job_id_ + "/results");
        if (!results) return during("results", results.error());
        const std::vector<Picture> pictures = name_pictures(*results, photos_);
        if (auto done = download_pictures(api_, pictures, options_.out); !done)
            return during("downloads", done.error());
        fmt::print("\n{}\n", table_of(pictures));
        fmt::print("{} pictures in {:.1f} s\n", pictures.size(), seconds_);
        return options_.json.empty() ? Result<void>() : report(*results, pictures);
    }

    Result<void> report(const json::Value& results, const std::vector<Picture>& pictures) const {
        json::Value photos = json::Array{}, made = json::Array{};
        for (const Photo& photo : photos_)
            photos.push(json::Object{
                {"file", photo.path.string()}, {"name", photo.name}, {"asset_id", photo.asset_id}});
        for (const Picture& picture : pictures) {
            json::Value one = picture.told;
            one.make_object().erase("url");
            one.make_object().erase("preview_url");
            made.push(one.set("photo", picture.photo).set("file", picture.file));
        }
        json::Value report = json::Object{{"server", api_.server()}, {"project_id", project_id_}};
        report.set("job", results["job"]).set("seconds", seconds_);
        report.set("photos", std::move(photos)).set("pictures", std::move(made));
        std::ofstream file(options_.json);
        file << json::write_pretty(report) << "\n";
        file.close();
        if (!file) return internal("The report could not be written to " + options_.json + ".");
        return {};
    }

    const AdaptOptions& options_;
    std::vector<Photo> photos_;
    Api api_;
    json::Array format_ids_;
    int formats_ = 0;  ///< how many; 0 when that cannot be known
    std::string project_id_, job_id_;
    double seconds_ = 0;
};

}  // namespace

void declare_adapt(CLI::App& command, AdaptOptions& options) {
    command.add_option("--server", options.server, "The API's address, such as http://127.0.0.1:8080")
        ->required();
    command.add_option("--photo", options.photos, "A JPEG, PNG or WebP; repeat it for more")
        ->required()
        ->expected(1)
        ->take_all();
    command.add_option("--out", options.out, "Folder for the results")->required();
    command.add_option("--formats", options.formats, "Slugs, separated by commas; all formats when left out")
        ->delimiter(',');
    command.add_option("--title", options.title, "Text for the pictures");
    command.add_option("--subtitle", options.subtitle, "A smaller text");
    command.add_option("--content", options.content, "A text of several lines");
    command.add_option("--fill", options.fill, "How a canvas grows: auto, blur, mirror, edge or color");
    auto* email =
        command.add_option("--email", options.email, "Signs in; a fresh user is registered otherwise");
    auto* password = command.add_option("--password", options.password, "Of that user");
    email->needs(password);
    password->needs(email);
    command.add_option("--json", options.json, "Also writes all that is known of the pictures to this file");
}

int run_adapt(const AdaptOptions& options) {
    if (options.photos.size() > kAssetsPerProject)
        return tell("adapt", bad_request(fmt::format("At most {} photos at once.", kAssetsPerProject)),
                    kUsage);
    auto photos = look_at_photos(options.photos);
    if (!photos) return tell("adapt", photos.error(), kUsage);
    std::error_code error;
    std::filesystem::create_directories(options.out, error);
    if (error)
        return tell("adapt", bad_request("The folder " + options.out + " cannot be made: " + error.message()),
                    kUsage);
    Adaptation adaptation(options, std::move(*photos));
    auto done = adaptation.run();
    if (done) return 0;
    return tell("adapt", done.error(), adaptation.is_unreachable() ? kUnreachable : kFailed);
}

}  // namespace atelier::ctl
