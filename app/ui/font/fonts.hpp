#pragma once

#include <array>
#include <string>
#include <string_view>

#include "app/strings/strings.hpp"
#include "app/ui/font/font_files.hpp"
#include "app/ui/font/mapped_file.hpp"
#include "app/view/text_style.hpp"

struct ImFont;
struct ImFontAtlas;

namespace tcpstep::ui::font {

/// A font at the size in which it is sharp.
struct Face {
    ImFont* font = nullptr;
    float size = 0;  ///< pixels
    /// The same letters at half that size, where words are drawn that small: a letter shrunk to
    /// less than half loses its thin strokes. nullptr if the text is not that large, or none is
    /// needed.
    ImFont* half = nullptr;
};

/// One face for every text style, at the present size of body text.
class Fonts {
  public:
    explicit Fonts(FontFiles files);

    /// What is loaded serves for body text of `em` pixels in the program's language.
    bool serve(float em) const;
    /// Loads the faces into `atlas` for that: Latin letters, and all that stand in `letters`. What
    /// was there is dropped; the renderer must take the atlas's new texture. The atlas must not be
    /// used after this is gone.
    void load(ImFontAtlas& atlas, float em, const std::string& letters);

    /// There is a font for Chinese.
    bool have_chinese() const { return !files_.chinese.path.empty(); }

    const Face& face(view::TextStyle style) const {
        return faces_[static_cast<std::size_t>(style)];
    }
    /// Whose letters look best at `size` pixels.
    ImFont* font_at(view::TextStyle style, float size) const;
    /// Of the body text for which the faces are sharp.
    float em() const { return em_; }

    /// Width of a text with body text of `em` pixels, which may differ from what is loaded.
    float width(view::TextStyle style, std::string_view text, float em) const;

  private:
    FontFiles files_;
    MappedFile chinese_, chinese_bold_;
    std::array<Face, view::kTextStyles.size()> faces_;
    float em_ = 0;
    float served_em_ = 0;
    strings::Language served_language_ = strings::Language::English;
};

}  // namespace tcpstep::ui::font
