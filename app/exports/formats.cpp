#include <algorithm>
#include <array>
#include <initializer_list>

#include <fmt/format.h>

#include "app/exports/format.hpp"
#include "app/exports/writers.hpp"
#include "app/view/escape.hpp"

namespace tcpstep::exports {

namespace {

using strings::Text;

constexpr unsigned bits(std::initializer_list<Choice> choices) {
    unsigned all = 0;
    for (const Choice choice : choices) all |= 1U << static_cast<unsigned>(choice);
    return all;
}

constexpr unsigned kLook =
    bits({Choice::Steps, Choice::Theme, Choice::TimeAxis, Choice::Numbers, Choice::Connection});

// In the order of the menu.
constexpr std::array kFormats = {
    Format{"qlog", ".qlog", true, false, Text::ExportQlog, Text::ExportQlog, 0, write_qlog},
    Format{"sqlog", ".sqlog", true, false, Text::ExportSqlog, Text::ExportSqlog, 0, write_sqlog},
    Format{"svg", ".svg", true, true, Text::ExportSvg, Text::ExportSvg, kLook, picture::write_svg},
    Format{"png", ".png", false, true, Text::ExportPng, Text::ExportPng,
           kLook | bits({Choice::Scale}), picture::write_png},
    Format{"html", ".html", true, true, Text::ExportHtml, Text::ExportHtml, kLook,
           html::write_html},
    Format{"pcapng", ".pcapng", false, false, Text::ExportPcapng, Text::ExportPcapng,
           bits({Choice::Connection}), packets::write_pcapng},
    Format{"packetdrill", ".pkt", true, true, Text::ExportPacketdrill,
           Text::ExportPacketdrillClient, bits({Choice::Side, Choice::Connection}),
           packetdrill::write_packetdrill},
};

template <typename Wanted>
std::string names_where(Wanted wanted) {
    std::string names;
    for (const Format& format : kFormats) {
        if (!wanted(format)) continue;
        if (!names.empty()) names += ", ";
        names += format.name;
    }
    return names;
}

}  // namespace

std::span<const Format> formats() {
    return kFormats;
}

bool has_ending(std::string_view file, std::string_view ending) {
    constexpr auto small = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return file.size() >= ending.size() &&
           std::equal(ending.begin(), ending.end(), file.end() - ending.size(),
                      [&](char one, char other) { return small(one) == small(other); });
}

const Format* find_format(std::string_view name) {
    const auto* found = std::find_if(kFormats.begin(), kFormats.end(),
                                     [name](const Format& format) { return format.name == name; });
    return found == kFormats.end() ? nullptr : found;
}

const Format* format_of_file(std::string_view file) {
    const auto* found =
        std::find_if(kFormats.begin(), kFormats.end(),
                     [file](const Format& format) { return has_ending(file, format.ending); });
    return found == kFormats.end() ? nullptr : found;
}

std::string format_names() {
    return names_where([](const Format&) { return true; });
}

std::string formats_that_heed(Choice choice) {
    return names_where([choice](const Format& format) { return format.heeds(choice); });
}

std::string title_in(strings::Language language, const model::Trace& trace,
                     const Options& options) {
    const std::string& known = options.in_languages[language].title;
    return view::escaped(known.empty() ? trace.title : known);
}

Result<void> check_connection(const Subject& subject) {
    const std::size_t all = subject.trace.connections().size();
    const std::optional<model::ConnectionIndex> wanted = subject.options.connection;
    if (wanted && *wanted >= all) {
        return fail(ErrorKind::BadInput,
                    fmt::format("there is no connection {}: the trace has {}",
                                static_cast<std::uint64_t>(*wanted) + 1, all),
                    "tcpstep play lists them (J)");
    }
    return {};
}

Result<model::Timeline> timeline_of(const Subject& subject) {
    if (auto there = check_connection(subject); !there) return tl::make_unexpected(there.error());
    if (subject.trace.connections().empty()) return model::Timeline(subject.trace);
    return model::Timeline(subject.trace, subject.options.connection.value_or(0));
}

}  // namespace tcpstep::exports
