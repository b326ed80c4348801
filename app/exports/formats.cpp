#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/exports/format.hpp"
#include "app/exports/writers.hpp"

namespace tcpstep::exports {

namespace {

using strings::Text;

// In the order of the menu.
constexpr std::array kFormats = {
    Format{"qlog", ".qlog", true, false, Text::ExportQlog, write_qlog},
    Format{"sqlog", ".sqlog", true, false, Text::ExportSqlog, write_sqlog},
    Format{"svg", ".svg", true, true, Text::ExportSvg, picture::write_svg},
    Format{"png", ".png", false, true, Text::ExportPng, picture::write_png},
    Format{"html", ".html", true, true, Text::ExportHtml, html::write_html},
    Format{"pcapng", ".pcapng", false, false, Text::ExportPcapng, packets::write_pcapng},
    Format{"packetdrill", ".pkt", true, true, Text::ExportPacketdrill,
           packetdrill::write_packetdrill},
};

}  // namespace

std::span<const Format> formats() {
    return kFormats;
}

const Format* find_format(std::string_view name) {
    const auto* found = std::find_if(kFormats.begin(), kFormats.end(),
                                     [name](const Format& format) { return format.name == name; });
    return found == kFormats.end() ? nullptr : found;
}

const Format* format_of_file(std::string_view file) {
    const auto* found =
        std::find_if(kFormats.begin(), kFormats.end(),
                     [file](const Format& format) { return file.ends_with(format.ending); });
    return found == kFormats.end() ? nullptr : found;
}

std::string format_names() {
    std::string names;
    for (const Format& format : kFormats) {
        if (!names.empty()) names += ", ";
        names += format.name;
    }
    return names;
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
