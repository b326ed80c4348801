#pragma once

#include <cstddef>
#include <string>

#include "model/timeline.hpp"

namespace tcpstep::view {

/// Where two clients play the client's role, which of them an event is about: its call's, else that
/// of the timeline's connection. 0 where there is but one, or it is not known.
unsigned client_number(const model::Timeline& timeline, std::size_t event);

/// What the ends are called in the sentence of an event: "client", where there are two "client 2";
/// "server".
class EndWords {
  public:
    EndWords(const model::Timeline& timeline, std::size_t event);
    const std::string& of(model::Role role) const {
        return role == model::Role::Client ? client_ : server_;
    }

  private:
    std::string client_, server_;
};

/// "The client 2's SYN" without the article that a number does away with: "Client 2's SYN".
std::string without_article(std::string sentence);

}  // namespace tcpstep::view
