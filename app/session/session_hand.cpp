// What a session does only in a free lab.
#include <utility>

#include "app/freelab/lesson_file.hpp"
#include "app/session/session.hpp"
#include "app/view/say.hpp"

namespace tcpstep::session {

using view::say;
using view::Text;

namespace {

constexpr auto kReadingTime = std::chrono::milliseconds(6000);  // of a sentence

}  // namespace

std::string Session::hand_rests() const {
    if (!running()) return say(Text::HandOver);
    return at_now() ? "" : say(Text::GatePast);
}

void Session::save_lab(Moment now) {
    if (!hand_ || !setup_.save_lesson) return;
    std::string remark;  // one is enough for a toast
    const Result<std::string> file = setup_.save_lesson([&](const std::string& name) {
        freelab::LessonFile saved =
            freelab::lesson_file(hand_->notebook(), *trace_, hand_->server(), name);
        if (!saved.remarks.empty())
            remark = " " + say(Text::LabSavedBut, saved.remarks.front().shown());
        return std::move(saved.text);
    });
    show_toast(file ? say(Text::LabSaved, *file, file->substr(file->rfind('/') + 1)) + remark
                    : file.error().line(),
               now);
    if (toast_) toast_->until = now + kReadingTime;
}

}  // namespace tcpstep::session
