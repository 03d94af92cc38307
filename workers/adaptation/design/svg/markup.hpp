#pragma once
// Private to design/: pieces of SVG as text.

#include <string>
#include <string_view>

#include "common/design/model/design.hpp"

namespace atelier::adaptation::design_render {

/// At most three decimals, none of them zero.
std::string number(double value);
/// For element text and for attributes in double quotes. Control characters, which XML has no way to write,
/// become blanks.
std::string escaped(std::string_view text);
/// ` name="value"`
std::string attribute(std::string_view name, std::string_view value);
std::string attribute(std::string_view name, double value);
/// ` fill="#rrggbb"`, and ` fill-opacity` where something shows through.
std::string color_attributes(std::string_view property, design::Color color);

std::string base64(std::string_view bytes);

/// Definitions that elements refer to, each with an id of its own.
class Definitions {
  public:
    /// What a `fill` attribute says: a colour, or a reference to a gradient over a box at the origin.
    std::string fill_attributes(const design::Paint& paint, double width, double height);
    /// ` clip-path="url(#…)"` for the outline with this path data.
    std::string clip_attribute(const std::string& path_data);
    /// ` filter="url(#…)"`; `region` is all that the filter may paint, `offset` as the layer sees it.
    std::string shadow_attribute(const design::Shadow& shadow, design::Point offset,
                                 const design::Box& region);

    const std::string& text() const { return text_; }

  private:
    std::string next_id(char kind) { return kind + std::to_string(++count_); }
    std::string text_;
    int count_ = 0;
};

}  // namespace atelier::adaptation::design_render
