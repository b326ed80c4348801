#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "app/browse/dialog.hpp"
#include "app/session/background.hpp"
#include "app/session/file_command.hpp"
#include "app/session/file_setup.hpp"
#include "app/session/opened.hpp"
#include "model/result.hpp"

namespace tcpstep::session {

/// The user's way to files: the dialog that chooses one, the reading of it, the saving of another.
/// Everything that waits for a disk is done on a thread of its own; `bell` is rung there when there
/// is something to take.
class FileControl {
  public:
    FileControl(FileSetup setup, std::function<void()> bell);

    /// A file that is being read.
    struct Reading {
        std::string path;
        std::shared_ptr<ReadingSoFar> so_far;
        Background<Result<Opened>> result;
    };
    struct Read {
        std::string path;
        Result<Opened> opened;
    };

    /// nullptr while it is closed.
    const browse::Dialog* dialog() const { return dialog_ ? &*dialog_ : nullptr; }
    void toggle_dialog();
    void close_dialog() { dialog_.reset(); }
    void type(const TypeInDialog& command);
    void pick(const PickInDialog& command);
    void act(const DoInDialog& command);
    void move(int rows);
    /// Reads the file that is chosen, or goes into the folder.
    void accept();
    /// What was chosen cannot be opened.
    void refuse(const std::string& fault);

    /// nullptr while none is read.
    const Reading* reading() const { return reading_ ? &*reading_ : nullptr; }
    /// Another file that is being read is not any more.
    void open(std::string path);
    void cancel();

    const std::vector<ExportForm>& exports() const { return setup_.exports; }
    /// Nothing while the one before is being saved.
    void save(std::size_t form, const std::string& stem, std::shared_ptr<const model::Trace> trace,
              const ShownAs& shown);
    bool saving() const { return saving_.has_value(); }

    const std::vector<std::string>& recent() const { return setup_.recent; }
    /// It was opened.
    void remember(const std::string& path);

    /// Takes what is in the dialog's folder; true if that changed something.
    bool take_listing();
    /// What was read, or why it could not be; nothing before.
    std::optional<Read> take_read();
    /// The name of the file that was saved, or why none was; nothing before.
    std::optional<Result<std::string>> take_saved();

  private:
    void list();
    void save_next();

    FileSetup setup_;
    std::function<void()> bell_;
    std::optional<browse::Dialog> dialog_;
    std::optional<Background<browse::Listing>> listing_;
    std::string listed_;  // the folder that listing_ is of
    std::optional<Reading> reading_;
    std::optional<Background<Result<std::string>>> saving_;
    std::queue<std::function<Result<std::string>()>> to_save_;  // asked for meanwhile
};

}  // namespace tcpstep::session
