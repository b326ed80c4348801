// What a session does with files and with the clipboard.
#include <utility>

#include "app/lesson/library.hpp"
#include "app/session/session.hpp"
#include "app/view/say.hpp"

namespace tcpstep::session {

using view::say;
using view::Text;

namespace {

constexpr auto kReadingTime = std::chrono::milliseconds(5000);  // of a line
constexpr std::size_t kCopiedShown = 60;                        // octets of what was copied

std::string name_of(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

// The file's name without its ending: "web" of "web.pcapng".
std::string stem_of(const std::string& label) {
    const std::size_t dot = label.rfind('.');
    return dot == std::string::npos || dot == 0 ? label : label.substr(0, dot);
}

// All of it is text that can be shown: it ends before what is not ASCII.
std::string beginning_of(const std::string& text) {
    return text.size() <= kCopiedShown ? text : text.substr(0, kCopiedShown) + " \u2026";
}

}  // namespace

bool Session::covered() const {
    return look_.help || look_.glossary || look_.connections || look_.blank ||
           files_.dialog() != nullptr || files_.reading() != nullptr;
}

bool Session::poll_files() {
    bool changed = files_.take_listing();
    if (std::optional<FileControl::Read> read = files_.take_read()) {
        show_read(std::move(*read));
        changed = true;
    }
    return changed;
}

void Session::show_read(FileControl::Read read) {
    refused_file_.reset();
    if (!read.opened) {
        refused_file_ = std::move(read.opened.error());
        const std::string line = refused_file_->line();
        if (files_.dialog() != nullptr) return files_.refuse(line);
        // Where nothing else is shown there is nothing to stay for: the error is told at the end.
        if (content_ == Content::Nothing) quit_ = true;
        remark_ = [line] { return line; };
        return;
    }
    files_.close_dialog();
    files_.remember(read.path);
    remark_ = {};
    if (auto* recording = std::get_if<Recording>(&*read.opened))
        return open_recording(std::move(*recording), name_of(read.path));
    // Of its id is the lesson in the file, whatever else has it.
    auto& lesson = std::get<lesson::Lesson>(*read.opened);
    const std::string id = lesson.id;
    lesson::put_in_order(std::move(lesson), setup_.lessons);
    open_lesson(id);
}

void Session::save_as(const ExportAs& as, Moment now) {
    if (trace_->events().empty()) return show_toast(say(Text::ToastNothingToSave), now);
    const std::string stem = content_ == Content::Recording ? stem_of(label_) : lesson_id_;
    // A run goes on, and so does its trace; a recording is as it is.
    const std::shared_ptr<const model::Trace> trace = !running() && content_ == Content::Recording
                                                          ? trace_
                                                          : std::make_shared<model::Trace>(*trace_);
    files_.save(as.form, stem.empty() ? "trace" : stem, trace,
                {timeline_.connection(), look_.theme, look_.time_axis, look_.raw_numbers,
                 as.from_step, as.to_step});
    if (files_.saving()) show_toast(say(Text::ToastSaving), now);
}

bool Session::tell_saved(Moment now) {
    const std::optional<Result<std::string>> saved = files_.take_saved();
    if (!saved) return false;
    if (*saved) {
        show_toast(say(Text::ToastSaved, **saved), now);
        toast_->until = now + kReadingTime;
    } else {
        toast_.reset();
        remark_ = [line = saved->error().line()] { return line; };
    }
    return true;
}

void Session::copy_segment(view::CopyForm form, Moment now) {
    copied_ = view::copied_segment(timeline_, shown_segment(), form, look_.raw_numbers);
    if (!copied_) copied_ = view::copied_datagram(timeline_, index_, position(), form);
    show_toast(
        copied_ ? say(Text::ToastCopied, beginning_of(*copied_)) : say(Text::ToastNothingToCopy),
        now);
}

}  // namespace tcpstep::session
