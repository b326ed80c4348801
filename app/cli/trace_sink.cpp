#include "app/cli/trace_sink.hpp"

#include <cerrno>
#include <iostream>
#include <utility>

namespace tcpstep::cli {

Result<TraceSink> TraceSink::open(const std::string& target) {
    TraceSink sink;
    sink.target_ = target;
    if (target.empty() || target == "-") return sink;
    if (target.ends_with(".sqlog")) {
        errno = 0;
        sink.stream_ = std::make_unique<std::ofstream>(target, std::ios::binary | std::ios::trunc);
        if (!*sink.stream_) return tl::make_unexpected(files::cannot_write(target, errno));
        return sink;
    }
    Result<files::NewFile> file = files::NewFile::open(target);
    if (!file) return tl::make_unexpected(file.error());
    sink.whole_.emplace(std::move(*file));
    return sink;
}

void TraceSink::grow(const model::Trace& trace) {
    if (!stream_ || trace.events().empty()) return;
    if (!writer_) {
        writer_ = std::make_unique<model::qlog::SequentialWriter>(
            trace, trace.events().front().time, *stream_);
    }
    writer_->write_new();
}

Result<void> TraceSink::finish(const model::Trace& trace) {
    if (to_standard_output()) {
        model::qlog::write_contained(trace, std::cout);
        if (std::cout.flush()) return {};
        return fail(ErrorKind::BadInput, "standard output: the trace could not be written",
                    "is what reads it still there, and is there room?");
    }
    if (whole_) {
        model::qlog::write_contained(trace, whole_->stream());
        return whole_->commit();
    }
    if (!stream_) return {};
    grow(trace);
    errno = 0;
    stream_->close();
    if (*stream_) return {};
    return tl::make_unexpected(files::cannot_write(target_, errno != 0 ? errno : EIO));
}

}  // namespace tcpstep::cli
