#include "app/cli/trace_sink.hpp"

#include <cerrno>
#include <utility>

namespace tcpstep::cli {

Result<TraceSink> TraceSink::open(const std::string& target) {
    TraceSink sink;
    sink.target_ = target;
    if (target.empty()) return sink;
    if (target.ends_with(".sqlog")) {
        errno = 0;
        sink.stream_ = std::make_unique<std::ofstream>(target, std::ios::binary | std::ios::trunc);
        if (!*sink.stream_) return tl::make_unexpected(files::cannot_write(target, errno));
        return sink;
    }
    auto whole = exports::Target::open(*exports::find_format("qlog"), target);
    if (!whole) return tl::make_unexpected(whole.error());
    sink.whole_.emplace(std::move(*whole));
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
    if (whole_) return whole_->write({trace});
    if (!stream_) return {};
    grow(trace);
    errno = 0;
    stream_->close();
    if (*stream_) return {};
    return tl::make_unexpected(files::cannot_write(target_, errno != 0 ? errno : EIO));
}

}  // namespace tcpstep::cli
