#include "app/session/hold_words.hpp"

#include "app/view/say.hpp"

namespace tcpstep::session {

std::string hold_words(lab::Hold what) {
    switch (what) {
        case lab::Hold::Every:
            return view::say(view::Text::HoldEvery);
        case lab::Hold::Control:
            return view::say(view::Text::HoldControl);
        case lab::Hold::FromClient:
            return view::say(view::Text::HoldFromClient);
        case lab::Hold::FromServer:
            return view::say(view::Text::HoldFromServer);
        case lab::Hold::None:
            return view::say(view::Text::HoldNone);
    }
    return {};
}

}  // namespace tcpstep::session
