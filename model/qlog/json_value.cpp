#include "model/qlog/json_value.hpp"

#include <cstring>
#include <limits>

#include "model/qlog/json_text.hpp"

namespace tcpstep::model::qlog {

namespace {

// Recursion is bounded by kMaxNesting.
void append_value(std::string& out, const Value& value);

void append_members(std::string& out, const Value& container, char first, char last) {
    out += first;
    const char* separator = "";
    for (const Value& each : container) {
        out += separator;
        if (container.is_object()) {
            append_string(out, each.name());
            out += ':';
        }
        append_value(out, each);
        separator = ",";
    }
    out += last;
}

void append_value(std::string& out, const Value& value) {
    switch (value.kind()) {
        case Value::Kind::Null:
            out += "null";
            break;
        case Value::Kind::Boolean:
            out += value.boolean() ? "true" : "false";
            break;
        case Value::Kind::Integer:
            append_number(out, value.integer());
            break;
        case Value::Kind::Unsigned:
            append_number(out, value.unsigned_integer());
            break;
        case Value::Kind::Decimal:
            out += value.digits();
            break;
        case Value::Kind::Text:
            append_string(out, *value.text());
            break;
        case Value::Kind::Array:
            append_members(out, value, '[', ']');
            break;
        case Value::Kind::Object:
            append_members(out, value, '{', '}');
            break;
    }
}

}  // namespace

const Value* Value::find(std::string_view name) const {
    if (!is_object()) return nullptr;
    const Value* found = nullptr;
    for (const Value& member : *this) {
        // Most names differ in length or in their first letter.
        const std::string_view its = member.name_;
        if (its.size() == name.size() && (name.empty() || its.front() == name.front()) &&
            its == name) {
            found = &member;
        }
    }
    if (found != nullptr) found->heed();
    return found;
}

void Document::clear() {
    values_.clear();
    open_.clear();
    name_ = {};
    used_ = 0;
    more_.clear();
}

void Document::put(std::uint64_t number) {
    constexpr auto kMost = std::uint64_t{std::numeric_limits<std::int64_t>::max()};
    put(number > kMost ? Value::Kind::Unsigned : Value::Kind::Integer).number_ = number;
}

Value& Document::put(Value::Kind kind) {
    bool member = false;
    if (!open_.empty()) {
        Value& around = values_[open_.back()];
        ++around.count_;
        member = around.is_object();
    }
    Value& value = values_.emplace_back();
    value.kind_ = kind;
    value.name_ = name_;
    value.known_ = !member;
    name_ = {};
    return value;
}

void Document::open(Value::Kind kind) {
    put(kind);
    open_.push_back(values_.size() - 1);
}

void Document::close() {
    close_at(open_.back());
    open_.pop_back();
}

std::string_view Document::kept(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > buffer_.size() - used_) return more_.emplace_back(text);
    char* place = buffer_.data() + used_;
    used_ += text.size();
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
}

std::string to_text(const Value& value) {
    std::string out;
    append_value(out, value);
    return out;
}

std::string excerpt(const Value& value) {
    constexpr std::size_t kMost = 40;
    // A big container is not spelled out only to be cut.
    if (value.is_array() && value.size() > kMost) {
        return "an array of " + std::to_string(value.size());
    }
    std::string text = to_text(value);
    if (text.size() <= kMost) return text;
    std::size_t end = kMost;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end) + "...";
}

}  // namespace tcpstep::model::qlog
