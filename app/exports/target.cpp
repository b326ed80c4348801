#include "app/exports/target.hpp"

#include <iostream>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

namespace tcpstep::exports {

Result<Target> Target::open(const Format& format, const std::string& place) {
    Target target(format);
    if (place == "-") {
        if (format.text || isatty(STDOUT_FILENO) == 0) return target;
        return fail(ErrorKind::BadInput,
                    fmt::format("{} is no text: a terminal cannot show it", format.name),
                    fmt::format("name a file: -o NAME{}", format.ending));
    }
    auto file = files::NewFile::open(place);
    if (!file) return tl::make_unexpected(file.error());
    target.file_.emplace(std::move(*file));
    return target;
}

Result<void> Target::write(const Subject& subject) {
    if (file_) {
        if (auto written = format_->write(subject, file_->stream()); !written) return written;
        return file_->commit();
    }
    if (auto written = format_->write(subject, std::cout); !written) return written;
    if (std::cout.flush()) return {};
    return fail(ErrorKind::BadInput,
                fmt::format("standard output: the {} could not be written",
                            format_->name == "qlog" ? "trace" : format_->name),
                "is what reads it still there, and is there room?");
}

}  // namespace tcpstep::exports
