#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "model/result.hpp"

namespace tcpstep::lesson {

/// Reads the fields of one JSON object of a lesson file and remembers the first thing wrong with
/// it, with its place. After a fault every read gives an empty value; ask fault() at the end.
class JsonObject {
  public:
    /// `place` is the JSON pointer of `value` in its file: "/client/2".
    JsonObject(const nlohmann::json& value, std::string place);

    std::string text(const char* key);      ///< must be there, not empty, one line
    std::string any_text(const char* key);  ///< must be there; may have any characters
    std::string text_or(const char* key, std::string otherwise);
    std::int64_t number(const char* key, std::int64_t least, std::int64_t most);
    std::int64_t number_or(const char* key, std::int64_t otherwise, std::int64_t least,
                           std::int64_t most);
    /// An array, or nullptr if it is not there.
    const nlohmann::json* array(const char* key);
    /// An object; a fault if it is not there.
    const nlohmann::json* object(const char* key);
    /// Takes a field without reading it.
    void ignore(const char* key) { known_.insert(key); }

    const std::string& place() const { return place_; }
    std::string place_of(const char* key) const { return place_ + "/" + key; }

    /// Records a fault, unless there is one already.
    void refuse(const std::string& place, const std::string& reason);

    /// The first fault, "PLACE: REASON". Fields that were not asked for are faults too.
    std::optional<std::string> fault();

  private:
    const nlohmann::json* find(const char* key);

    const nlohmann::json* value_;
    std::string place_;
    std::set<std::string, std::less<>> known_;
    std::optional<std::string> fault_;
};

}  // namespace tcpstep::lesson
