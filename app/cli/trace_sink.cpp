#include "app/cli/trace_sink.hpp"

#include <utility>

#include <fmt/format.h>

#include "app/cli/output.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

Result<TraceSink> TraceSink::open(const std::string& target) {
    TraceSink sink;
    sink.target_ = target;
    if (target.empty()) return sink;
    if (exports::has_ending(target, ".sqlog")) {
        if (auto opened = sink.also_into(target); !opened)
            return tl::make_unexpected(opened.error());
        return sink;
    }
    auto whole = exports::Target::open(*exports::find_format("qlog"), target);
    if (!whole) return tl::make_unexpected(whole.error());
    sink.whole_.emplace(std::move(*whole));
    return sink;
}

Result<void> TraceSink::also_into(const std::string& sqlog) {
    auto growing = files::GrowingFile::open(sqlog);
    if (!growing) return tl::make_unexpected(growing.error());
    growing_.push_back(std::move(*growing));
    return {};
}

void TraceSink::keep_session(const std::string& lesson) {
    session_ = std::make_unique<journal::SavedRun>(lesson);
}

void TraceSink::grow(const model::Trace& trace) {
    if (growing_.empty() && !session_) return;
    const std::string records = records_.take_new(trace);
    if (records.empty()) return;
    // A failure is kept, and told in the end.
    for (files::GrowingFile& file : growing_) static_cast<void>(file.append(records));
    if (!session_) return;
    if (const auto fault = session_->append(trace.events().front().time, records))
        tell_unsaved(*fault);
}

Result<void> TraceSink::finish(const model::Trace& trace) {
    grow(trace);
    Result<void> done;
    if (whole_) done = whole_->write({trace});
    for (files::GrowingFile& file : growing_) {
        const Result<void> closed = file.close();
        if (done) done = closed;
    }
    return done;
}

void tell_unsaved(const Error& why) {
    print_err("tcpstep: {}\n", view::say(view::Text::NoticeRunUnsaved, why.line()));
}

}  // namespace tcpstep::cli
