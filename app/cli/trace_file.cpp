#include "app/cli/trace_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "model/qlog/writer.hpp"

namespace tcpstep::cli {

namespace fs = std::filesystem;

namespace {

void write_form(const model::Trace& trace, const fs::path& file, std::ostream& out) {
    if (file.extension() != ".sqlog") return model::qlog::write_contained(trace, out);
    const model::Time start = trace.events().empty() ? model::Time() : trace.events().front().time;
    model::qlog::SequentialWriter(trace, start, out).write_new();
}

tl::unexpected<Error> cannot_write(const fs::path& file, int os_errno) {
    return fail(ErrorKind::BadInput,
                fmt::format("{}: cannot be written: {}", file.string(), std::strerror(os_errno)),
                "choose a folder that exists, is yours and has room", os_errno);
}

}  // namespace

Result<model::qlog::Reading> read_trace(const fs::path& file) {
    const auto refuse = [&](const std::string& why) {
        return fail(ErrorKind::BadInput, fmt::format("{}: {}", file.string(), why),
                    "a trace is a *.qlog or *.sqlog file");
    };
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) return refuse("is a folder");
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) return refuse(std::strerror(errno));
    std::ostringstream text;
    text << in.rdbuf();
    if (in.bad()) return refuse(std::strerror(errno));
    auto reading = model::qlog::read(text.str());
    if (!reading) {
        Error error = reading.error();
        error.what = fmt::format("{}: {}", file.string(), error.what);
        return tl::make_unexpected(std::move(error));
    }
    return reading;
}

Result<void> write_trace(const model::Trace& trace, const fs::path& file) {
    if (file == "-") {
        write_form(trace, file, std::cout);
        std::cout.flush();
        if (!std::cout) return cannot_write("standard output", errno);
        return {};
    }
    std::error_code error;
    // A pipe or a device is written as it is; only a plain file can be replaced.
    const bool special = fs::exists(file, error) && !fs::is_regular_file(file, error);
    const fs::path beside =
        special ? file : fs::path(fmt::format("{}.part-{}", file.string(), getpid()));
    errno = 0;
    {
        std::ofstream out(beside, std::ios::binary);
        if (!out) return cannot_write(file, errno);
        write_form(trace, file, out);
        out.close();
        if (!out) {
            const int why = errno;
            if (!special) fs::remove(beside, error);
            return cannot_write(file, why);
        }
    }
    if (special) return {};
    fs::rename(beside, file, error);
    if (!error) return {};
    const int why = error.value();
    fs::remove(beside, error);
    return cannot_write(file, why);
}

}  // namespace tcpstep::cli
