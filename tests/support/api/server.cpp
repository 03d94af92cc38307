#include "tests/support/api/server.hpp"

#include <cstdlib>
#include <stdexcept>

#include "common/crypto/password.hpp"
#include "common/log/log.hpp"

namespace atelier::tests {
namespace {

std::filesystem::path new_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "atelier-api-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    return name;
}

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}

Account account_of(const json::Value& tokens, std::string email, std::string password) {
    Account account{std::move(email),
                    std::move(password),
                    tokens["access_token"].as_string(),
                    tokens["refresh_token"].as_string(),
                    {},
                    {}};
    if (account.access_token.empty()) throw std::runtime_error("not signed in: " + json::write(tokens));
    return account;
}

}  // namespace

std::vector<std::string> Answer::pointers() const {
    std::vector<std::string> found;
    for (const json::Value& detail : body["error"]["details"].array())
        found.push_back(detail["pointer"].as_string());
    return found;
}

ApiServer::ApiServer(const Sets& sets) : folder_(new_folder()) {
    log::configure(log::Level::error, log::Format::text, "atelier-test");
    settings::Source source;
    for (const auto& [name, value] : sets)
        source.override_with(name, value, "the test");
    source.add("ATELIER_DATA_DIR", folder_.string(), "the test");
    source.add("ATELIER_LISTEN", "127.0.0.1:0", "the test");
    source.add("ATELIER_PUBLIC_URL", "http://127.0.0.1:1", "the test");
    source.add("ATELIER_SECRET_KEY", "a secret that only the tests know, long enough", "the test");
    source.add("ATELIER_RATE_FACTOR", "0", "the test");
    source.add("ATELIER_SIGNUP_CREDITS", "100", "the test");
    settings_ = must(settings::load(source, settings::Program::standalone));
    backend_ = must(queues::open_backend(settings_));
    front_ = must(api::Front::start(settings_, *backend_, metrics_));
}

ApiServer::~ApiServer() {
    front_.reset();
    backend_.reset();
    std::filesystem::remove_all(folder_);
}

Answer ApiServer::send(const std::string& method, const std::string& path, const std::string& token,
                       const std::optional<json::Value>& body, const Headers& headers) {
    http_client::Request request{.method = method, .url = url() + "/api/v1" + path, .headers = headers};
    if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
    if (body) {
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = json::write(*body);
    }
    const auto response = must(client_.send(request));
    Answer answer{response.status, {}, response.body, {}};
    for (const auto& [name, value] : response.headers)
        answer.headers[name] = value;
    if (auto parsed = json::parse(response.body)) answer.body = std::move(*parsed);
    return answer;
}

Account ApiServer::found(const std::string& name) {
    const std::string email = name + "@example.com", password = "password of " + name;
    const Answer answer = send(
        "POST", "/auth/register", "",
        json::Object{{"email", email}, {"password", password}, {"organization_name", name + "'s studio"}});
    Account account = account_of(answer.body, email, password);
    account.user = UserId{answer.body["user"]["id"].as_string()};
    account.organization = OrganizationId{answer.body["organization"]["id"].as_string()};
    return account;
}

Account ApiServer::join(const Account& admin, const std::string& name, store::Role role) {
    const std::string email = name + "@example.com", password = "password of " + name;
    store::User user{.id = ids::new_id<UserId>(),
                     .organization_id = admin.organization,
                     .email = email,
                     .password_hash = must(crypto::hash_password(password, {1, 8192})),
                     .role = role};
    must(db().write([&](soci::session& session) -> Result<int> {
        store::User row = user;
        if (auto inserted = store::insert_user(session, row); !inserted) return inserted.error();
        return 1;
    }));
    const Answer answer =
        send("POST", "/auth/login", "", json::Object{{"email", email}, {"password", password}});
    Account account = account_of(answer.body, email, password);
    account.user = user.id;
    account.organization = admin.organization;
    return account;
}

}  // namespace atelier::tests
