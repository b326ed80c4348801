#include "app/doctor/observe.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

#include <fontconfig/fontconfig.h>
#include <sys/utsname.h>

#include "app/doctor/display.hpp"
#include "app/doctor/private_probe.hpp"
#include "app/lesson/library.hpp"
#include "capture/live_capture.hpp"

namespace tcpstep::doctor {

namespace {

// What app/ui/font_files.cpp asks for first.
constexpr std::array kWantedFonts = {"Inter", "DejaVu Sans", "DejaVu Sans Mono",
                                     "Noto Sans CJK SC"};

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

std::string kernel_release() {
    utsname names{};
    return ::uname(&names) == 0 ? names.release : "";
}

Refusal try_host_capture() {
    const auto capture = capture::LiveCapture::open("lo");
    if (capture) return std::nullopt;
    return capture.error();
}

bool is_installed(const char* family) {
    const std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)> pattern(FcPatternCreate(),
                                                                          &FcPatternDestroy);
    FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
    const std::unique_ptr<FcObjectSet, decltype(&FcObjectSetDestroy)> wanted(
        FcObjectSetBuild(FC_FAMILY, nullptr), &FcObjectSetDestroy);
    const std::unique_ptr<FcFontSet, decltype(&FcFontSetDestroy)> found(
        FcFontList(nullptr, pattern.get(), wanted.get()), &FcFontSetDestroy);
    return found && found->nfont > 0;
}

std::vector<std::string> absent_fonts() {
    std::vector<std::string> absent;
    for (const char* family : kWantedFonts) {
        if (!is_installed(family)) absent.emplace_back(family);
    }
    return absent;
}

}  // namespace

MachineFacts observe() {
    MachineFacts facts;
    std::error_code ignored;
    facts.private_network = probe_private_network();
    facts.program = std::filesystem::read_symlink("/proc/self/exe", ignored).string();
    facts.kernel = kernel_release();
    facts.host_capture = try_host_capture();
    facts.lessons = lesson::load_library().map(
        [](const lesson::Library& library) { return library.lessons.size(); });
    facts.lessons_folder = lesson::assets_folder()
                               .map([](const auto& folder) { return folder.string(); })
                               .value_or("");
    facts.display = find_display(
        {variable("DISPLAY"), variable("WAYLAND_DISPLAY"), variable("XDG_RUNTIME_DIR")});
    facts.absent_fonts = absent_fonts();
    return facts;
}

}  // namespace tcpstep::doctor
