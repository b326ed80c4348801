#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/browse/folder.hpp"

namespace tcpstep::browse {

/// The dialog that chooses a file, as plain values: one field and the rows below it. The field has
/// a whole path. What is before its last slash is the folder that is listed; what is behind it is
/// how the names of the rows begin. The caller reads folders.
class Dialog {
  public:
    struct Row {
        std::string
            name;  ///< to be shown: with a slash behind a folder's; of a recent file its path
        std::string path;
        bool folder = false;
        std::optional<std::uint64_t> size;  ///< octets; nothing of a folder or a recent file
        bool operator==(const Row&) const = default;
    };

    /// Begins in `folder`, an absolute path; `home` is what "~" stands for and may be empty, and
    /// so may `sessions`, where live runs were saved, their names in the order of time.
    Dialog(std::string folder, std::string home, std::vector<std::string> recent,
           std::string sessions = {});

    const std::string& text() const { return text_; }
    /// What is to be listed: the folder of text(), as an absolute path with a slash behind it.
    std::string folder() const;
    /// take() has had what is in folder().
    bool listed() const { return listing_ && listing_->folder == folder(); }
    /// Takes what is in a folder; nothing if that is not folder().
    void take(Listing listing);

    const std::vector<Row>& rows() const { return rows_; }
    std::size_t chosen() const { return chosen_; }
    bool recent() const { return recent_shown_; }
    bool all_files() const { return all_files_; }
    /// One line: why the folder cannot be read, or what refuse() said. Empty if all is well.
    const std::string& fault() const { return fault_; }
    /// What was chosen cannot be opened.
    void refuse(std::string fault) { fault_ = std::move(fault); }

    void type(std::string text);
    /// As much of the name as all rows have in common, letter for letter.
    void complete();
    void move(int rows);
    void choose(std::size_t row);
    /// Goes into the folder that is chosen, or gives the path of the file: of the chosen row or,
    /// where none fits, what is in the field.
    std::optional<std::string> accept();
    void folder_above();
    void home_folder();
    /// The newest run is the first row.
    void sessions_folder();
    bool knows_sessions() const { return !sessions_.empty(); }
    bool in_sessions() const { return knows_sessions() && !recent_shown_ && folder() == sessions_; }
    void toggle_recent();
    void toggle_all_files();

  private:
    void go(std::string folder);
    void find_rows();
    std::string beginning() const;

    std::string start_, home_, sessions_;
    std::vector<std::string> recent_files_;
    std::string text_;
    std::optional<Listing> listing_;
    std::vector<Row> rows_;
    std::size_t chosen_ = 0;
    bool recent_shown_ = false;
    bool all_files_ = false;
    std::string fault_;
};

/// Its name ends like that of a trace, a capture or a lesson.
bool is_known_kind(std::string_view name);

/// "12.3 kB": how big a file is, in a few letters.
std::string size_text(std::uint64_t octets);

}  // namespace tcpstep::browse
