// bench-amqp: what RabbitMQ gives through librabbitmq alone. Publishes persistent messages to a quorum queue,
// at most
// `--in-flight` of them unconfirmed, then consumes them with that prefetch, acknowledging by halves of it.
// Prints `publish_per_s` and `consume_per_s`.

#include <amqp.h>
#include <amqp_tcp_socket.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace {

using Clock = std::chrono::steady_clock;

constexpr amqp_channel_t kChannel = 1;
constexpr const char* kQueue = "bench.floor";

struct Plan {
    std::string url;
    int messages = 20'000;
    int in_flight = 100;
    int bytes = 200;  ///< of each message: as long as a task's envelope
};

void check(bool ok, const char* what) {
    if (!ok) throw std::runtime_error(std::string("RabbitMQ: cannot ") + what);
}

class Connection {
  public:
    explicit Connection(std::string url) : state_(amqp_new_connection()) {
        amqp_connection_info to{};
        check(amqp_parse_url(url.data(), &to) == AMQP_STATUS_OK, "read the URL");
        check(amqp_socket_open(amqp_tcp_socket_new(state_), to.host, to.port) == AMQP_STATUS_OK, "connect");
        const auto login =
            amqp_login(state_, to.vhost, 0, 131072, 0, AMQP_SASL_METHOD_PLAIN, to.user, to.password);
        check(login.reply_type == AMQP_RESPONSE_NORMAL, "log in");
        check(amqp_channel_open(state_, kChannel) != nullptr, "open a channel");
    }
    ~Connection() { amqp_destroy_connection(state_); }
    Connection(const Connection&) = delete;

    amqp_connection_state_t raw() const { return state_; }

  private:
    amqp_connection_state_t state_;
};

void declare_queue(const Connection& connection) {
    amqp_table_entry_t type{amqp_cstring_bytes("x-queue-type"), {}};
    type.value.kind = AMQP_FIELD_KIND_UTF8;
    type.value.value.bytes = amqp_cstring_bytes("quorum");
    check(amqp_queue_declare(connection.raw(), kChannel, amqp_cstring_bytes(kQueue), 0, 1, 0, 0, {1, &type}),
          "declare the queue");
}

/// Waits for the broker's next word about what it has stored; gives the number up to which all is confirmed.
/// Confirms of single messages may overtake each other, so they are counted, not compared.
int wait_for_confirms(const Connection& connection, int confirmed) {
    amqp_frame_t frame;
    amqp_maybe_release_buffers(connection.raw());
    check(amqp_simple_wait_frame(connection.raw(), &frame) == AMQP_STATUS_OK, "hear a confirmation");
    check(frame.frame_type == AMQP_FRAME_METHOD && frame.payload.method.id == AMQP_BASIC_ACK_METHOD,
          "have a message confirmed");
    const auto& ack = *static_cast<const amqp_basic_ack_t*>(frame.payload.method.decoded);
    return ack.multiple ? static_cast<int>(ack.delivery_tag) : confirmed + 1;
}

void publish(const Connection& connection, const Plan& plan) {
    check(amqp_confirm_select(connection.raw(), kChannel), "switch confirmations on");
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG;
    properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
    std::string body(static_cast<std::size_t>(plan.bytes), 'x');
    const amqp_bytes_t bytes{body.size(), body.data()};
    int confirmed = 0;
    for (int sent = 0; confirmed < plan.messages;) {
        while (sent < plan.messages && sent - confirmed < plan.in_flight) {
            check(amqp_basic_publish(connection.raw(), kChannel, amqp_empty_bytes, amqp_cstring_bytes(kQueue),
                                     1, 0, &properties, bytes) == AMQP_STATUS_OK,
                  "publish");
            ++sent;
        }
        confirmed = wait_for_confirms(connection, confirmed);
    }
}

void consume(const Connection& connection, const Plan& plan) {
    check(amqp_basic_qos(connection.raw(), kChannel, 0, static_cast<uint16_t>(plan.in_flight), 0),
          "set the prefetch");
    check(amqp_basic_consume(connection.raw(), kChannel, amqp_cstring_bytes(kQueue), amqp_empty_bytes, 0, 0,
                             0, amqp_empty_table),
          "consume");
    const int half = plan.in_flight > 1 ? plan.in_flight / 2 : 1;
    for (int taken = 1; taken <= plan.messages; ++taken) {
        amqp_maybe_release_buffers(connection.raw());
        amqp_envelope_t message;
        const auto got = amqp_consume_message(connection.raw(), &message, nullptr, 0);
        check(got.reply_type == AMQP_RESPONSE_NORMAL, "receive a message");
        if (taken % half == 0 || taken == plan.messages)
            check(amqp_basic_ack(connection.raw(), kChannel, message.delivery_tag, 1) == AMQP_STATUS_OK,
                  "acknowledge");
        amqp_destroy_envelope(&message);
    }
}

template <class Work>
void measure(const char* name, const Plan& plan, Work work) {
    const Connection connection(plan.url);
    declare_queue(connection);
    const auto begun = Clock::now();
    work(connection, plan);
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    std::printf("%s %.1f\n", name, plan.messages / seconds);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Measures confirmed publishing to and consuming from a quorum queue.");
    Plan plan;
    app.add_option("--url", plan.url)->required();
    app.add_option("--messages", plan.messages);
    app.add_option("--in-flight", plan.in_flight)->check(CLI::Range(1, 10'000));
    CLI11_PARSE(app, argc, argv);
    try {
        measure("publish_per_s", plan, publish);
        measure("consume_per_s", plan, consume);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench-amqp: %s\n", error.what());
        return 1;
    }
}
