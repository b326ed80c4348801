#include "app/settings/store.hpp"

#include <ostream>
#include <system_error>

#include "app/files/base_folder.hpp"
#include "app/files/whole_file.hpp"
#include "app/view/say.hpp"

namespace tcpstep::settings {

namespace fs = std::filesystem;

namespace {

// Under the first name that is free.
void set_aside(Broken& broken) {
    std::error_code error;
    fs::path name = broken.file;
    name += ".broken";
    for (int number = 2; fs::exists(fs::symlink_status(name, error)); ++number) {
        name = broken.file;
        name += ".broken-" + std::to_string(number);
    }
    fs::rename(broken.file, name, error);
    if (error) {
        broken.why_not = error.message();
    } else {
        broken.set_aside = name;
    }
}

// Why a file cannot be read, without its name.
std::string reason(const Error& error) {
    return error.os_errno == 0 ? error.what : std::generic_category().message(error.os_errno);
}

}  // namespace

std::optional<fs::path> place() {
    const auto config = files::base_folder("XDG_CONFIG_HOME", ".config");
    if (!config) return std::nullopt;
    return *config / "tcpstep" / "settings.json";
}

Loaded load(const fs::path& file) {
    Loaded loaded;
    std::error_code error;
    if (!fs::exists(fs::symlink_status(file, error))) return loaded;
    const auto refuse = [&](std::string why) {
        loaded.broken = Broken{file, std::move(why), {}, {}};
        set_aside(*loaded.broken);
        return loaded;
    };
    // A pipe would be waited for.
    const bool readable = fs::is_regular_file(file, error) || fs::is_directory(file, error) ||
                          !fs::exists(file, error);
    if (!readable) return refuse("no regular file");
    const Result<std::string> text = files::read_whole(file);
    if (!text) return refuse(reason(text.error()));
    Result<Settings> settings = parse(*text);
    if (!settings) return refuse(settings.error().what);
    loaded.settings = std::move(*settings);
    return loaded;
}

std::string words(const Broken& broken) {
    using view::Text;
    if (broken.set_aside.empty()) {
        return view::say(Text::NoticeSettingsStuck, broken.file.string(), broken.why,
                         broken.why_not);
    }
    return view::say(Text::NoticeSettingsBroken, broken.file.string(), broken.why,
                     broken.set_aside.filename().string());
}

Result<void> save(const fs::path& file, const Settings& settings) {
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) return tl::make_unexpected(files::cannot_write(file, error.value()));
    return files::write_whole(file, [&](std::ostream& out) { out << to_json(settings); });
}

}  // namespace tcpstep::settings
