#pragma once

#include <iosfwd>
#include <string>

#include "app/exports/format.hpp"

namespace tcpstep::exports {

// The functions in the table of formats; the contract is Format::write's.

/// The whole trace in the contained form.
Result<void> write_qlog(const Subject& subject, std::ostream& out);

/// The whole trace in the sequential form.
Result<void> write_sqlog(const Subject& subject, std::ostream& out);

/// The title of the trace, in that language if it is the run of a lesson that has one; escaped. ""
/// if it has none.
std::string title_in(strings::Language language, const model::Trace& trace, const Options& options);

namespace picture {

/// The ladder of one connection, as ladder_page.hpp lays it out.
Result<void> write_svg(const Subject& subject, std::ostream& out);

/// The same if it has no more than `most` pixels of Options::scale in height, else BadInput.
Result<void> write_picture(const Subject& subject, std::ostream& out, double most);

/// The same picture, in pixels.
Result<void> write_png(const Subject& subject, std::ostream& out);

}  // namespace picture

namespace html {

/// One file that plays the way of one connection in a browser, in both themes and languages, and
/// has the whole trace in it, as write_qlog() writes it; of a capture with more connections than a
/// page holds those that are played. It asks no network.
Result<void> write_html(const Subject& subject, std::ostream& out);

}  // namespace html

namespace packets {

/// The packets of one connection or of all, each with a comment on what it meant. Outbound is what
/// the client sends.
Result<void> write_pcapng(const Subject& subject, std::ostream& out);

}  // namespace packets

namespace packetdrill {

/// One end of one connection as a script for packetdrill: its calls, what it sent and what arrived.
Result<void> write_packetdrill(const Subject& subject, std::ostream& out);

}  // namespace packetdrill

}  // namespace tcpstep::exports
