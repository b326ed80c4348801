#pragma once

#include <optional>
#include <string>

#include "app/exports/format.hpp"
#include "app/files/whole_file.hpp"

namespace tcpstep::exports {

/// Where an export goes: into a file, which is put in its place when it is whole, or to standard
/// output.
class Target {
  public:
    /// `place`: a file, or "-" for standard output. BadInput if that cannot be written, or is a
    /// terminal and the form no text: known before there is something to lose.
    static Result<Target> open(const Format& format, const std::string& place);

    /// Once. Errors are the format's, or BadInput if not all could be written; then there is no
    /// file, or the old one.
    Result<void> write(const Subject& subject);

    /// What is being written and would be left behind if the program ended now; "": nothing.
    std::string unfinished() const { return file_ ? file_->beside().string() : std::string(); }

  private:
    explicit Target(const Format& format) : format_(&format) {}

    const Format* format_;
    std::optional<files::NewFile> file_;  // nothing: standard output
};

}  // namespace tcpstep::exports
