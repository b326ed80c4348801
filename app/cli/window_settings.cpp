#include "app/cli/window_settings.hpp"

#include <utility>

#include <fmt/format.h>

#include "app/cli/output.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

settings::Settings settings_of(const session::Session& session, settings::Settings::Size size) {
    settings::Settings now;
    const session::Look& look = session.look();
    now.theme = look.theme;
    now.text_percent = look.text_percent;
    now.language = strings::language();
    now.size = size;
    now.full_screen = look.full_screen;
    now.speed = session.playback().speed();
    now.raw_numbers = look.raw_numbers;
    now.recent = session.files().recent();
    return now;
}

void complain(const std::string& line) {
    print_err("tcpstep: {}\n", line);
}

}  // namespace

WindowSettings::WindowSettings() {
    const auto file = settings::place();
    if (!file) return;
    settings::Loaded loaded = settings::load(*file);
    kept_ = std::move(loaded.settings);
    broken_ = std::move(loaded.broken);
    if (broken_) complain(settings::words(*broken_));
}

void WindowSettings::begin(session::Session& session) {
    if (broken_) session.remark([broken = *broken_] { return settings::words(broken); });
    if (const auto file = settings::place()) keeper_.emplace(*file, kept_, session.bell());
}

void WindowSettings::look_at(session::Session& session, settings::Settings::Size size) {
    settings::Settings now = settings_of(session, size);
    if (!seen_) seen_ = now;
    if (!keeper_) return;
    if (now != *seen_) {
        kept_ = settings::with_changes(std::move(kept_), *seen_, now);
        seen_ = std::move(now);
        keeper_->keep(kept_);
    }
    if (const auto fault = keeper_->take_fault()) {
        const auto words = [line = fault->line()] {
            return view::say(view::Text::NoticeSettingsUnsaved, line);
        };
        complain(words());
        session.remark(words);
    }
}

}  // namespace tcpstep::cli
