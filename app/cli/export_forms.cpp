#include "app/cli/export_forms.hpp"

#include "app/cli/lesson_words.hpp"
#include "app/exports/format.hpp"

namespace tcpstep::cli {

std::vector<session::ExportForm> export_forms() {
    std::vector<session::ExportForm> forms;
    const auto add = [&forms](const exports::Format& format, model::Role side) {
        const bool client = side == model::Role::Client;
        forms.push_back({client ? format.client_words : format.words, std::string(format.ending),
                         format.heeds(exports::Choice::Steps),
                         [&format, side](const model::Trace& trace, const session::ShownAs& shown,
                                         std::ostream& out) {
                             exports::Options options;
                             if (format.of_one) options.connection = shown.connection;
                             options.theme = shown.theme;
                             options.axis = shown.axis;
                             options.raw_numbers = shown.raw_numbers;
                             options.from_step = shown.from_step;
                             options.to_step = shown.to_step;
                             options.side = side;
                             options.in_languages = lesson_words(trace);
                             options.scale = 2;  // as sharp on paper as on a screen
                             return format.write({trace, options}, out);
                         }});
    };
    for (const exports::Format& format : exports::formats()) {
        add(format, model::Role::Server);
        if (format.heeds(exports::Choice::Side)) add(format, model::Role::Client);
    }
    return forms;
}

}  // namespace tcpstep::cli
