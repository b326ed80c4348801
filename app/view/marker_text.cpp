#include "app/view/marker_text.hpp"

#include <array>
#include <cstdio>
#include <string_view>

#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::view {

std::string marker_text(const model::Marker& marker) {
    if (marker.type == "lesson_finished") return say(Text::SayLessonFinished);
    if (marker.type == "pause") {
        // As app/lab/actor.cpp writes it: "server waits 200 ms before close()".
        std::array<char, 8> role{};
        std::array<char, 32> call{};
        long ms = 0;
        int end = 0;
        const int read =
            std::sscanf(marker.message.c_str(), "%7[a-z] waits %9ld ms before %31[a-z0-9]()%n",
                        role.data(), &ms, call.data(), &end);
        const bool client = std::string_view(role.data()) == "client";
        const bool known = client || std::string_view(role.data()) == "server";
        if (read == 3 && known && end == static_cast<int>(marker.message.size())) {
            return say(Text::SayPause,
                       role_word(client ? model::Role::Client : model::Role::Server), ms,
                       call.data());
        }
    }
    return escaped(marker.message);
}

}  // namespace tcpstep::view
