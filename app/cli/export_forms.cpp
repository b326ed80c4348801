#include "app/cli/export_forms.hpp"

#include <ostream>

#include "model/qlog/writer.hpp"

namespace tcpstep::cli {

std::vector<session::ExportForm> export_forms() {
    using strings::Text;
    return {
        {Text::ExportQlog, ".qlog",
         [](const model::Trace& trace, std::ostream& out) {
             model::qlog::write_contained(trace, out);
         }},
    };
}

}  // namespace tcpstep::cli
