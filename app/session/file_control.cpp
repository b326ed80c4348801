#include "app/session/file_control.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::session {

namespace {

constexpr std::size_t kMostRecent = 10;

}  // namespace

FileControl::FileControl(FileSetup setup, std::function<void()> bell)
    : setup_(std::move(setup)), bell_(std::move(bell)) {}

void FileControl::toggle_dialog() {
    if (dialog_) return close_dialog();
    if (!setup_.list_folder || !setup_.read) return;
    dialog_.emplace(setup_.folder, setup_.home, setup_.recent, setup_.sessions);
    listed_.clear();
    list();
}

// Reads the folder that the dialog wants, unless that is under way.
void FileControl::list() {
    if (!dialog_ || dialog_->listed() || dialog_->folder() == listed_) return;
    listed_ = dialog_->folder();
    listing_.emplace([list = setup_.list_folder, folder = listed_] { return list(folder); }, bell_);
}

bool FileControl::take_listing() {
    std::optional<browse::Listing> listing;
    if (listing_) listing = listing_->take();
    if (!listing) return false;
    listing_.reset();
    if (!dialog_) return false;
    dialog_->take(std::move(*listing));
    return true;
}

void FileControl::type(const TypeInDialog& command) {
    if (!dialog_) return;
    dialog_->type(command.text);
    list();
}

void FileControl::pick(const PickInDialog& command) {
    if (!dialog_) return;
    dialog_->choose(command.row);
    if (command.open) accept();
}

void FileControl::act(const DoInDialog& command) {
    if (!dialog_) return;
    switch (command.what) {
        case DoInDialog::What::FolderAbove:
            dialog_->folder_above();
            break;
        case DoInDialog::What::HomeFolder:
            dialog_->home_folder();
            break;
        case DoInDialog::What::Sessions:
            dialog_->sessions_folder();
            break;
        case DoInDialog::What::RecentFiles:
            dialog_->toggle_recent();
            break;
        case DoInDialog::What::AllFiles:
            dialog_->toggle_all_files();
            break;
        case DoInDialog::What::Complete:
            dialog_->complete();
            break;
    }
    list();
}

void FileControl::move(int rows) {
    if (dialog_) dialog_->move(rows);
}

void FileControl::accept() {
    if (!dialog_ || reading_) return;
    if (std::optional<std::string> path = dialog_->accept()) open(std::move(*path));
    list();
}

void FileControl::refuse(const std::string& fault) {
    if (dialog_) dialog_->refuse(fault);
}

void FileControl::open(std::string path) {
    cancel();
    if (!setup_.read) return;
    auto so_far = std::make_shared<ReadingSoFar>();
    reading_.emplace(
        Reading{path, so_far,
                Background<Result<Opened>>(
                    [read = setup_.read, path, so_far] { return read(path, *so_far); }, bell_)});
}

void FileControl::cancel() {
    if (reading_) reading_->so_far->stopped = true;
    reading_.reset();
}

std::optional<FileControl::Read> FileControl::take_read() {
    if (!reading_) return std::nullopt;
    std::optional<Result<Opened>> opened = reading_->result.take();
    if (!opened) return std::nullopt;
    std::optional<Read> read(Read{std::move(reading_->path), std::move(*opened)});
    reading_.reset();
    return read;
}

void FileControl::remember(const std::string& path) {
    std::vector<std::string>& files = setup_.recent;
    files.erase(std::remove(files.begin(), files.end(), path), files.end());
    files.insert(files.begin(), path);
    if (files.size() > kMostRecent) files.resize(kMostRecent);
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    if (folder.starts_with('/')) setup_.folder = folder;
}

void FileControl::save(std::size_t form, const std::string& stem,
                       std::shared_ptr<const model::Trace> trace, const ShownAs& shown) {
    if (form >= setup_.exports.size() || !setup_.save_new) return;
    to_save_.push(
        [save = setup_.save_new, as = setup_.exports[form], stem, trace = std::move(trace), shown] {
            return save(stem, as.ending,
                        [&](std::ostream& out) { return as.write(*trace, shown, out); });
        });
    save_next();
}

// One after the other: each takes a name that is free.
void FileControl::save_next() {
    if (saving_ || to_save_.empty()) return;
    saving_.emplace(std::move(to_save_.front()), bell_);
    to_save_.pop();
}

std::optional<Result<std::string>> FileControl::take_saved() {
    if (!saving_) return std::nullopt;
    std::optional<Result<std::string>> saved = saving_->take();
    if (!saved) return std::nullopt;
    saving_.reset();
    save_next();
    return saved;
}

}  // namespace tcpstep::session
