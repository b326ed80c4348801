#include "app/ui/scene.hpp"

#include "app/view/say.hpp"

namespace tcpstep::ui {

using view::say;
using view::Text;

std::string Scene::text_size() const {
    const unsigned asked = session.look().text_percent;
    const std::string words = say(Text::ToastText, asked);
    // A hundredth is rounding, and nobody sees it.
    return state.least_text + 1 >= asked ? words : say(Text::TextLeast, words, state.least_text);
}

}  // namespace tcpstep::ui
