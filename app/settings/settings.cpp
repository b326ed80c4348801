#include "app/settings/settings.hpp"

#include <cmath>
#include <cstdint>
#include <exception>
#include <utility>

#include <nlohmann/json.hpp>

namespace tcpstep::settings {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kLeastSide = 320;
constexpr int kMostSide = 16384;

template <class T>
void take_change(std::optional<T>& kept, const std::optional<T>& before,
                 const std::optional<T>& now) {
    if (now != before) kept = now;
}

/// Reads members one by one, and remembers the first that is wrong.
class Members {
  public:
    explicit Members(const Json& object) : object_(object) {}

    const std::string& fault() const { return fault_; }

    void take(const char* name, std::optional<bool>& to) {
        if (const Json* found = member(name)) {
            if (found->is_boolean()) {
                to = found->get<bool>();
            } else {
                wrong(name, "true or false");
            }
        }
    }

    // One of two words.
    template <class T>
    void take(const char* name, std::optional<T>& to, std::pair<const char*, T> one,
              std::pair<const char*, T> other) {
        const Json* found = member(name);
        if (found == nullptr) return;
        for (const auto& [word, meaning] : {one, other}) {
            if (*found == word) to = meaning;
        }
        if (!to) wrong(name, std::string("\"") + one.first + "\" or \"" + other.first + "\"");
    }

    std::optional<double> number(const char* name, double least, double most) {
        const Json* found = member(name);
        if (found == nullptr) return std::nullopt;
        const double value = found->is_number() ? found->get<double>() : std::nan("");
        if (value >= least && value <= most) return value;
        wrong(name, "a number from " + short_text(least) + " to " + short_text(most));
        return std::nullopt;
    }

    void take(const char* name, std::vector<std::string>& to) {
        const Json* found = member(name);
        if (found == nullptr) return;
        if (!found->is_array()) return wrong(name, "an array of file names");
        for (const Json& one : *found) {
            if (!one.is_string()) return wrong(name, "an array of file names");
            if (to.size() < kMostRecent) to.push_back(one.get<std::string>());
        }
    }

  private:
    static std::string short_text(double number) { return Json(number).dump(); }

    const Json* member(const char* name) const {
        const auto found = object_.find(name);
        return found == object_.end() ? nullptr : &*found;
    }

    void wrong(const char* name, const std::string& expected) {
        if (fault_.empty()) fault_ = std::string(name) + ": expected " + expected;
    }

    const Json& object_;
    std::string fault_;
};

void take_all(Members& members, Settings& settings) {
    using strings::Language;
    using view::Theme;
    members.take("theme", settings.theme, {"dark", Theme::Dark}, {"light", Theme::Light});
    if (const auto percent = members.number("text_percent", kLeastText, kMostText))
        settings.text_percent = static_cast<unsigned>(*percent);
    members.take("language", settings.language, {"en", Language::English},
                 {"zh", Language::Chinese});
    const auto width = members.number("width", kLeastSide, kMostSide);
    const auto height = members.number("height", kLeastSide, kMostSide);
    if (width && height) settings.size = {static_cast<int>(*width), static_cast<int>(*height)};
    members.take("full_screen", settings.full_screen);
    settings.speed = members.number("speed", 0.01, 100);
    members.take("raw_numbers", settings.raw_numbers);
    members.take("recent_files", settings.recent);
}

}  // namespace

Settings with_changes(Settings kept, const Settings& before, const Settings& now) {
    take_change(kept.theme, before.theme, now.theme);
    take_change(kept.text_percent, before.text_percent, now.text_percent);
    take_change(kept.language, before.language, now.language);
    take_change(kept.size, before.size, now.size);
    take_change(kept.full_screen, before.full_screen, now.full_screen);
    take_change(kept.speed, before.speed, now.speed);
    take_change(kept.raw_numbers, before.raw_numbers, now.raw_numbers);
    if (now.recent != before.recent) kept.recent = now.recent;
    return kept;
}

Result<Settings> parse(std::string_view json) {
    const Json object = Json::parse(json.begin(), json.end(), nullptr, false);
    if (object.is_discarded()) return fail(ErrorKind::BadInput, "no JSON");
    if (!object.is_object()) return fail(ErrorKind::BadInput, "no JSON object");
    Settings settings;
    Members members(object);
    take_all(members, settings);
    if (!members.fault().empty()) return fail(ErrorKind::BadInput, members.fault());
    return settings;
}

std::string to_json(const Settings& settings) {
    using strings::Language;
    Json object = Json::object();
    if (settings.theme) object["theme"] = *settings.theme == view::Theme::Dark ? "dark" : "light";
    if (settings.text_percent) object["text_percent"] = *settings.text_percent;
    if (settings.language)
        object["language"] = *settings.language == Language::Chinese ? "zh" : "en";
    if (settings.size) {
        object["width"] = settings.size->width;
        object["height"] = settings.size->height;
    }
    if (settings.full_screen) object["full_screen"] = *settings.full_screen;
    if (settings.speed) object["speed"] = *settings.speed;
    if (settings.raw_numbers) object["raw_numbers"] = *settings.raw_numbers;
    if (!settings.recent.empty()) object["recent_files"] = settings.recent;
    // A file's name may be no UTF-8: such octets are replaced rather than the settings lost.
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tcpstep::settings
