#include "app/lesson/parse_text.hpp"

#include "app/lesson/port_words.hpp"

namespace tcpstep::lesson {

LocalText parse_text(JsonObject& object, const char* key, FirstFault& fault) {
    const nlohmann::json* texts = object.object(key);
    if (texts == nullptr) return {};
    JsonObject languages(*texts, object.place_of(key), fault);
    return parse_text(languages);
}

LocalText parse_text(JsonObject& languages) {
    LocalText text{languages.text("en"), languages.text_or("zh", "")};
    for (const std::string* one : {&text.en, &text.zh}) {
        if (const auto unknown = unknown_port_word(*one))
            languages.refuse(one == &text.en ? "en" : "zh",
                             fmt::format("{} is no placeholder for the port", *unknown));
    }
    languages.finish();
    return text;
}

}  // namespace tcpstep::lesson
