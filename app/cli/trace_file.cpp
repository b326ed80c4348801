#include "app/cli/trace_file.hpp"

#include <utility>

#include <fmt/format.h>

#include "app/files/whole_file.hpp"

namespace tcpstep::cli {

namespace fs = std::filesystem;

Result<model::qlog::Reading> read_trace(const fs::path& file) {
    const auto text = files::read_whole(file == "-" ? "/dev/stdin" : file);
    if (!text) return tl::make_unexpected(text.error());
    auto reading = model::qlog::read(*text);
    if (!reading) {
        Error error = reading.error();
        error.what = fmt::format("{}: {}", file.string(), error.what);
        return tl::make_unexpected(std::move(error));
    }
    return reading;
}

}  // namespace tcpstep::cli
