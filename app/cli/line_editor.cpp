#include "app/cli/line_editor.hpp"

#include <utility>

namespace tcpstep::cli {

namespace {

constexpr char kCtrlD = '\x04', kCtrlU = '\x15', kBackspace = '\b', kDelete = '\x7f';

bool continues(char c) {  // a character of UTF-8
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

}  // namespace

void LineEditor::take(std::string_view keys) {
    for (const char key : keys) {
        if (key == '\n' || key == '\r') {
            lines_.push_back(std::exchange(typed_, {}));
        } else if (key == kBackspace || key == kDelete) {
            while (!typed_.empty() && continues(typed_.back())) typed_.pop_back();
            if (!typed_.empty()) typed_.pop_back();
        } else if (key == kCtrlU) {
            typed_.clear();
        } else if (key == kCtrlD) {
            ended_ = ended_ || typed_.empty();
        } else if (static_cast<unsigned char>(key) >= 0x20) {
            typed_ += key;
        }
    }
}

std::string LineEditor::next_line() {
    std::string line = std::move(lines_.front());
    lines_.pop_front();
    return line;
}

}  // namespace tcpstep::cli
