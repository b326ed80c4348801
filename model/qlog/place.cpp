#include "model/qlog/place.hpp"

namespace tcpstep::model::qlog {

std::string Place::pointer() const {
    if (around_ == nullptr) return index_ == 0 ? "" : "record " + std::to_string(index_);
    std::string text = around_->pointer();
    // "record 9" is followed by its pointer: "record 9: /data".
    if (around_->around_ == nullptr && !text.empty()) text += ": ";
    text += '/';
    if (member_.data() == nullptr) return text + std::to_string(index_);
    for (const char c : member_) {
        if (c == '~') {
            text += "~0";
        } else if (c == '/') {
            text += "~1";
        } else {
            text += c;
        }
    }
    return text;
}

}  // namespace tcpstep::model::qlog
