#include "app/cli/trace_sink.hpp"

#include <utility>

#include <fmt/format.h>

#include "app/view/say.hpp"

namespace tcpstep::cli {

Result<TraceSink> TraceSink::open(const std::string& target) {
    TraceSink sink;
    sink.target_ = target;
    if (target.empty()) return sink;
    if (target.ends_with(".sqlog")) {
        auto growing = files::GrowingFile::open(target);
        if (!growing) return tl::make_unexpected(growing.error());
        sink.growing_.emplace(std::move(*growing));
        return sink;
    }
    auto whole = exports::Target::open(*exports::find_format("qlog"), target);
    if (!whole) return tl::make_unexpected(whole.error());
    sink.whole_.emplace(std::move(*whole));
    return sink;
}

void TraceSink::keep_session(const std::string& lesson) {
    session_ = std::make_unique<journal::SavedRun>(lesson);
}

void TraceSink::grow(const model::Trace& trace) {
    if (!growing_ && !session_) return;
    const std::string records = records_.take_new(trace);
    if (records.empty()) return;
    // A failure is kept, and told in the end.
    if (growing_) static_cast<void>(growing_->append(records));
    if (!session_) return;
    if (const auto fault = session_->append(trace.events().front().time, records))
        tell_unsaved(*fault);
}

Result<void> TraceSink::finish(const model::Trace& trace) {
    grow(trace);
    if (whole_) return whole_->write({trace});
    return growing_ ? growing_->close() : Result<void>();
}

void tell_unsaved(const Error& why) {
    fmt::print(stderr, "tcpstep: {}\n", view::say(view::Text::NoticeRunUnsaved, why.line()));
}

}  // namespace tcpstep::cli
