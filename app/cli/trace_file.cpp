#include "app/cli/trace_file.hpp"

#include <iostream>
#include <utility>

#include <fmt/format.h>

#include "app/files/whole_file.hpp"
#include "model/qlog/writer.hpp"

namespace tcpstep::cli {

namespace fs = std::filesystem;

namespace {

void write_form(const model::Trace& trace, const fs::path& file, std::ostream& out) {
    if (file.extension() != ".sqlog") return model::qlog::write_contained(trace, out);
    const model::Time start = trace.events().empty() ? model::Time() : trace.events().front().time;
    model::qlog::SequentialWriter(trace, start, out).write_new();
}

}  // namespace

Result<model::qlog::Reading> read_trace(const fs::path& file) {
    const auto text = files::read_whole(file);
    if (!text) return tl::make_unexpected(text.error());
    auto reading = model::qlog::read(*text);
    if (!reading) {
        Error error = reading.error();
        error.what = fmt::format("{}: {}", file.string(), error.what);
        return tl::make_unexpected(std::move(error));
    }
    return reading;
}

Result<void> write_trace(const model::Trace& trace, const fs::path& file) {
    if (file != "-") {
        return files::write_whole(file, [&](std::ostream& out) { write_form(trace, file, out); });
    }
    write_form(trace, file, std::cout);
    if (std::cout.flush()) return {};
    return fail(ErrorKind::BadInput, "standard output: the trace could not be written",
                "is what reads it still there, and is there room?");
}

}  // namespace tcpstep::cli
