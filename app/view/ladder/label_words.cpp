#include "app/view/ladder/label_words.hpp"

#include <variant>

#include "app/view/ladder/frame.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view::ladder {

using namespace model;

const Segment& LabelWords::segment(const Arrow& arrow) const {
    return *f_.in().timeline.segment(arrow.segment);
}

SeqBase LabelWords::base(const Arrow& arrow) const {
    const Timeline& timeline = f_.in().timeline;
    return base_of(timeline.at(timeline.size()), segment(arrow).from, f_.in().raw_numbers);
}

std::string LabelWords::whole(const Arrow& arrow) const {
    const std::string flags = flags_label(segment(arrow));
    const Timeline& timeline = f_.in().timeline;
    const Fact& sent = timeline.event(*timeline.event_of_segment(arrow.segment)).fact;
    if (std::holds_alternative<SegmentInjected>(sent)) return say(Text::LadderInjected, flags);
    if (std::holds_alternative<SegmentDuplicated>(sent)) return say(Text::LadderCopy, flags);
    return arrow.again ? say(Text::LadderAgain, flags) : flags;
}

std::vector<std::string> LabelWords::flags(const Arrow& arrow) const {
    std::vector<std::string> words{whole(arrow)};
    const std::string label = flags_label(segment(arrow));
    if (label != words.front()) words.push_back(label);
    if (segment(arrow).length > 0) {
        const std::string bare = to_label(segment(arrow).flags);
        words.push_back(bare + " · " + length_number(segment(arrow)));
        words.push_back(bare);
    }
    return words;
}

std::string LabelWords::flags_with_sack(const Arrow& arrow) const {
    const std::string sack = sack_text(segment(arrow), base(arrow));
    if (arrow.kind != SegmentKind::Ack || sack.empty()) return {};
    return to_label(segment(arrow).flags) + " · " + sack;
}

bool LabelWords::tell_again(const Arrow& arrow, const std::string& flags) const {
    return arrow.again && flags == whole(arrow);
}

bool LabelWords::tell_length(const Arrow& arrow, const std::string& flags) const {
    return segment(arrow).length > 0 && !flags.empty() && flags != to_label(segment(arrow).flags);
}

std::vector<std::string> LabelWords::badge(const Arrow& arrow, bool said_again) const {
    const std::size_t count = f_.in().index.absorbed(arrow.segment, f_.position());
    if (count == 0) return {};
    if (said_again) {
        return {say(counted(count, Text::LadderOnceMore, Text::LadderMoreTimes), count),
                say(Text::LadderMoreShort, count)};
    }
    return {say(counted(count, Text::LadderSentAgainOnce, Text::LadderSentAgain), count),
            say(Text::LadderSentAgainShort, count)};
}

std::vector<std::string> LabelWords::numbers(const Arrow& arrow, bool length_is_said,
                                             float room) const {
    return lines(arrow, {}, length_is_said, room);
}

std::vector<std::string> LabelWords::numbers_with_flags(const Arrow& arrow, float room) const {
    const std::string flags = to_label(segment(arrow).flags);
    std::vector<std::string> all = lines(arrow, flags + "  ", false, room);
    all.push_back(flags);
    return all;
}

std::vector<std::string> LabelWords::lines(const Arrow& arrow, const std::string& before,
                                           bool length_is_said, float room) const {
    const LadderInput& in = f_.in();
    const auto words = number_words(segment(arrow), base(arrow), length_is_said);
    std::vector<std::string> all;
    for (std::size_t count = words.size(); count > 0; --count) {
        std::string line = before + most_telling(words, count);
        if (count == 1 || in.measure(TextStyle::MonoSmall, line) <= room)
            all.push_back(std::move(line));
    }
    return all;
}

}  // namespace tcpstep::view::ladder
