#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "app/view/copied_segment.hpp"

namespace tcpstep::session {

/// Reads that file, on a thread of its own, and shows it in place of what is shown: a trace, a
/// capture or a lesson. A lab that runs ends once the file has been read.
struct OpenFile {
    std::string path;
    bool operator==(const OpenFile&) const = default;
};
/// What is shown stays.
struct CancelOpening {
    bool operator==(const CancelOpening&) const = default;
};

// In the dialog that chooses the file. There MoveInList moves the row, DeliverHeld (Enter) opens
// what is chosen, and Dismiss closes it.

/// Opens the dialog, or closes it.
struct ToggleOpenDialog {
    bool operator==(const ToggleOpenDialog&) const = default;
};
/// What stands in the field becomes that.
struct TypeInDialog {
    std::string text;
    bool operator==(const TypeInDialog&) const = default;
};
/// That row is chosen, and opened if `open`.
struct PickInDialog {
    std::size_t row = 0;
    bool open = false;
    bool operator==(const PickInDialog&) const = default;
};
struct DoInDialog {
    enum class What : std::uint8_t {
        FolderAbove,
        HomeFolder,
        Sessions,  ///< the folder in which live runs are saved
        RecentFiles,
        AllFiles,
        Complete
    };
    What what = What::FolderAbove;
    bool operator==(const DoInDialog&) const = default;
};

/// Saves the trace in the form of that row of Setup::exports, under a name that is free.
struct ExportAs {
    std::size_t form = 0;
    /// Of pictures: from this step to that one, both drawn, counted as the scrub bar does. Nothing:
    /// from the first, to the last.
    std::optional<std::size_t> from_step = {}, to_step = {};
    bool operator==(const ExportAs&) const = default;
};

/// The shown segment goes to the clipboard.
struct CopySegment {
    view::CopyForm form = view::CopyForm::Tcpdump;
    bool operator==(const CopySegment&) const = default;
};

}  // namespace tcpstep::session
