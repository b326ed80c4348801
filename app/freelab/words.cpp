#include "app/freelab/words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/view/say.hpp"

namespace tcpstep::freelab {

using lesson::Actor;
using view::say;
using view::Text;

namespace {

// Cuts a line into words; the rest of it, from any word on, is text for send.
class Reader {
  public:
    explicit Reader(std::string_view line) : rest_(trimmed(line)) {}

    bool done() const { return rest_.empty(); }
    std::string_view peek() const { return rest_.substr(0, rest_.find_first_of(" \t")); }
    std::string take() {
        const std::string_view word = peek();
        rest_ = trimmed(rest_.substr(word.size()));
        return std::string(word);
    }
    std::string take_rest() { return std::string(std::exchange(rest_, {})); }

  private:
    static std::string_view trimmed(std::string_view text) {
        const auto first = text.find_first_not_of(" \t\r");
        if (first == std::string_view::npos) return {};
        const auto last = text.find_last_not_of(" \t\r");
        return text.substr(first, last - first + 1);
    }
    std::string_view rest_;
};

tl::unexpected<Error> refuse(std::string what) {
    return tl::make_unexpected(
        Error{ErrorKind::BadInput, std::move(what), say(Text::LabRemedy), 0});
}

std::optional<Actor> actor_of(std::string_view word) {
    if (word == "client" || word == "c") return Actor::Client;
    if (word == "client2" || word == "second_client" || word == "c2") return Actor::SecondClient;
    if (word == "server" || word == "s") return Actor::Server;
    return std::nullopt;
}

std::optional<Deed> deed_of(std::string_view word) {
    const auto* const found =
        std::find_if(kDeeds.begin(), kDeeds.end(), [&](Deed deed) { return name(deed) == word; });
    return found == kDeeds.end() ? std::nullopt : std::optional(*found);
}

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// "3", or "1b": see model::SegmentNumbers.
bool names_segment(std::string_view word) {
    const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
    const std::string_view letters = word.substr(digits);
    return digits > 0 && word.front() != '0' &&
           letters.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

std::string in_capitals(std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

// The limits are those of lesson files, so that what was done can be saved.
Result<void> take_number(Reader& words, Wish& wish, std::int64_t least, std::int64_t most) {
    if (words.done()) return {};
    const std::string word = words.take();
    wish.number = whole_number<std::int64_t>(word);
    if (wish.number && *wish.number >= least && *wish.number <= most) return {};
    return refuse(say(Text::LabWantsNumber, name(wish.deed), least, most, word));
}

Result<void> take_address(Reader& words, Wish& wish) {
    if (words.done()) return {};
    const std::string word = words.take();
    wish.address = model::parse_socket_address(word);
    if (wish.address && wish.address->port != 0) return {};
    return refuse(say(Text::LabWantsAddress, name(wish.deed), word));
}

Result<void> take_how(Reader& words, Wish& wish) {
    if (words.done()) return {};
    const std::string word = words.take();
    std::string how = in_capitals(word);
    if (!how.starts_with("SHUT_")) how = "SHUT_" + how;
    if (how != "SHUT_RD" && how != "SHUT_WR" && how != "SHUT_RDWR")
        return refuse(say(Text::LabWantsHow, word));
    wish.how = how;
    return {};
}

Result<void> take_option(Reader& words, Wish& wish) {
    const std::string word = words.take();
    wish.option = in_capitals(word);
    const auto& known = lesson::kSocketOptions;
    if (std::find(known.begin(), known.end(), wish.option) == known.end()) {
        return refuse(say(Text::LabWantsOption, fmt::join(known, ", "), word));
    }
    constexpr std::int64_t kMost = 2147483647;
    return take_number(words, wish, 0, kMost);
}

Result<void> take_arguments(Reader& words, Wish& wish) {
    switch (wish.deed) {
        case Deed::Bind:
        case Deed::Connect:
            return take_address(words, wish);
        case Deed::Listen:
            return take_number(words, wish, 0, 65535);
        case Deed::Send:
            if (!words.done()) wish.data = words.take_rest();
            return {};
        case Deed::Recv:
            return take_number(words, wish, 1, 1 << 20);
        case Deed::Shutdown:
            return take_how(words, wish);
        case Deed::SetSockOpt:
            return take_option(words, wish);
        case Deed::Socket:
        case Deed::Accept:
        case Deed::Close:
        case Deed::Dup:
        case Deed::GetSockName:
        case Deed::GetPeerName:
        case Deed::Abort:
            break;
    }
    return {};
}

// "client socket2 send hello": a descriptor may stand before the call. A call's name is a call
// unless another one follows it: "client socket close".
Result<Wish> parse_wish(Reader& words, Actor actor, bool anyway) {
    Wish wish;
    wish.actor = actor;
    wish.anyway = anyway;
    const std::string first = words.take();
    const auto second = deed_of(words.peek());
    auto deed = deed_of(first);
    const bool takes_text = deed == Deed::Send;
    if (second && !first.empty() && !takes_text) {
        wish.on = first;
        deed = second;
        words.take();
    }
    if (!deed) {
        return refuse(first.empty() ? say(Text::LabWhatCall, name(actor))
                                    : say(Text::LabNoCall, name(actor), first));
    }
    wish.deed = *deed;
    if (auto taken = take_arguments(words, wish); !taken) return tl::make_unexpected(taken.error());
    if (!words.done()) return refuse(say(Text::LabTooMuch, name(wish.deed), words.take_rest()));
    return wish;
}

Result<Words> parse_wait(Reader& words) {
    const std::string word = words.take();
    constexpr double kMostSeconds = 600;
    double seconds = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), seconds);
    const bool whole = error == std::errc() && end == word.data() + word.size();
    if (!whole || !(seconds >= 0) || seconds > kMostSeconds)
        return refuse(say(Text::LabWantsSeconds, word));
    return WaitWord{std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000))};
}

Result<Words> parse_gate_word(GateWord::What what, Reader& words) {
    GateWord gate{what, std::nullopt};
    if (words.done()) return gate;
    std::string word = words.take();
    if (!names_segment(word)) return refuse(say(Text::LabWantsSegment, word));
    gate.segment = std::move(word);
    return gate;
}

Result<Words> parse_other(const std::string& word, Reader& words) {
    using What = GateWord::What;
    constexpr std::array kGate = {
        std::pair{"deliver", What::Deliver},     std::pair{"drop", What::Drop},
        std::pair{"duplicate", What::Duplicate}, std::pair{"back", What::HoldBack},
        std::pair{"reset", What::Reset},         std::pair{"reset-back", What::ResetBack}};
    for (const auto& [known, what] : kGate) {
        if (word == known) return parse_gate_word(what, words);
    }
    if (word == "hold") {
        if (words.done()) return refuse(say(Text::LabWantsHold));
        return HoldWord{words.take()};
    }
    if (word == "wait") return parse_wait(words);
    if (word == "calls") return CallsWord{};
    if (word == "save") {
        if (words.done()) return refuse(say(Text::LabWantsFile));
        return SaveWord{words.take_rest()};
    }
    if (word == "help" || word == "?") return HelpWord{};
    if (word == "quit" || word == "q" || word == "exit") return QuitWord{};
    return refuse(say(Text::LabNoCommand, word));
}

}  // namespace

Result<Words> parse_words(const std::string& line) {
    Reader words(line);
    if (words.done() || words.peek().front() == '#') return NoWord{};
    std::string word = words.take();
    const bool anyway = word == "anyway";
    if (anyway) word = words.take();
    if (const auto actor = actor_of(word))
        return parse_wish(words, *actor, anyway).map([](Wish wish) { return Words(wish); });
    if (anyway) return refuse(say(Text::LabWantsActor));
    Result<Words> other = parse_other(word, words);
    if (other && !words.done()) return refuse(say(Text::LabTooMuch, word, words.take_rest()));
    return other;
}

}  // namespace tcpstep::freelab
