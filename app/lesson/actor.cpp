#include "app/lesson/actor.hpp"

namespace tcpstep::lesson {

std::string_view name(Actor actor) {
    switch (actor) {
        case Actor::Client:
            return "client";
        case Actor::SecondClient:
            return "second_client";
        case Actor::Server:
            return "server";
    }
    return "";
}

model::Role role_of(Actor actor) {
    return actor == Actor::Server ? model::Role::Server : model::Role::Client;
}

}  // namespace tcpstep::lesson
