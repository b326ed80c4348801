#include "app/ui/fonts.hpp"

#include <cfloat>
#include <cmath>

#include <imgui.h>

namespace tcpstep::ui {

using view::TextStyle;

namespace {

// Latin with all accents, punctuation, arrows and the few signs that texts use. The renderer of
// 1.92 and later draws glyphs when they are first used and needs no ranges.
constexpr ImWchar kText[] = {0x0020, 0x017f, 0x2010, 0x2044, 0x2190, 0x2193, 0x2212, 0x2212, 0};
constexpr ImWchar kSymbols[] = {0x2010, 0x2044, 0x2190, 0x2193, 0x2212, 0x2212, 0x2260, 0x2265, 0};

const std::filesystem::path& file_for(const FontFiles& files, TextStyle style) {
    switch (style) {
        case TextStyle::Title:
        case TextStyle::Flags:
        case TextStyle::Strong:
            return files.bold;
        case TextStyle::Label:
            return files.semi_bold;
        case TextStyle::Body:
        case TextStyle::Small:
            return files.regular;
        case TextStyle::Mono:
        case TextStyle::MonoSmall:
            return files.mono;
    }
    return files.regular;
}

ImFont* add(ImFontAtlas& atlas, const std::filesystem::path& file, float size, bool merge,
            const ImWchar* ranges) {
    if (file.empty()) return nullptr;
    ImFontConfig config;
    config.MergeMode = merge;
    config.OversampleH = 2;
    config.OversampleV = 1;
    config.PixelSnapH = false;
    return atlas.AddFontFromFileTTF(file.c_str(), size, &config, ranges);
}

}  // namespace

void Fonts::load(ImFontAtlas& atlas, const FontFiles& files, float em) {
    em_ = em;
#if IMGUI_VERSION_NUM >= 19200
    // From here on ImGui draws letters in any size when they are first used.
    if (faces_[0].font != nullptr) {
        for (TextStyle style : view::kTextStyles) {
            faces_[static_cast<std::size_t>(style)].size = std::round(em * view::scale_of(style));
        }
        return;
    }
#endif
    atlas.Clear();
    for (std::size_t i = 0; i < faces_.size(); ++i) {  // kTextStyles is in the enum's order
        const TextStyle style = view::kTextStyles[i];
        Face& face = faces_[i];
        face.size = std::round(em * view::scale_of(style));
        face.font = add(atlas, file_for(files, style), face.size, false, kText);
        if (face.font != nullptr) {
            add(atlas, files.symbols, face.size, true, kSymbols);
            continue;
        }
        // No font at all: ImGui brings a small one of its own.
        ImFontConfig config;
        config.SizePixels = face.size;
        face.font = atlas.AddFontDefault(&config);
    }
#if IMGUI_VERSION_NUM < 19200
    atlas.Build();
#endif
}

float Fonts::width(TextStyle style, std::string_view text, float em) const {
    const Face& used = face(style);
    const float size = used.size * em / em_;
    return used.font->CalcTextSizeA(size, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

}  // namespace tcpstep::ui
