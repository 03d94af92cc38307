#pragma once
// Pictures that a plan has found to be the organization's own, by their asset.

#include <map>
#include <string>

#include "common/json/value.hpp"
#include "common/objects/object_store.hpp"
#include "workers/adaptation/design/render.hpp"

namespace atelier::adaptation {

class OwnPictures : public design_render::PictureSource {
  public:
    explicit OwnPictures(objects::ObjectStore& objects) : objects_(objects) {}

    /// Each element names its asset as `id_member` and has an `object_key`.
    void add(const json::Value& pictures, std::string_view id_member);
    Result<std::string> fetch(const design::Picture& picture) override;

  private:
    objects::ObjectStore& objects_;
    std::map<std::string, std::string> keys_;
};

}  // namespace atelier::adaptation
