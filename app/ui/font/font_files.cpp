#include "app/ui/font/font_files.hpp"

#include <memory>
#include <string>

#include <fontconfig/fontconfig.h>

#include "app/ui/font/font_outlines.hpp"
#include "app/ui/font/mapped_file.hpp"

namespace tcpstep::ui::font {

namespace {

using Pattern = std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)>;

// `pattern` as fontconfig writes it: "Inter,DejaVu Sans,sans-serif:semibold".
Pattern wanted_by(FcConfig* config, const char* pattern) {
    Pattern wanted(FcNameParse(reinterpret_cast<const FcChar8*>(pattern)), &FcPatternDestroy);
    if (wanted == nullptr) return wanted;
    FcPatternAddBool(wanted.get(), FC_SCALABLE, FcTrue);
    FcConfigSubstitute(config, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    return wanted;
}

FontFile file_of(const FcPattern* found) {
    FcChar8* path = nullptr;
    int index = 0;
    if (FcPatternGetString(found, FC_FILE, 0, &path) != FcResultMatch) return {};
    if (FcPatternGetInteger(found, FC_INDEX, 0, &index) != FcResultMatch) index = 0;
    // The upper half names an instance of a variable font.
    return {reinterpret_cast<const char*>(path), static_cast<unsigned>(index) & 0xffffU};
}

// Only outline fonts in one of the formats that we can draw count.
bool is_drawable(const FontFile& font) {
    const std::string extension = font.path.extension().string();
    if (extension != ".ttf" && extension != ".otf" && extension != ".ttc") return false;
    return has_drawable_outlines(MappedFile(font.path).octets(), font.face);
}

bool has_character(const FcPattern* found, FcChar32 character) {
    FcCharSet* characters = nullptr;
    return FcPatternGetCharSet(found, FC_CHARSET, 0, &characters) == FcResultMatch &&
           FcCharSetHasChar(characters, character) == FcTrue;
}

// fontconfig always answers with something.
FontFile match(FcConfig* config, const char* pattern) {
    const Pattern wanted = wanted_by(config, pattern);
    if (wanted == nullptr) return {};
    FcResult result = FcResultMatch;
    const Pattern found(FcFontMatch(config, wanted.get(), &result), &FcPatternDestroy);
    if (found == nullptr) return {};
    const FontFile font = file_of(found.get());
    return is_drawable(font) ? font : FontFile();
}

// The nearest that has Chinese characters.
FontFile match_chinese(FcConfig* config, const char* style) {
    const std::string pattern =
        std::string(
            "Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Micro Hei,sans-serif:lang=zh-cn:") +
        style;
    const Pattern wanted = wanted_by(config, pattern.c_str());
    if (wanted == nullptr) return {};
    FcResult result = FcResultMatch;
    const std::unique_ptr<FcFontSet, decltype(&FcFontSetDestroy)> found(
        FcFontSort(config, wanted.get(), FcFalse, nullptr, &result), &FcFontSetDestroy);
    for (int i = 0; found != nullptr && i < found->nfont; ++i) {
        if (!has_character(found->fonts[i], U'报')) continue;  // not what Japan writes
        const FontFile font = file_of(found->fonts[i]);
        if (is_drawable(font)) return font;
    }
    return {};
}

}  // namespace

FontFiles find_font_files() {
    FontFiles files;
    FcConfig* config = FcInitLoadConfigAndFonts();
    if (config == nullptr) return files;
    files.regular = match(config, "Inter,DejaVu Sans,sans-serif:regular");
    files.semi_bold = match(config, "Inter,DejaVu Sans,sans-serif:semibold");
    files.bold = match(config, "Inter,DejaVu Sans,sans-serif:bold");
    files.mono = match(config, "DejaVu Sans Mono,monospace:regular");
    files.symbols = match(config, "DejaVu Sans,sans-serif:regular");
    files.chinese = match_chinese(config, "regular");
    files.chinese_bold = match_chinese(config, "bold");
    FcConfigDestroy(config);
    return files;
}

}  // namespace tcpstep::ui::font
