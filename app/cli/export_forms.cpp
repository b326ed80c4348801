#include "app/cli/export_forms.hpp"

#include "app/cli/lesson_words.hpp"
#include "app/exports/format.hpp"

namespace tcpstep::cli {

std::vector<session::ExportForm> export_forms() {
    std::vector<session::ExportForm> forms;
    for (const exports::Format& format : exports::formats()) {
        forms.push_back({format.words, std::string(format.ending),
                         [&format](const model::Trace& trace, const session::ShownAs& shown,
                                   std::ostream& out) {
                             exports::Options options;
                             if (format.of_one) options.connection = shown.connection;
                             options.theme = shown.theme;
                             options.axis = shown.axis;
                             options.raw_numbers = shown.raw_numbers;
                             options.in_languages = lesson_words(trace);
                             options.scale = 2;  // as sharp on paper as on a screen
                             return format.write({trace, options}, out);
                         }});
    }
    return forms;
}

}  // namespace tcpstep::cli
