#include "h2_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace {

struct Free {
    void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
    void operator()(X509* p) const { X509_free(p); }
    void operator()(SSL* p) const { SSL_free(p); }
    void operator()(X509_EXTENSION* p) const { X509_EXTENSION_free(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Owned<X509> self_signed(EVP_PKEY* key) {
    Owned<X509> certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1,
                               -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    const Owned<X509_EXTENSION> alternative(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1"));
    X509_add_ext(certificate.get(), alternative.get(), -1);
    X509_sign(certificate.get(), key, EVP_sha256());
    return certificate;
}

int choose_h2(SSL*, const unsigned char** out, unsigned char* length, const unsigned char* offered,
              unsigned int offered_length, void*) {
    static constexpr unsigned char kH2[] = {2, 'h', '2'};  // `out` points into it when this has returned
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, length, kH2, sizeof(kH2), offered, offered_length) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

struct Frame {
    int type = 0, flags = 0;
    std::uint32_t stream = 0;
    std::string payload;
};

enum Type { kData = 0, kHeaders = 1, kSettings = 4, kPing = 6, kGoAway = 7 };
constexpr int kEndStream = 1, kAck = 1, kEndHeaders = 4;

std::string bytes_of(const Frame& frame) {
    std::string bytes;
    for (const int shift : {16, 8, 0})
        bytes += static_cast<char>(frame.payload.size() >> shift);
    bytes += static_cast<char>(frame.type);
    bytes += static_cast<char>(frame.flags);
    for (const int shift : {24, 16, 8, 0})
        bytes += static_cast<char>(frame.stream >> shift);
    return bytes + frame.payload;
}

/// TLS that gives up when the server stops.
class Line {
  public:
    Line(SSL* ssl, int socket, const std::atomic<bool>& stopping)
        : ssl_(ssl), socket_(socket), stopping_(stopping) {}

    bool read(char* into, std::size_t count) {
        while (count > 0) {
            if (SSL_pending(ssl_) == 0 && !readable()) return false;
            const int got = SSL_read(ssl_, into, static_cast<int>(count));
            if (got <= 0) return false;
            into += got;
            count -= static_cast<std::size_t>(got);
        }
        return true;
    }
    bool read(Frame& frame) {
        std::array<unsigned char, 9> head{};
        if (!read(reinterpret_cast<char*>(head.data()), head.size())) return false;
        frame.payload.resize(static_cast<std::size_t>(head[0] << 16 | head[1] << 8 | head[2]));
        frame.type = head[3];
        frame.flags = head[4];
        frame.stream =
            static_cast<std::uint32_t>(head[5] & 127) << 24 | head[6] << 16 | head[7] << 8 | head[8];
        return read(frame.payload.data(), frame.payload.size());
    }
    void write(const Frame& frame) {
        const std::string bytes = bytes_of(frame);
        SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()));
    }

  private:
    bool readable() const {
        while (!stopping_) {
            pollfd entry{socket_, POLLIN, 0};
            if (::poll(&entry, 1, 20) > 0) return true;
        }
        return false;
    }
    SSL* ssl_;
    int socket_;
    const std::atomic<bool>& stopping_;
};

}  // namespace

struct H2Server::Tls {
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    ~Tls() { SSL_CTX_free(context); }
};

H2Server::H2Server(int answers_together) : answers_together_(answers_together), tls_(new Tls) {
    const Owned<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    const Owned<X509> certificate = self_signed(key.get());
    SSL_CTX_use_certificate(tls_->context, certificate.get());
    SSL_CTX_use_PrivateKey(tls_->context, key.get());
    SSL_CTX_set_alpn_select_cb(tls_->context, &choose_h2, nullptr);
    certificate_ =
        std::filesystem::temp_directory_path() / ("h2-test-" + std::to_string(::getpid()) + ".pem");
    std::FILE* file = std::fopen(certificate_.c_str(), "wbe");
    if (!file || PEM_write_X509(file, certificate.get()) != 1) throw std::runtime_error("no certificate");
    std::fclose(file);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, length) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, generic, &length) != 0)
        throw std::runtime_error("no loopback port");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

H2Server::~H2Server() {
    stopping_ = true;
    thread_.join();
    for (auto& conversation : conversations_)
        conversation.join();
    ::close(listener_);
    delete tls_;
    std::error_code ignored;
    std::filesystem::remove(certificate_, ignored);
}

std::string H2Server::url(const std::string& path) const {
    return "https://127.0.0.1:" + std::to_string(port_) + path;
}

void H2Server::serve() {
    while (!stopping_) {
        pollfd entry{listener_, POLLIN, 0};
        if (::poll(&entry, 1, 20) <= 0) continue;
        const int socket = ::accept(listener_, nullptr, nullptr);
        if (socket < 0) continue;
        ++connections_;
        conversations_.emplace_back([this, socket] { converse(socket); });
    }
}

void H2Server::converse(int socket) {
    const Owned<SSL> ssl(SSL_new(tls_->context));
    SSL_set_fd(ssl.get(), socket);
    std::array<char, 24> preface{};
    Line line(ssl.get(), socket, stopping_);
    if (SSL_accept(ssl.get()) == 1 && line.read(preface.data(), preface.size())) {
        line.write({kSettings, 0, 0, ""});
        std::vector<std::uint32_t> waiting;
        for (Frame frame; line.read(frame) && frame.type != kGoAway;) {
            if (frame.type == kSettings && !(frame.flags & kAck)) line.write({kSettings, kAck, 0, ""});
            if (frame.type == kPing && !(frame.flags & kAck)) line.write({kPing, kAck, 0, frame.payload});
            const bool ends = (frame.type == kHeaders || frame.type == kData) && (frame.flags & kEndStream);
            if (ends) waiting.push_back(frame.stream);
            if (static_cast<int>(waiting.size()) < answers_together_) continue;
            for (const std::uint32_t stream : waiting) {
                line.write(
                    {kHeaders, kEndHeaders, stream, "\x88"});  // `:status: 200` of HPACK's static table
                line.write({kData, kEndStream, stream, "h2"});
            }
            waiting.clear();
        }
    }
    ::close(socket);
}
