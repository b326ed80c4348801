#include "app/view/lists/connection_words.hpp"

#include <chrono>

#include "app/view/doubt_text.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view::lists {

using model::Beginning;
using model::Ending;
using model::Role;
using strings::text;

std::string_view beginning_text(Beginning began) {
    switch (began) {
        case Beginning::BeforeCapture:
            return text(Text::DecodeBeganBefore);
        case Beginning::Attempt:
            return text(Text::DecodeBeganAttempt);
        case Beginning::Handshake:
            return text(Text::DecodeBeganHandshake);
        case Beginning::FastOpen:
            return text(Text::DecodeBeganFastOpen);
        case Beginning::SimultaneousOpen:
            return text(Text::DecodeBeganSimultaneous);
    }
    return "";
}

std::string ending_text(const model::ConnectionStory& story) {
    const std::string_view who =
        !story.by ? "" : text(*story.by == Role::Client ? Text::Client : Text::Server);
    switch (story.ended) {
        case Ending::NotKnown:
            return std::string(text(Text::DecodeEndNotKnown));
        case Ending::Open:
            return std::string(text(Text::DecodeEndOpen));
        case Ending::HalfClosed:
            return say(Text::DecodeEndHalfClosed, who);
        case Ending::Closing:
            return story.by ? say(Text::DecodeEndClosing, who) : say(Text::DecodeEndClosingBoth);
        case Ending::Closed:
            return story.by ? say(Text::DecodeEndClosed, who) : say(Text::DecodeEndClosedBoth);
        case Ending::Reset:
            return say(Text::DecodeEndReset, who);
        case Ending::Refused:
            return std::string(text(Text::DecodeEndRefused));
        case Ending::NoAnswer:
            return std::string(text(Text::DecodeEndNoAnswer));
        case Ending::Unfinished:
            return std::string(text(Text::DecodeEndUnfinished));
        case Ending::TimedOut:
            return say(Text::DecodeEndTimedOut, who);
    }
    return "";
}

std::string state_text(const model::LastState& last) {
    return view::state_text(last.state, last.doubt);
}

std::string server_text(const model::ConnectionId& id) {
    std::string name = to_string(id.server);
    if (id.generation > 1) name += fmt::format("#{}", id.generation);
    return name;
}

std::string seconds_text(model::Duration span) {
    const auto us = std::chrono::floor<std::chrono::microseconds>(span).count();
    return fmt::format("{}.{:06}", us / 1'000'000, us % 1'000'000);
}

}  // namespace tcpstep::view::lists
