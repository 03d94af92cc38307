#include "tests/e2e/support/client.hpp"

#include <algorithm>
#include <stdexcept>

#include "common/ids/id.hpp"
#include "common/media/media.hpp"

namespace atelier::e2e {
namespace {

json::Value expect(int status, const std::string& what, const Answer& answer) {
    if (answer.status != status)
        throw std::runtime_error(what + " answered " + std::to_string(answer.status) + " " + answer.bytes);
    return answer.body;
}

Answer answer_of(const Result<http_client::Response>& response) {
    if (!response) return {0, {}, response.error().message};
    auto body = json::parse(response->body);
    return {response->status, body ? *body : json::Value(), response->body};
}

}  // namespace

Answer Client::send(const std::string& method, const std::string& path, const json::Value* body) const {
    http_client::Request request{.method = method, .url = url_ + "/api/v1" + path};
    if (!token_.empty()) request.headers.push_back({"Authorization", "Bearer " + token_});
    if (body) {
        request.headers.push_back({"Content-Type", "application/json"});
        request.body = json::write(*body);
    }
    return answer_of(http_->send(request));
}

Answer Client::post(const std::string& path, const json::Value& body) const {
    return send("POST", path, body.is_null() ? nullptr : &body);
}

json::Value Client::get_ok(const std::string& path) const {
    return expect(200, "GET " + path, get(path));
}

json::Value Client::post_ok(int status, const std::string& path, const json::Value& body) const {
    return expect(status, "POST " + path, post(path, body));
}

json::Value Client::patch_ok(int status, const std::string& path, const json::Value& body) const {
    return expect(status, "PATCH " + path, send("PATCH", path, &body));
}

Answer Client::fetch(const std::string& url) const {
    return answer_of(http_->send({.url = url, .max_response_bytes = 64 << 20}));
}

int Client::port() const {
    return std::stoi(url_.substr(url_.rfind(':') + 1));
}

void Client::sign_up() {
    const json::Value account = post_ok(201, "/auth/register",
                                        json::Object{{"email", "user-" + ids::new_uuid() + "@example.com"},
                                                     {"password", "a password for tests"},
                                                     {"organization_name", "Tests"}});
    token_ = account["access_token"].as_string();
}

json::Value Client::upload(const std::string& file) const {
    const auto info = media::inspect_file(file);
    if (!info) throw std::runtime_error(file + " is no picture");
    const std::filesystem::path path(file);
    const json::Value made =
        post_ok(201, "/assets",
                json::Object{{"filename", path.filename().string()},
                             {"content_type", info->content_type},
                             {"size_bytes", static_cast<std::int64_t>(std::filesystem::file_size(path))}});
    const json::Value& presigned = made["upload"];
    http_client::Request put{.method = presigned["method"].as_string(), .url = presigned["url"].as_string()};
    for (const auto& [name, value] : presigned["headers"].object())
        put.headers.push_back({name, value.as_string()});
    put.body = http_client::FileBody{path};
    const Answer stored = answer_of(http_->send(put));
    if (stored.status != 200) throw std::runtime_error("the upload answered " + stored.bytes);
    return post_ok(200, "/assets/" + made["asset"]["id"].as_string() + "/complete");
}

std::string Client::analysed_project(const std::vector<std::string>& files) const {
    json::Value ids = json::Array{};
    for (const std::string& file : files)
        ids.push(upload(file)["id"]);
    const json::Value accepted =
        post_ok(202, "/projects/upload", json::Object{{"name", "Tests"}, {"asset_ids", ids}});
    completed(accepted["job_id"].as_string());
    return accepted["project_id"].as_string();
}

std::string Client::generate(const std::string& project, const std::vector<std::string>& formats,
                             json::Value request) const {
    json::Value ids = json::Array{};
    const json::Value known = formats.empty() ? json::Value() : get_ok("/admin/formats?limit=100");
    for (const json::Value& format : known["items"].array())
        if (std::find(formats.begin(), formats.end(), format["slug"].as_string()) != formats.end())
            ids.push(format["id"]);
    if (ids.size() != formats.size()) throw std::runtime_error("a format is missing");
    if (!formats.empty()) request.set("format_ids", ids);
    return post_ok(202, "/projects/" + project + "/generate", request)["job_id"].as_string();
}

json::Value Client::ended(const std::string& job, seconds patience) const {
    json::Value last;
    const bool has_ended = eventually(patience, [&] {
        // A server that is being restarted answers nothing for a while.
        const Answer answer = get("/jobs/" + job);
        if (answer.status != 200) return false;
        last = answer.body;
        const std::string& state = last["state"].as_string();
        return state == "completed" || state == "failed" || state == "cancelled";
    });
    if (!has_ended) throw std::runtime_error("the job did not end: " + json::write(last));
    return last;
}

json::Value Client::completed(const std::string& job, seconds patience) const {
    json::Value last = ended(job, patience);
    if (last["state"].as_string() != "completed") throw std::runtime_error(json::write(last));
    return last;
}

json::Array Client::results(const std::string& job) const {
    return get_ok("/generate/" + job + "/results")["assets"].array();
}

json::Array Client::events(const std::string& job, std::int64_t after) const {
    json::Array all;
    for (;;) {
        const json::Value page = get_ok("/jobs/" + job + "/events?limit=100&after=" + std::to_string(after));
        if (page["items"].size() == 0) return all;
        all.insert(all.end(), page["items"].array().begin(), page["items"].array().end());
        after = page["last_seq"].as_int();
    }
}

std::int64_t Client::balance() const {
    return get_ok("/credits")["balance"].as_int();
}

std::vector<std::string> Client::ledger(const std::string& job) const {
    const json::Value page = get_ok("/credits/transactions?limit=100");
    std::vector<std::string> entries;
    for (const json::Value& entry : page["items"].array())
        if (entry["job_id"].as_string() == job)
            entries.insert(entries.begin(),
                           entry["type"].as_string() + " " + std::to_string(entry["amount"].as_int()));
    return entries;
}

}  // namespace atelier::e2e
