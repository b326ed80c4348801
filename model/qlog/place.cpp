#include "model/qlog/place.hpp"

namespace tcpstep::model::qlog {

void append_pointer_token(std::string& pointer, std::string_view name) {
    pointer += '/';
    for (const char c : name) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer += c;
        }
    }
}

std::string Place::pointer() const {
    if (around_ == nullptr) return index_ == 0 ? "" : "record " + std::to_string(index_);
    std::string text = around_->pointer();
    // "record 9" is followed by its pointer: "record 9: /data".
    if (around_->around_ == nullptr && !text.empty()) text += ": ";
    if (member_.data() == nullptr) {
        append_pointer_token(text, std::to_string(index_));
    } else {
        append_pointer_token(text, member_);
    }
    return text;
}

}  // namespace tcpstep::model::qlog
