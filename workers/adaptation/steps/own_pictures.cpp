#include "workers/adaptation/steps/own_pictures.hpp"

namespace atelier::adaptation {

void OwnPictures::add(const json::Value& pictures, std::string_view id_member) {
    for (const json::Value& picture : pictures.array())
        keys_[picture[id_member].as_string()] = picture["object_key"].as_string();
}

Result<std::string> OwnPictures::fetch(const design::Picture& picture) {
    const auto found = picture.asset_id ? keys_.find(*picture.asset_id) : keys_.end();
    if (found == keys_.end()) return not_found("picture");
    return objects_.get(found->second);
}

}  // namespace atelier::adaptation
