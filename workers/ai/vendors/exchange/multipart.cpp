#include "workers/ai/vendors/exchange/multipart.hpp"

#include "common/crypto/random.hpp"

namespace atelier::ai {

// Random, so that no picture and no prompt can hold it.
Multipart::Multipart() : boundary_("atelier-" + crypto::random_token(24)) {}

void Multipart::begin(std::string_view name, std::string_view more) {
    body_ += "--" + boundary_ + "\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"" +
             std::string(more) + "\r\n\r\n";
}

void Multipart::add(std::string_view name, std::string_view value) {
    begin(name, "");
    body_.append(value).append("\r\n");
}

void Multipart::add_file(std::string_view name, std::string_view file_name, std::string_view media_type,
                         std::string_view bytes) {
    begin(name, "; filename=\"" + std::string(file_name) + "\"\r\nContent-Type: " + std::string(media_type));
    body_.append(bytes).append("\r\n");
}

std::string Multipart::content_type() const {
    return "multipart/form-data; boundary=" + boundary_;
}

std::string Multipart::body() const {
    return body_ + "--" + boundary_ + "--\r\n";
}

}  // namespace atelier::ai
