#include "app/browse/dialog.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <fmt/format.h>

namespace tcpstep::browse {

namespace {

constexpr std::array<std::string_view, 5> kKinds = {".qlog", ".sqlog", ".pcap", ".pcapng", ".json"};

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool same_letter(char a, char b) {
    return lower(a) == lower(b);
}

// Large and small letters are the same to whoever types.
bool begins_with(std::string_view name, std::string_view beginning) {
    return name.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), name.begin(), same_letter);
}

bool ends_with(std::string_view name, std::string_view end) {
    return name.size() > end.size() &&
           std::equal(end.rbegin(), end.rend(), name.rbegin(), same_letter);
}

std::string with_slash(std::string folder) {
    if (folder.empty() || folder.back() != '/') folder += '/';
    return folder;
}

// Never in the middle of a letter of UTF-8.
std::size_t whole_letters(std::string_view text, std::size_t size) {
    while (size > 0 && size < text.size() &&
           (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80)
        --size;
    return size;
}

// A path typed behind the folder that stands there begins anew, as shells and editors have it:
// "/home/ann//tmp/x" is "/tmp/x", "/home/ann/~/x" is "~/x".
std::string begun_anew(const std::string& text, bool home_is_known) {
    const std::size_t root = text.rfind("//");
    const std::size_t home = home_is_known ? text.rfind("/~/") : std::string::npos;
    if (root == std::string::npos && home == std::string::npos) return text;
    const std::size_t begin = root == std::string::npos   ? home
                              : home == std::string::npos ? root
                                                          : std::max(root, home);
    return text.substr(begin + 1);
}

}  // namespace

bool is_known_kind(std::string_view name) {
    return std::any_of(kKinds.begin(), kKinds.end(),
                       [&](std::string_view kind) { return ends_with(name, kind); });
}

std::string size_text(std::uint64_t octets) {
    constexpr std::array kUnits = {"B", "kB", "MB", "GB", "TB"};
    auto amount = static_cast<double>(octets);
    std::size_t unit = 0;
    for (; amount >= 999.5 && unit + 1 < kUnits.size(); ++unit) amount /= 1000;
    const bool whole = unit == 0 || amount >= 99.95;
    return whole ? fmt::format("{:.0f} {}", amount, kUnits[unit])
                 : fmt::format("{:.1f} {}", amount, kUnits[unit]);
}

Dialog::Dialog(std::string folder, std::string home, std::vector<std::string> recent,
               std::string sessions)
    : start_(with_slash(std::move(folder))),
      home_(std::move(home)),
      sessions_(sessions.empty() ? std::string() : with_slash(std::move(sessions))),
      recent_files_(std::move(recent)),
      text_(start_) {}

std::string Dialog::folder() const {
    std::string path = text_;
    if (path.starts_with("~/") && !home_.empty()) path = home_ + path.substr(1);
    path = path.substr(0, path.rfind('/') + 1);  // "" where there is none
    return path.starts_with('/') ? path : start_ + path;
}

std::string Dialog::beginning() const {
    return text_.substr(text_.rfind('/') + 1);
}

void Dialog::take(Listing listing) {
    if (listing.folder != folder()) return;
    if (!listed() || !listing.fault.empty()) fault_ = listing.fault;
    listing_ = std::move(listing);
    find_rows();
}

void Dialog::find_rows() {
    rows_.clear();
    if (recent_shown_) {
        for (const std::string& file : recent_files_) rows_.push_back({file, file, false, {}});
    } else if (listed()) {
        const std::string typed = beginning();
        for (const Entry& entry : listing_->entries) {
            // A hidden name shows once its dot is typed.
            const bool hidden = entry.name.starts_with('.') && !typed.starts_with('.');
            const bool wanted = entry.folder || all_files_ || is_known_kind(entry.name);
            if (hidden || !wanted || !begins_with(entry.name, typed)) continue;
            Row row{entry.name, folder() + entry.name, entry.folder, std::nullopt};
            if (entry.folder) {
                row.name += '/';
                row.path += '/';
            } else {
                row.size = entry.size;
            }
            rows_.push_back(std::move(row));
        }
        if (in_sessions()) std::reverse(rows_.begin(), rows_.end());
    }
    chosen_ = rows_.empty() ? 0 : std::min(chosen_, rows_.size() - 1);
}

void Dialog::type(std::string text) {
    text = begun_anew(text, !home_.empty());
    if (text == text_) return;
    text_ = std::move(text);
    recent_shown_ = false;
    chosen_ = 0;
    fault_.clear();
    find_rows();
}

void Dialog::complete() {
    if (recent_shown_ || rows_.empty()) return;
    std::string common = rows_.front().name;
    for (const Row& row : rows_) {
        const auto end =
            std::mismatch(common.begin(), common.end(), row.name.begin(), row.name.end());
        common.resize(whole_letters(common, static_cast<std::size_t>(end.first - common.begin())));
    }
    const std::string typed = beginning();
    if (common.size() < typed.size()) return;
    type(text_.substr(0, text_.size() - typed.size()) + common);
}

void Dialog::move(int rows) {
    if (rows_.empty()) return;
    const auto last = static_cast<std::int64_t>(rows_.size()) - 1;
    chosen_ = static_cast<std::size_t>(
        std::clamp<std::int64_t>(static_cast<std::int64_t>(chosen_) + rows, 0, last));
}

void Dialog::choose(std::size_t row) {
    if (row < rows_.size()) chosen_ = row;
}

std::optional<std::string> Dialog::accept() {
    if (chosen_ < rows_.size()) {
        const Row row = rows_[chosen_];
        if (!row.folder) return row.path;
        go(row.path);
        return std::nullopt;
    }
    // A name that no row has: it is filtered away, its folder is still being read, or opening it
    // says what is wrong.
    if (recent_shown_ || beginning().empty()) return std::nullopt;
    return folder() + beginning();
}

void Dialog::go(std::string folder) {
    recent_shown_ = false;
    type(std::move(folder));
    find_rows();
}

void Dialog::folder_above() {
    std::string here = folder();
    here.pop_back();  // its slash
    go(here.empty() ? "/" : here.substr(0, here.rfind('/') + 1));
}

void Dialog::home_folder() {
    if (!home_.empty()) go(with_slash(home_));
}

void Dialog::sessions_folder() {
    if (knows_sessions()) go(sessions_);
}

void Dialog::toggle_recent() {
    recent_shown_ = !recent_shown_;
    chosen_ = 0;
    find_rows();
}

void Dialog::toggle_all_files() {
    all_files_ = !all_files_;
    recent_shown_ = false;
    chosen_ = 0;
    find_rows();
}

}  // namespace tcpstep::browse
