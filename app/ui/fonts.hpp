#pragma once

#include <array>
#include <string_view>

#include "app/ui/font_files.hpp"
#include "app/view/text_style.hpp"

struct ImFont;
struct ImFontAtlas;

namespace tcpstep::ui {

/// A font at the size in which it is sharp.
struct Face {
    ImFont* font = nullptr;
    float size = 0;  ///< pixels
};

/// One face for every text style, at the present size of body text.
class Fonts {
  public:
    /// Loads the faces into `atlas` for body text of `em` pixels. What was there is dropped; the
    /// renderer must take the atlas's new texture.
    void load(ImFontAtlas& atlas, const FontFiles& files, float em);

    const Face& face(view::TextStyle style) const {
        return faces_[static_cast<std::size_t>(style)];
    }
    float em() const { return em_; }

    /// Width of a text with body text of `em` pixels, which may differ from what is loaded.
    float width(view::TextStyle style, std::string_view text, float em) const;

  private:
    std::array<Face, view::kTextStyles.size()> faces_;
    float em_ = 0;
};

}  // namespace tcpstep::ui
