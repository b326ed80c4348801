#include "app/ui/font/fonts.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <utility>

#include <imgui.h>

namespace tcpstep::ui::font {

using view::TextStyle;

namespace {

// Latin with all accents, punctuation, arrows and the few signs that texts use. The renderer of
// 1.92 and later draws glyphs when they are first used and needs no ranges.
constexpr ImWchar kText[] = {0x0020, 0x017f, 0x2010, 0x2044, 0x2190, 0x2193, 0x2212, 0x2212, 0};
constexpr ImWchar kSymbols[] = {0x2010, 0x2044, 0x2190, 0x2193, 0x2212, 0x2212, 0x2260, 0x2265, 0};

// ImGui sizes a font by its line, from the highest letter to the lowest. Noto Sans CJK has room for
// more of both than Inter: this much larger, a Chinese character is as high as Inter's em.
constexpr float kChineseScale = 1.2F;

// Pixels of a letter from which on a finer raster cannot be told apart.
constexpr float kNeedsNoOversampling = 24;

// Beyond this the letters are stretched: more than a thousand Chinese characters in eight styles
// would else need more texture than a graphics card has.
constexpr float kSharpestChinese = 48;

// Of body text, in pixels: from here on some words, those of the state figure, are drawn at less
// than 0.7 of their style's size.
constexpr float kHasHalves = 20;
constexpr float kHalfBelow = 0.7F;

// Between the sizes of the styles: Latin letters, what stands between them, arrows.
constexpr ImWchar kSteps[] = {0x0020, 0x007e, 0x00b5, 0x00b7, 0x00d7, 0x00d7, 0x2013,
                              0x2014, 0x2026, 0x2026, 0x2190, 0x2193, 0};
// Up to this size, in pixels, there is one for each: the others are drawn within an eighth of it.
constexpr float kEveryPixel = 20;
constexpr float kStep = 1.14F;

std::array<const FontFile*, 4> latin_files(const FontFiles& files) {
    return {&files.bold, &files.semi_bold, &files.regular, &files.mono};
}

// Its place among those.
std::size_t file_of(TextStyle style) {
    switch (style) {
        case TextStyle::Title:
        case TextStyle::Flags:
        case TextStyle::Strong:
            return 0;
        case TextStyle::Label:
            return 1;
        case TextStyle::Body:
        case TextStyle::Small:
            return 2;
        case TextStyle::Mono:
        case TextStyle::MonoSmall:
            return 3;
    }
    return 2;
}

const FontFile& file_for(const FontFiles& files, TextStyle style) {
    return *latin_files(files)[file_of(style)];
}

#if IMGUI_VERSION_NUM < 19200
// It has every letter of the text.
bool has_all(const ImFont& font, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        if (lead < 0x80) {
            ++at;
            continue;
        }
        const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        unsigned code = lead & (0xffU >> (size + 1));
        for (std::size_t i = 1; i < size && at + i < text.size(); ++i)
            code = code << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
        if (code > 0xffff || font.FindGlyphNoFallback(static_cast<ImWchar>(code)) == nullptr)
            return false;
        at += size;
    }
    return true;
}
#endif

ImFontConfig config_for(bool merge, unsigned face) {
    ImFontConfig config;
    config.MergeMode = merge;
    config.FontNo = static_cast<decltype(config.FontNo)>(face);
    config.OversampleH = 2;
    config.OversampleV = 1;
    config.PixelSnapH = false;
    return config;
}

ImFont* add(ImFontAtlas& atlas, const FontFile& file, float size, bool merge,
            const ImWchar* ranges) {
    if (file.path.empty()) return nullptr;
    const ImFontConfig config = config_for(merge, file.face);
    return atlas.AddFontFromFileTTF(file.path.c_str(), size, &config, ranges);
}

// These files are large, and each style needs them: the atlas reads them where they are.
void add_chinese(ImFontAtlas& atlas, const MappedFile& file, unsigned face, float size,
                 const ImWchar* ranges) {
    const auto octets = file.octets();
    if (octets.empty()) return;
    ImFontConfig config = config_for(true, face);
    config.FontDataOwnedByAtlas = false;
    if (size > kNeedsNoOversampling) config.OversampleH = 1;
    atlas.AddFontFromMemoryTTF(const_cast<std::byte*>(octets.data()),
                               static_cast<int>(octets.size()), std::round(size * kChineseScale),
                               &config, ranges);
}

// The ranges of the characters in `letters`; none for the renderer that needs none, and would keep
// them for good.
ImVector<ImWchar> ranges_of([[maybe_unused]] const std::string& letters) {
    ImVector<ImWchar> ranges;
#if IMGUI_VERSION_NUM < 19200
    ImFontGlyphRangesBuilder builder;
    builder.AddText(letters.data(), letters.data() + letters.size());
    builder.BuildRanges(&ranges);
#endif
    return ranges;
}

}  // namespace

float drawn_size(float size) {
    return std::max(kLeastLetters, size < kEveryPixel ? std::round(size) : size);
}

Fonts::Fonts(FontFiles files)
    : files_(std::move(files)),
      chinese_(files_.chinese.path),
      chinese_bold_(files_.chinese_bold.path) {}

bool Fonts::serve(float em) const {
#if IMGUI_VERSION_NUM >= 19200
    return em == served_em_;
#else
    return em == served_em_ && strings::language() == served_language_;
#endif
}

void Fonts::load(ImFontAtlas& atlas, float em, const std::string& letters) {
    served_em_ = em_ = em;
    served_language_ = strings::language();
#if IMGUI_VERSION_NUM >= 19200
    // From here on ImGui draws letters in any size when they are first used.
    if (faces_[0].font != nullptr) {
        for (TextStyle style : view::kTextStyles) {
            faces_[static_cast<std::size_t>(style)].size = std::round(em * view::scale_of(style));
        }
        return;
    }
#else
    if (served_language_ == strings::Language::Chinese) em_ = std::min(em, kSharpestChinese);
#endif
    atlas.Clear();
    const ImVector<ImWchar> ranges = ranges_of(letters);
    const auto font_of = [&](TextStyle style, float size) {
        ImFont* font = add(atlas, file_for(files_, style), size, false, kText);
        if (font == nullptr) {
            // No font at all: ImGui brings a small one of its own.
            ImFontConfig config;
            config.SizePixels = size;
            font = atlas.AddFontDefault(&config);
        } else {
            add(atlas, files_.symbols, size, true, kSymbols);
        }
        const bool bold = view::is_bold(style) && !chinese_bold_.octets().empty();
        add_chinese(atlas, bold ? chinese_bold_ : chinese_,
                    bold ? files_.chinese_bold.face : files_.chinese.face, size, ranges.Data);
        return font;
    };
    for (std::size_t i = 0; i < faces_.size(); ++i) {  // kTextStyles is in the enum's order
        const TextStyle style = view::kTextStyles[i];
        Face& face = faces_[i];
        face.size = std::round(em_ * view::scale_of(style));
        face.font = font_of(style, face.size);
        face.half = nullptr;
#if IMGUI_VERSION_NUM < 19200
        if (em_ >= kHasHalves) face.half = font_of(style, std::round(face.size / 2));
#endif
    }
#if IMGUI_VERSION_NUM < 19200
    load_steps(atlas);
    atlas.Build();
#endif
}

void Fonts::load_steps(ImFontAtlas& atlas) {
    const auto files = latin_files(files_);
    // Beside a thousand Chinese characters a texture has no room for the larger ones.
    const bool few = served_language_ == strings::Language::Chinese;
    for (std::size_t file = 0; file < files.size(); ++file) {
        std::vector<Step>& steps = steps_[file];
        steps.clear();
        float largest = 0;
        for (const TextStyle style : view::kTextStyles)
            if (file_of(style) == file) largest = std::max(largest, face(style).size);
        if (few) largest = std::min(largest, em_ < kSharpestChinese / 2 ? kEveryPixel : 14.0F);
        for (float size = kLeastLetters; size < largest;
             size = size < kEveryPixel ? size + 1 : std::round(kStep * size)) {
            ImFont* const font = add(atlas, *files[file], size, false, kSteps);
            if (font != nullptr) steps.push_back({size, font});
        }
    }
}

ImFont* Fonts::font_at(TextStyle style, float size, [[maybe_unused]] std::string_view text) const {
    const Face& used = face(style);
#if IMGUI_VERSION_NUM < 19200
    constexpr float kSame = 0.02F;
    for (const Step& step : steps_[file_of(style)]) {
        if (step.size + kSame < size) continue;
        if (step.size + kSame >= used.size) break;
        if (has_all(*step.font, text)) return step.font;
        break;
    }
#endif
    return used.half != nullptr && size < kHalfBelow * used.size ? used.half : used.font;
}

float Fonts::size(TextStyle style, float em) const {
    return drawn_size(face(style).size * em / em_);
}

float Fonts::width(TextStyle style, std::string_view text, float em) const {
    const float drawn = size(style, em);
    return font_at(style, drawn, text)
        ->CalcTextSizeA(drawn, FLT_MAX, 0, text.data(), text.data() + text.size())
        .x;
}

}  // namespace tcpstep::ui::font
