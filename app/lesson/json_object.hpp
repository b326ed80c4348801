#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tcpstep::lesson {

/// The first thing wrong with a lesson file, "PLACE: REASON"; what is found afterwards may follow
/// from it and is not told.
class FirstFault {
  public:
    void add(const std::string& place, const std::string& reason);
    bool found() const { return text_.has_value(); }
    const std::optional<std::string>& text() const { return text_; }

  private:
    std::optional<std::string> text_;
};

/// Reads the fields of one JSON object of a lesson file. What is wrong goes to `fault`; the read
/// that found it then gives an empty value. Call finish() at the end.
class JsonObject {
  public:
    /// `place` is the JSON pointer of `value` in its file: "/client/2".
    JsonObject(const nlohmann::json& value, std::string place, FirstFault& fault);

    bool has(const char* key) const { return value_->is_object() && value_->contains(key); }

    std::string text(const char* key);      ///< must be there, not empty, one line
    std::string any_text(const char* key);  ///< must be there; may have any characters
    std::string text_or(const char* key, std::string otherwise);
    std::int64_t number(const char* key, std::int64_t least, std::int64_t most);
    std::int64_t number_or(const char* key, std::int64_t otherwise, std::int64_t least,
                           std::int64_t most);
    std::optional<bool> truth_if_any(const char* key);
    /// Whatever it is; a fault if it is not there.
    const nlohmann::json* value(const char* key);
    /// An object; a fault if it is not there.
    const nlohmann::json* object(const char* key);

    /// The one of `allowed` that the text of this field names; a fault if it names none.
    template <class Enum, std::size_t N>
    Enum one_of(const char* key, const std::array<Enum, N>& allowed) {
        std::array<std::string_view, N> words;
        std::transform(allowed.begin(), allowed.end(), words.begin(),
                       [](Enum value) { return name(value); });
        return allowed[choose(key, words)];
    }
    /// The index in `words` of the text of this field; a fault, and 0, if it is not among them.
    std::size_t choose(const char* key, std::span<const std::string_view> words);

    /// What `read(element, place)` makes of each element of an array; nothing if the field is not
    /// there. Stops at the first fault.
    template <class Read>
    auto list(const char* key, Read read) {
        std::vector<decltype(read(*value_, place_))> elements;
        const nlohmann::json* array = this->array(key);
        for (std::size_t i = 0; array != nullptr && i < array->size() && !fault_->found(); ++i) {
            elements.push_back(read((*array)[i], fmt::format("{}/{}", place_of(key), i)));
        }
        return elements;
    }

    /// Takes a field without reading it.
    void ignore(const char* key) { known_.insert(key); }

    std::string place_of(const char* key) const { return place_ + "/" + key; }
    void refuse(const char* key, const std::string& reason) { fault_->add(place_of(key), reason); }

    /// Fields that were not asked for are faults.
    void finish();

  private:
    const nlohmann::json* find(const char* key);
    const nlohmann::json* array(const char* key);

    const nlohmann::json* value_;
    std::string place_;
    FirstFault* fault_;
    std::set<std::string, std::less<>> known_;
};

}  // namespace tcpstep::lesson
