// Linked into atelier-drill-api: the process kills itself at the moment when it would send its N-th `202`
// reply, so that what the reply tells has been committed and the client never hears of it. N is
// ATELIER_TEST_DIE_BEFORE_REPLY; without it nothing happens. It stands in for the C library's functions, so
// it holds however the server comes to its replies.

#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string_view>

namespace {

constexpr std::string_view kAccepted = "HTTP/1.1 202 ";

void die_in_time(const void* bytes, std::size_t size) {
    static const char* const text = std::getenv("ATELIER_TEST_DIE_BEFORE_REPLY");
    static std::atomic<int> left{text ? std::atoi(text) : 0};
    if (!text || !std::string_view(static_cast<const char*>(bytes), size).starts_with(kAccepted)) return;
    if (--left == 0) ::raise(SIGKILL);
}

}  // namespace

extern "C" ssize_t send(int socket, const void* bytes, std::size_t size, int flags) {
    die_in_time(bytes, size);
    return ::syscall(SYS_sendto, socket, bytes, size, flags, nullptr, 0);
}

extern "C" ssize_t sendmsg(int socket, const msghdr* message, int flags) {
    if (message->msg_iovlen > 0) die_in_time(message->msg_iov[0].iov_base, message->msg_iov[0].iov_len);
    return ::syscall(SYS_sendmsg, socket, message, flags);
}
