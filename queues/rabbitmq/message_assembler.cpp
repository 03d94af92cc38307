#include "queues/rabbitmq/message_assembler.hpp"

#include "queues/rabbitmq/connection.hpp"

namespace atelier::queues::rabbitmq {
namespace {

const amqp_field_value_t* find(const amqp_table_t& table, std::string_view key) {
    for (int i = 0; i < table.num_entries; ++i)
        if (view(table.entries[i].key) == key) return &table.entries[i].value;
    return nullptr;
}

std::string text_of(const amqp_table_t& table, std::string_view key) {
    const amqp_field_value_t* value = find(table, key);
    return value && value->kind == AMQP_FIELD_KIND_UTF8 ? std::string(view(value->value.bytes))
                                                        : std::string();
}

std::optional<std::int64_t> number_of(const amqp_table_t& table, std::string_view key) {
    const amqp_field_value_t* value = find(table, key);
    if (!value) return std::nullopt;
    switch (value->kind) {
        case AMQP_FIELD_KIND_I8:
            return value->value.i8;
        case AMQP_FIELD_KIND_U8:
            return value->value.u8;
        case AMQP_FIELD_KIND_I16:
            return value->value.i16;
        case AMQP_FIELD_KIND_U16:
            return value->value.u16;
        case AMQP_FIELD_KIND_I32:
            return value->value.i32;
        case AMQP_FIELD_KIND_U32:
            return value->value.u32;
        case AMQP_FIELD_KIND_I64:
            return value->value.i64;
        case AMQP_FIELD_KIND_U64:
        case AMQP_FIELD_KIND_TIMESTAMP:
            return static_cast<std::int64_t>(value->value.u64);
        default:
            return std::nullopt;
    }
}

/// The newest entry of `x-death`, where the broker writes why and where a message died.
const amqp_table_t* newest_death(const amqp_table_t& headers) {
    const amqp_field_value_t* deaths = find(headers, "x-death");
    if (!deaths || deaths->kind != AMQP_FIELD_KIND_ARRAY || deaths->value.array.num_entries == 0)
        return nullptr;
    const amqp_field_value_t& first = deaths->value.array.entries[0];
    return first.kind == AMQP_FIELD_KIND_TABLE ? &first.value.table : nullptr;
}

void read_headers(const amqp_table_t& headers, Incoming& into) {
    into.redeliveries = static_cast<int>(number_of(headers, "x-delivery-count").value_or(0));
    into.letter.reason = text_of(headers, kReasonHeader);
    into.letter.queue = text_of(headers, kQueueHeader);
    into.letter.died_at_ms = number_of(headers, kTimeHeader);
    if (!into.letter.reason.empty()) return;
    const amqp_table_t* death = newest_death(headers);
    if (!death) return;
    into.letter.reason = text_of(*death, "reason");
    into.letter.queue = text_of(*death, "queue");
    if (auto seconds = number_of(*death, "time")) into.letter.died_at_ms = *seconds * 1000;
}

}  // namespace

void MessageAssembler::begin(const amqp_method_t& method) {
    Incoming message;
    message.method = method.id;
    if (method.id == AMQP_BASIC_DELIVER_METHOD) {
        const auto& deliver = *static_cast<const amqp_basic_deliver_t*>(method.decoded);
        message.delivery_tag = deliver.delivery_tag;
        message.consumer_tag = view(deliver.consumer_tag);
        message.routing_key = view(deliver.routing_key);
    } else if (method.id == AMQP_BASIC_GET_OK_METHOD) {
        const auto& got = *static_cast<const amqp_basic_get_ok_t*>(method.decoded);
        message.delivery_tag = got.delivery_tag;
        message.routing_key = view(got.routing_key);
    } else if (method.id != AMQP_BASIC_RETURN_METHOD) {
        return;
    }
    current_ = std::move(message);
    has_header_ = false;
}

std::optional<Incoming> MessageAssembler::add(const amqp_frame_t& frame) {
    if (frame.frame_type == AMQP_FRAME_METHOD) {
        begin(frame.payload.method);
        return std::nullopt;
    }
    if (!current_) return std::nullopt;
    if (frame.frame_type == AMQP_FRAME_HEADER) {
        const auto& properties =
            *static_cast<const amqp_basic_properties_t*>(frame.payload.properties.decoded);
        if (properties._flags & AMQP_BASIC_MESSAGE_ID_FLAG)
            current_->letter.message_id = view(properties.message_id);
        if (properties._flags & AMQP_BASIC_HEADERS_FLAG) read_headers(properties.headers, *current_);
        body_size_ = frame.payload.properties.body_size;
        has_header_ = true;
    } else if (frame.frame_type == AMQP_FRAME_BODY) {
        current_->letter.body += view(frame.payload.body_fragment);
    }
    return finish_if_complete();
}

std::optional<Incoming> MessageAssembler::finish_if_complete() {
    if (!has_header_ || current_->letter.body.size() < body_size_) return std::nullopt;
    return std::exchange(current_, std::nullopt);
}

}  // namespace atelier::queues::rabbitmq
