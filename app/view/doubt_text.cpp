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

std::string_view doubt_mark(Doubt doubt) {
    switch (doubt) {
        case Doubt::None:
            return "";
        case Doubt::NothingFollows:
            return "?";
        case Doubt::BeganBefore:
            return "~";
        case Doubt::NotOnTheWire:
            return "*";
        case Doubt::OrderUnknown:
            return "+";
    }
    return "";
}

std::string state_text(model::State state, Doubt doubt) {
    return std::string(model::name(state)).append(doubt_mark(doubt));
}

}  // namespace tcpstep::view
