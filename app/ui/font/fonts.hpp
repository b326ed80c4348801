#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

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

/// The letters of one font file in the sizes between those of the styles, ascending: a letter that
/// is drawn in another size than it was made for loses thin strokes. Without Chinese ones.
struct Step {
    float size = 0;  ///< pixels
    ImFont* font = nullptr;
};

/// Nothing is drawn in smaller letters, whatever has to give way for it; pixels.
inline constexpr float kLeastLetters = 9;

/// The size in which letters that should be `size` pixels are drawn: whole pixels while a part of
/// one would be seen, and never less than kLeastLetters.
float drawn_size(float size);

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
    /// Whose letters look best at `size` pixels, of those that have all letters of the text.
    ImFont* font_at(view::TextStyle style, float size, std::string_view text) const;
    /// Of the body text for which the faces are sharp.
    float em() const { return em_; }

    /// The size in which a style's letters are drawn beside body text of `em` pixels.
    float size(view::TextStyle style, float em) const;
    /// Width of a text with body text of `em` pixels, which may differ from what is loaded.
    float width(view::TextStyle style, std::string_view text, float em) const;

  private:
    void load_steps(ImFontAtlas& atlas);

    FontFiles files_;
    MappedFile chinese_, chinese_bold_;
    std::array<Face, view::kTextStyles.size()> faces_;
    std::array<std::vector<Step>, 4> steps_;  // of the files of Latin letters
    float em_ = 0;
    float served_em_ = 0;
    strings::Language served_language_ = strings::Language::English;
};

}  // namespace tcpstep::ui::font
