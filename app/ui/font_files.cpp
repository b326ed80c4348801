#include "app/ui/font_files.hpp"

#include <string>

#include <fontconfig/fontconfig.h>

namespace tcpstep::ui {

namespace {

// `pattern` as fontconfig writes it: "Inter,DejaVu Sans,sans-serif:semibold". fontconfig always
// answers with something; only outline fonts in one of the two formats that we can draw count.
std::filesystem::path match(FcConfig* config, const char* pattern) {
    FcPattern* wanted = FcNameParse(reinterpret_cast<const FcChar8*>(pattern));
    if (wanted == nullptr) return {};
    FcPatternAddBool(wanted, FC_SCALABLE, FcTrue);
    FcConfigSubstitute(config, wanted, FcMatchPattern);
    FcDefaultSubstitute(wanted);
    FcResult result = FcResultMatch;
    FcPattern* found = FcFontMatch(config, wanted, &result);
    std::filesystem::path path;
    FcChar8* file = nullptr;
    if (found != nullptr && FcPatternGetString(found, FC_FILE, 0, &file) == FcResultMatch) {
        path = reinterpret_cast<const char*>(file);
    }
    if (found != nullptr) FcPatternDestroy(found);
    FcPatternDestroy(wanted);
    const std::string extension = path.extension().string();
    const bool drawable = extension == ".ttf" || extension == ".otf" || extension == ".ttc";
    return drawable ? path : std::filesystem::path();
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
    FcConfigDestroy(config);
    return files;
}

}  // namespace tcpstep::ui
