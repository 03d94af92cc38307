#pragma once
// Forms with files (RFC 7578), as upload endpoints take them. Built in memory; pure.

#include <string>
#include <string_view>

namespace atelier::ai {

class Multipart {
  public:
    Multipart();
    /// Names and file names are ours: without quotes and line breaks.
    void add(std::string_view name, std::string_view value);
    void add_file(std::string_view name, std::string_view file_name, std::string_view media_type,
                  std::string_view bytes);

    std::string content_type() const;
    /// The whole body, with its closing boundary.
    std::string body() const;

  private:
    void begin(std::string_view name, std::string_view more);

    std::string boundary_;
    std::string body_;
};

}  // namespace atelier::ai
