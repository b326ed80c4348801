#include "app/lesson/model_fields.hpp"

namespace tcpstep::lesson {

using model::Flags;
using nlohmann::json;

model::State read_state(JsonObject& object, const char* key) {
    const std::string text = object.text(key);
    const auto found = model::state_named(text);
    if (!found || *found == model::State::Unknown) {
        object.refuse(key, fmt::format("unknown state \"{}\"", text));
        return model::State::Closed;
    }
    return *found;
}

model::SocketAddress read_address(JsonObject& object, const char* key) {
    const std::string text = object.text(key);
    const auto address = model::parse_socket_address(text);
    if (!address || address->port == 0) {
        object.refuse(key, fmt::format("expected ADDRESS:PORT, found \"{}\"", text));
        return {};
    }
    return *address;
}

unsigned read_connection(JsonObject& object) {
    constexpr std::int64_t kMost = 1'000'000;
    return static_cast<unsigned>(object.number_or("connection", 0, 1, kMost));
}

Flags read_flags(JsonObject& object, const char* key) {
    std::uint16_t all = 0;
    const auto take = [&](const json& element, const std::string&) {
        const std::string text = element.is_string() ? element.get<std::string>() : element.dump();
        std::uint16_t bit = Flags::kFin;
        while (bit <= Flags::kAe && model::names(Flags(bit)).front() != text)
            bit = static_cast<std::uint16_t>(bit << 1U);
        if (bit > Flags::kAe) {
            object.refuse(key, fmt::format("unknown flag \"{}\"", text));
        } else if ((all & bit) != 0) {
            object.refuse(key, fmt::format("{} stands there twice", text));
        }
        all = static_cast<std::uint16_t>(all | bit);
        return bit;
    };
    if (object.list(key, take).empty()) object.refuse(key, "expected one flag or more");
    return Flags(all);
}

}  // namespace tcpstep::lesson
