#include "app/lesson/json_object.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace tcpstep::lesson {

using nlohmann::json;

JsonObject::JsonObject(const json& value, std::string place)
    : value_(&value), place_(std::move(place)) {
    if (!value.is_object())
        refuse(place_, fmt::format("expected an object, found {}", value.type_name()));
}

const json* JsonObject::find(const char* key) {
    known_.insert(key);
    if (!value_->is_object()) return nullptr;
    const auto found = value_->find(key);
    return found == value_->end() ? nullptr : &*found;
}

std::string JsonObject::text(const char* key) {
    const json* field = find(key);
    if (field == nullptr) {
        refuse(place_, fmt::format("\"{}\" is missing", key));
        return {};
    }
    if (!field->is_string() || field->get_ref<const std::string&>().empty()) {
        refuse(place_of(key), fmt::format("expected a text, found {}", field->dump()));
        return {};
    }
    const auto& text = field->get_ref<const std::string&>();
    if (std::any_of(text.begin(), text.end(),
                    [](unsigned char c) { return c < 0x20 || c == 0x7f; })) {
        refuse(place_of(key), "expected one line without control characters");
    }
    return text;
}

std::string JsonObject::any_text(const char* key) {
    const json* field = find(key);
    if (field != nullptr && field->is_string()) return field->get<std::string>();
    refuse(place_, fmt::format("\"{}\" must be a text", key));
    return {};
}

std::string JsonObject::text_or(const char* key, std::string otherwise) {
    return find(key) == nullptr ? std::move(otherwise) : text(key);
}

std::int64_t JsonObject::number(const char* key, std::int64_t least, std::int64_t most) {
    const json* field = find(key);
    if (field == nullptr) {
        refuse(place_, fmt::format("\"{}\" is missing", key));
        return least;
    }
    if (!field->is_number_integer() || field->get<std::int64_t>() < least ||
        field->get<std::int64_t>() > most) {
        refuse(place_of(key), fmt::format("expected a whole number from {} to {}, found {}", least,
                                          most, field->dump()));
        return least;
    }
    return field->get<std::int64_t>();
}

std::int64_t JsonObject::number_or(const char* key, std::int64_t otherwise, std::int64_t least,
                                   std::int64_t most) {
    return find(key) == nullptr ? otherwise : number(key, least, most);
}

const json* JsonObject::array(const char* key) {
    const json* field = find(key);
    if (field == nullptr || field->is_array()) return field;
    refuse(place_of(key), fmt::format("expected an array, found {}", field->type_name()));
    return nullptr;
}

const json* JsonObject::object(const char* key) {
    const json* field = find(key);
    if (field != nullptr && field->is_object()) return field;
    refuse(place_, fmt::format("\"{}\" must be an object", key));
    return nullptr;
}

void JsonObject::refuse(const std::string& place, const std::string& reason) {
    if (!fault_) fault_ = fmt::format("{}: {}", place.empty() ? "/" : place, reason);
}

std::optional<std::string> JsonObject::fault() {
    if (!fault_ && value_->is_object()) {
        for (const auto& [key, field] : value_->items()) {
            if (known_.find(key) == known_.end()) refuse(place_ + "/" + key, "unknown field");
        }
    }
    return fault_;
}

}  // namespace tcpstep::lesson
