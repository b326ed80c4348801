#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "app/files/growing_file.hpp"
#include "model/result.hpp"
#include "model/time.hpp"

namespace tcpstep::journal {

/// One live run, while it is saved in the folder of the sessions. Waits for the disk.
class SavedRun {
  public:
    /// `lesson`: its id.
    explicit SavedRun(std::string lesson);
    SavedRun(const SavedRun&) = delete;
    SavedRun& operator=(const SavedRun&) = delete;
    /// A file to which nothing could be written goes.
    ~SavedRun();

    /// Writes these records. The first ones, of a run that began then, make the file: the oldest
    /// sessions go, so that kMostSessions stay, unless they are still being written. Gives why it
    /// cannot be written: once, however often that fails; what a full disk does not take is tried
    /// again with the next records.
    std::optional<Error> append(model::Time began, std::string_view records);

    /// "" before there is one.
    const std::filesystem::path& file() const { return place_; }

  private:
    Result<void> begin(model::Time began);

    std::string lesson_;
    std::filesystem::path place_;
    std::optional<files::GrowingFile> file_;
    bool failed_ = false;
};

}  // namespace tcpstep::journal
