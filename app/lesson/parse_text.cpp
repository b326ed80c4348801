#include "app/lesson/parse_text.hpp"

namespace tcpstep::lesson {

LocalText parse_text(JsonObject& object, const char* key, FirstFault& fault) {
    const nlohmann::json* texts = object.object(key);
    if (texts == nullptr) return {};
    JsonObject languages(*texts, object.place_of(key), fault);
    LocalText text{languages.text("en"), languages.text_or("zh", "")};
    languages.finish();
    return text;
}

}  // namespace tcpstep::lesson
