#include "app/lesson/model_fields.hpp"

#include <cstring>

namespace tcpstep::lesson {

using model::Flags;
using nlohmann::json;

namespace {

model::State state_named(const std::string& text, JsonObject& object, const char* key) {
    const auto found = model::state_named(text);
    if (found && *found != model::State::Unknown) return *found;
    object.refuse(key, fmt::format("unknown state \"{}\"", text));
    return model::State::Closed;
}

bool is_errno(const std::string& name) {
    constexpr int kHighest = 133;  // EHWPOISON, errno-base.h and errno.h of Linux
    for (int number = 1; number <= kHighest; ++number) {
        const char* known = strerrorname_np(number);
        if (known != nullptr && name == known) return true;
    }
    return false;
}

}  // namespace

model::State read_state(JsonObject& object, const char* key) {
    return state_named(object.text(key), object, key);
}

std::vector<model::State> read_states(JsonObject& object, const char* key) {
    auto states = object.list(key, [&](const json& element, const std::string&) {
        const std::string text = element.is_string() ? element.get<std::string>() : element.dump();
        return state_named(text, object, key);
    });
    if (states.empty()) object.refuse(key, "expected one state or more");
    return states;
}

std::string read_errno(JsonObject& object, const char* key) {
    std::string text = object.text(key);
    if (!is_errno(text)) object.refuse(key, fmt::format("unknown errno \"{}\"", text));
    return text;
}

std::string read_id(JsonObject& object, const char* key) {
    std::string text = object.text(key);
    if (text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) {
        object.refuse(
            key, fmt::format("expected small letters, digits and hyphens, found \"{}\"", text));
    }
    return text;
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
            // PSH is not compared.
            const auto known = model::names(Flags(0x1ff & ~Flags::kPsh));
            object.refuse(key, fmt::format("unknown flag \"{}\": expected some of {}", text,
                                           fmt::join(known, ", ")));
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
