#include "app/lesson/json_object.hpp"

#include <utility>

namespace tcpstep::lesson {

using nlohmann::json;

void FirstFault::add(const std::string& place, const std::string& reason) {
    if (text_) return;
    place_ = place;
    text_ = fmt::format("{}: {}", place.empty() ? "/" : place, reason);
}

JsonObject::JsonObject(const json& value, std::string place, FirstFault& fault)
    : value_(&value), place_(std::move(place)), fault_(&fault) {
    if (!value.is_object())
        fault_->add(place_, fmt::format("expected an object, found {}", value.type_name()));
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
        fault_->add(place_, fmt::format("\"{}\" is missing", key));
        return {};
    }
    if (!field->is_string() || field->get_ref<const std::string&>().empty()) {
        refuse(key, fmt::format("expected a text, found {}", field->dump()));
        return {};
    }
    const auto& text = field->get_ref<const std::string&>();
    if (std::any_of(text.begin(), text.end(),
                    [](unsigned char c) { return c < 0x20 || c == 0x7f; })) {
        refuse(key, "expected one line without control characters");
    }
    return text;
}

std::string JsonObject::any_text(const char* key) {
    const json* field = find(key);
    if (field != nullptr && field->is_string()) return field->get<std::string>();
    if (field == nullptr) {
        fault_->add(place_, fmt::format("\"{}\" is missing", key));
    } else {
        refuse(key, fmt::format("expected a text, found {}", field->dump()));
    }
    return {};
}

std::string JsonObject::text_or(const char* key, std::string otherwise) {
    return find(key) == nullptr ? std::move(otherwise) : text(key);
}

std::int64_t JsonObject::number(const char* key, std::int64_t least, std::int64_t most) {
    const json* field = find(key);
    if (field == nullptr) {
        fault_->add(place_, fmt::format("\"{}\" is missing", key));
        return least;
    }
    if (!field->is_number_integer() || field->get<std::int64_t>() < least ||
        field->get<std::int64_t>() > most) {
        refuse(key, fmt::format("expected a whole number from {} to {}, found {}", least, most,
                                field->dump()));
        return least;
    }
    return field->get<std::int64_t>();
}

std::int64_t JsonObject::number_or(const char* key, std::int64_t otherwise, std::int64_t least,
                                   std::int64_t most) {
    return find(key) == nullptr ? otherwise : number(key, least, most);
}

std::optional<bool> JsonObject::truth_if_any(const char* key) {
    const json* field = find(key);
    if (field == nullptr) return std::nullopt;
    if (field->is_boolean()) return field->get<bool>();
    refuse(key, fmt::format("expected true or false, found {}", field->dump()));
    return std::nullopt;
}

const json* JsonObject::value(const char* key) {
    const json* field = find(key);
    if (field == nullptr) fault_->add(place_, fmt::format("\"{}\" is missing", key));
    return field;
}

const json* JsonObject::object(const char* key) {
    const json* field = value(key);
    if (field == nullptr || field->is_object()) return field;
    refuse(key, fmt::format("expected an object, found {}", field->type_name()));
    return nullptr;
}

std::size_t JsonObject::choose(const char* key, std::span<const std::string_view> words) {
    const std::string text = this->text(key);
    const auto found = std::find(words.begin(), words.end(), text);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    refuse(key, fmt::format("expected one of {}, found \"{}\"", fmt::join(words, ", "), text));
    return 0;
}

const json* JsonObject::array(const char* key) {
    const json* field = find(key);
    if (field == nullptr || field->is_array()) return field;
    refuse(key, fmt::format("expected an array, found {}", field->type_name()));
    return nullptr;
}

void JsonObject::finish() {
    if (!value_->is_object()) return;
    for (const auto& [key, field] : value_->items()) {
        if (known_.find(key) == known_.end()) refuse(key.c_str(), "unknown field");
    }
}

}  // namespace tcpstep::lesson
