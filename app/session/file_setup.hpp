#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "app/browse/folder.hpp"
#include "app/session/opened.hpp"
#include "app/strings/strings.hpp"
#include "app/view/palette.hpp"
#include "app/view/time_axis.hpp"
#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::session {

/// How the trace that is saved is looked at: of pictures of it.
struct ShownAs {
    std::optional<model::ConnectionIndex> connection;
    view::Theme theme = view::Theme::Dark;
    view::TimeAxis axis = view::TimeAxis::ByEvent;
    bool raw_numbers = false;
    std::optional<std::size_t> from_step, to_step;  ///< as ExportAs has them
};

/// A form in which a trace is saved: a row of the export menu.
struct ExportForm {
    strings::Text words;
    std::string ending;  ///< of the file's name: ".qlog"
    bool of_steps;       ///< it heeds ShownAs::from_step and to_step
    std::function<Result<void>(const model::Trace&, const ShownAs&, std::ostream&)> write;
};

/// What a session needs from outside to read and write files. The functions are called on other
/// threads, and may still run when the session is gone.
struct FileSetup {
    std::string folder;               ///< absolute: where the dialog begins
    std::string home;                 ///< may be empty
    std::string sessions;             ///< the folder of the live runs that were saved, or empty
    std::vector<std::string> recent;  ///< opened before, the last one first

    std::function<browse::Listing(const std::string& folder)> list_folder;
    /// Reads a file, tells how far it is, and gives up once that says so.
    std::function<Result<Opened>(const std::string& path, ReadingSoFar& so_far)> read;

    std::vector<ExportForm> exports;  ///< the rows of the menu
    /// Writes a new file, `stem` + `ending` or, where there is one, with a number between; gives
    /// its name. Where `write` fails there is no file.
    using Write = std::function<Result<void>(std::ostream&)>;
    std::function<Result<std::string>(const std::string& stem, const std::string& ending,
                                      const Write& write)>
        save_new;
};

}  // namespace tcpstep::session
