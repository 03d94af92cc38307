#pragma once
// /ai: designs from prompts, edits by instruction, smart images, briefs. Each accepts a job and answers 202.

#include "api/handlers/exchange.hpp"

namespace atelier::api {

Reply generate_designs(const Request& request, ApiServices& services);
Reply edit_design(const Request& request, ApiServices& services);
Reply make_smart_images(const Request& request, ApiServices& services);
Reply write_brief(const Request& request, ApiServices& services);

}  // namespace atelier::api
