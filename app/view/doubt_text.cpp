#include "app/view/doubt_text.hpp"

namespace tcpstep::view {

using model::Doubt;
using strings::Text;

Text doubt_text(Doubt doubt) {
    switch (doubt) {
        case Doubt::None:
        case Doubt::NothingFollows:
            return Text::DecodeNothingFollows;
        case Doubt::BeganBefore:
            return Text::DecodeDoubtBegan;
        case Doubt::NotOnTheWire:
            return Text::DecodeNotOnTheWire;
        case Doubt::OrderUnknown:
            return Text::DecodeOrderUnknown;
    }
    return Text::DecodeNothingFollows;
}

}  // namespace tcpstep::view
