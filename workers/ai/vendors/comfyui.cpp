#include "workers/ai/vendors/comfyui.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "common/crypto/encoding.hpp"
#include "common/crypto/random.hpp"
#include "common/media/media.hpp"
#include "workers/ai/vendors/comfyui_graphs.hpp"
#include "workers/ai/vendors/exchange/exchange.hpp"
#include "workers/ai/vendors/exchange/options.hpp"
#include "workers/ai/vendors/exchange/pictures.hpp"
#include "workers/ai/vendors/exchange/polling.hpp"

namespace atelier::ai {
namespace {

constexpr int kStep = 8;
constexpr double kEditDenoise = 0.6;

VendorError read_error(int, const json::Value& body) {
    VendorError said{Complaint::none, body["error"]["type"].as_string()};
    // A checkpoint that is not there is a value that its node does not offer.
    for (const auto& [node, problem] : body["node_errors"].object())
        for (const auto& error : problem["errors"].array())
            if (error["type"].as_string() == "value_not_in_list" &&
                error["extra_info"]["input_name"].as_string() == "ckpt_name")
                said.complaint = Complaint::unknown_model;
    return said;
}

struct Options {
    json::Value workflow, edit_workflow, outpaint_workflow;
    std::int64_t pixels = 0;
    std::chrono::milliseconds poll{500};
};

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const unsigned char c : text) {
        if (std::isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~')
            out += static_cast<char>(c);
        else
            out += '%' + crypto::hex_encode({&c, 1});
    }
    return out;
}

class ComfyUi : public Provider, public ImageModel {
  public:
    ComfyUi(Exchange exchange, Options options)
        : exchange_(std::move(exchange)), options_(std::move(options)) {}

    ImageModel* image() override { return this; }

    Answered<ImageAnswer> make(const ImageRequest& request, const Call& call) override {
        const Attempt attempt(call);
        auto values = placeholders(request, attempt);
        if (!values) return values.error();
        json::Value body;
        body.set("prompt", fill_in(graph_for(request), *values));
        body.set("client_id", "atelier");
        auto queued = exchange_.post("/prompt", body, attempt, kMaxTextBytes);
        if (!queued) return queued.error();
        const std::string id = (*queued)["prompt_id"].as_string();
        const bool is_plain = !id.empty() && std::all_of(id.begin(), id.end(), [](unsigned char c) {
            return std::isalnum(c) || c == '-';
        });
        if (!is_plain) return malformed(exchange_.id(), "without a prompt's id");
        auto entry = history_of(id, attempt);
        if (!entry) return entry.error();
        return pictures_of((*entry)["outputs"], request.count, attempt);
    }

  private:
    const json::Value& graph_for(const ImageRequest& request) const {
        const auto own = [](const json::Value& given, const json::Value& usual) -> const json::Value& {
            return given.is_null() ? usual : given;
        };
        if (request.references.empty()) return own(options_.workflow, comfy_text_to_image());
        if (request.task == ImageTask::outpaint) return own(options_.outpaint_workflow, comfy_outpaint());
        return own(options_.edit_workflow, request.mask ? comfy_masked_edit() : comfy_edit());
    }

    Answered<Placeholders> placeholders(const ImageRequest& request, const Attempt& attempt) const {
        const PixelSize size = size_within({request.width, request.height}, options_.pixels, kStep);
        const bool is_repaint =
            !request.references.empty() && request.task == ImageTask::edit && !request.mask;
        Placeholders values{{"%model%", attempt.call().model},
                            {"%prompt%", request.prompt},
                            {"%negative_prompt%", request.negative_prompt},
                            {"%width%", size.width},
                            {"%height%", size.height},
                            {"%count%", request.count},
                            {"%seed%", request.seed.value_or(0)},
                            {"%denoise%", is_repaint ? kEditDenoise : 1.0}};
        if (request.references.empty()) return values;
        auto image = upload(request.references[0], attempt);
        if (!image) return image.error();
        values.emplace_back("%image%", *image);
        if (request.mask) {
            auto mask = upload(*request.mask, attempt);
            if (!mask) return mask.error();
            values.emplace_back("%mask%", *mask);
        }
        if (request.task == ImageTask::outpaint) add_borders(values, request.references[0], size);
        return values;
    }

    /// The picture as large as the canvas allows, in its middle.
    static void add_borders(Placeholders& values, const EncodedImage& picture, PixelSize canvas) {
        const auto info = media::inspect(crypto::bytes_of(picture.bytes));
        const PixelSize given = info ? PixelSize{info->upright_width, info->upright_height} : canvas;
        const double scale =
            std::min(double(canvas.width) / given.width, double(canvas.height) / given.height);
        const auto fitted = [&](int side, int most) {
            return std::clamp(static_cast<int>(side * scale / kStep + 0.5) * kStep, kStep, most);
        };
        const int width = fitted(given.width, canvas.width), height = fitted(given.height, canvas.height);
        const int left = (canvas.width - width) / 2, top = (canvas.height - height) / 2;
        const std::pair<std::string_view, int> sides[] = {{"%fit_width%", width},
                                                          {"%fit_height%", height},
                                                          {"%left%", left},
                                                          {"%top%", top},
                                                          {"%right%", canvas.width - width - left},
                                                          {"%bottom%", canvas.height - height - top}};
        values.insert(values.end(), std::begin(sides), std::end(sides));
    }

    /// The name under which the server keeps it.
    Answered<std::string> upload(const EncodedImage& picture, const Attempt& attempt) const {
        Multipart form;
        const std::string name =
            "atelier-" + crypto::random_token(12) + "." + std::string(extension_of(picture));
        form.add_file("image", name, picture.media_type, picture.bytes);
        form.add("type", "input");
        form.add("overwrite", "true");
        auto reply = exchange_.post_form("/upload/image", form, attempt, kMaxTextBytes);
        if (!reply) return reply.error();
        const std::string& kept = (*reply)["name"].as_string();
        if (kept.empty()) return malformed(exchange_.id(), "without an uploaded picture's name");
        const std::string& folder = (*reply)["subfolder"].as_string();
        return folder.empty() ? kept : folder + "/" + kept;
    }

    Answered<json::Value> history_of(const std::string& id, const Attempt& attempt) const {
        auto history = poll(
            attempt, exchange_.id(), options_.poll,
            [&] { return exchange_.get("/history/" + id, attempt, kMaxTextBytes); },
            [&](const json::Value& all) {
                const json::Value& status = all[id]["status"];
                return status["completed"].as_bool() || status["status_str"].as_string() == "error";
            });
        if (!history) {
            json::Value one, interrupt;
            exchange_.take_back("/queue", std::move(one.set("delete", json::Array{id})));
            exchange_.take_back("/interrupt", std::move(interrupt.set("prompt_id", id)));
            return history;
        }
        const json::Value& entry = (*history)[id];
        if (entry["status"]["status_str"].as_string() == "error")
            return Failure{FailureKind::transient, exchange_.id() + " failed to run the graph"};
        return json::Value(entry);
    }

    Answered<ImageAnswer> pictures_of(const json::Value& outputs, int count, const Attempt& attempt) const {
        ImageAnswer answer;
        for (const auto& [node, output] : outputs.object())
            for (const auto& image : output["images"].array()) {
                if (static_cast<int>(answer.images.size()) == count) break;
                if (image["type"].as_string() == "temp") continue;  // a preview
                auto bytes =
                    exchange_.download("/view?filename=" + percent_encoded(image["filename"].as_string()) +
                                           "&subfolder=" + percent_encoded(image["subfolder"].as_string()) +
                                           "&type=" + percent_encoded(image["type"].as_string()),
                                       attempt, kMaxPictureBytes);
                if (!bytes) return bytes.error();
                auto picture = picture_of(std::move(*bytes), exchange_.id());
                if (!picture) return picture.error();
                answer.images.push_back(std::move(*picture));
            }
        if (answer.images.empty()) return malformed(exchange_.id(), "without a picture");
        answer.usage.images = static_cast<int>(answer.images.size());
        return answer;
    }

    const Exchange exchange_;
    const Options options_;
};

}  // namespace

Result<std::unique_ptr<Provider>> make_comfyui(const VendorSettings& settings, http_client::Client& client) {
    OptionReader reader(settings.options);
    Options options;
    options.workflow = reader.object("workflow");
    options.edit_workflow = reader.object("edit_workflow");
    options.outpaint_workflow = reader.object("outpaint_workflow");
    options.pixels = reader.integer("pixels", 1 << 20, 1 << 16, 1 << 24);
    options.poll = std::chrono::milliseconds(reader.integer("poll_ms", 500, 1, 60'000));
    if (auto finished = reader.finish(); !finished) return finished.error();
    Endpoint endpoint{settings.id, settings.base_url, settings.key, {}, &read_error};
    if (!settings.key.empty()) endpoint.headers.emplace_back("Authorization", "Bearer " + settings.key);
    return std::make_unique<ComfyUi>(Exchange(std::move(endpoint), client), std::move(options));
}

}  // namespace atelier::ai
