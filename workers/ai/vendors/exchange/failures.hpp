#pragma once
// How a vendor's bad answers become a `Failure`: one judgement for all vendors, whatever words they have.
//
// Only short identifiers of a vendor's answer (`rate_limit_exceeded`) reach a failure's message, never its
// sentences: those may quote a prompt or a part of a key. Pure functions.

#include <boost/system/result.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"
#include "common/http_client/client.hpp"
#include "workers/ai/capabilities/capability.hpp"

namespace atelier::ai {

template <class T>
using Answered = boost::system::result<T, Failure>;

enum class Complaint {
    none,  ///< nothing known: the status decides
    rate,
    quota,    ///< the account's money or allowance is used up
    refusal,  ///< the content is not wanted
    too_long,
    wrong_key,
    forbidden,
    unknown_model,
    overloaded,
    bad_request,
};

/// What a vendor's own reader finds in the body of an answer that is not 2xx.
struct VendorError {
    Complaint complaint = Complaint::none;
    std::string code;  ///< the vendor's word for it
    std::optional<std::chrono::milliseconds> retry_after = {};
};

/// `text` when it is a plain identifier of at most 64 characters without the secret, otherwise nothing.
std::string shown_code(std::string_view text, std::string_view secret);

/// For an answer that is not 2xx. `said` is what its body says; `retry_after` what its header says.
Failure failure_of_status(std::string_view vendor_id, int status, const VendorError& said,
                          std::optional<std::chrono::milliseconds> retry_after);

/// For an answer that never came whole.
Failure failure_of_transfer(std::string_view vendor_id, const Error& error);

/// `<id> answered <what>`.
Failure malformed(std::string_view vendor_id, std::string_view what);
Failure refusal(std::string_view vendor_id);
Failure stopped();

}  // namespace atelier::ai
