#include "app/lesson/line_of.hpp"

#include <algorithm>
#include <string>

namespace tcpstep::lesson {

namespace {

// Goes through JSON that another has found valid. Names with escapes are not ours.
class Walk {
  public:
    explicit Walk(std::string_view json) : json_(json) {}

    // Where the value stands.
    std::size_t find(std::string_view pointer) {
        skip_space();
        std::size_t found = at_;
        while (!pointer.empty() && enter(next_part(pointer))) found = at_;
        return found;
    }

  private:
    static std::string_view next_part(std::string_view& pointer) {
        pointer.remove_prefix(1);  // "/"
        const std::size_t end = std::min(pointer.find('/'), pointer.size());
        const std::string_view part = pointer.substr(0, end);
        pointer.remove_prefix(end);
        return part;
    }

    // From the beginning of an object or an array to that of one of its values.
    bool enter(std::string_view part) {
        if (json_[at_] != '{' && json_[at_] != '[') return false;
        const bool object = json_[at_] == '{';
        const std::size_t start = at_++;
        for (std::size_t index = 0;; ++index) {
            skip_space();
            if (json_[at_] == '}' || json_[at_] == ']') break;
            std::string name = std::to_string(index);
            if (object) {
                const std::size_t quote = at_;
                skip_value();
                name = json_.substr(quote + 1, at_ - quote - 2);
                skip_space();
                ++at_;  // ":"
                skip_space();
            }
            if (name == part) return true;
            skip_value();
            skip_space();
            if (json_[at_] == ',') ++at_;
        }
        at_ = start;
        return false;
    }

    void skip_space() { at_ = std::min(json_.find_first_not_of(" \t\r\n", at_), json_.size() - 1); }

    void skip_value() {
        std::size_t depth = 0;
        do {
            const char c = json_[at_];
            if (c == '"') {
                skip_string();
            } else if (c == '{' || c == '[') {
                ++depth;
                ++at_;
            } else if (c == '}' || c == ']') {
                --depth;
                ++at_;
            } else if (depth > 0) {
                ++at_;
            } else {
                at_ = std::min(json_.find_first_of(",}] \t\r\n", at_), json_.size() - 1);
            }
        } while (depth > 0);
    }

    void skip_string() {
        for (++at_; json_[at_] != '"'; ++at_) {
            if (json_[at_] == '\\') ++at_;
        }
        ++at_;
    }

    std::string_view json_;
    std::size_t at_ = 0;
};

}  // namespace

std::size_t line_of(std::string_view json, std::string_view pointer) {
    const std::size_t at = Walk(json).find(pointer);
    return 1 + static_cast<std::size_t>(
                   std::count(json.begin(), json.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace tcpstep::lesson
