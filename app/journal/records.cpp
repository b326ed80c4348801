#include "app/journal/records.hpp"

#include <sstream>
#include <utility>

#include "model/qlog/writer.hpp"

namespace tcpstep::journal {

struct Records::Growing {
    explicit Growing(const model::Trace& trace)
        : writer(trace, trace.zero(), text) {}

    std::ostringstream text;
    model::qlog::SequentialWriter writer;
};

Records::Records() = default;
Records::Records(Records&&) noexcept = default;
Records& Records::operator=(Records&&) noexcept = default;
Records::~Records() = default;

std::string Records::take_new(const model::Trace& trace) {
    if (!growing_ && trace.events().empty()) return {};
    if (!growing_) growing_ = std::make_unique<Growing>(trace);
    growing_->writer.write_new();
    std::string records = std::move(growing_->text).str();
    growing_->text.str({});
    return records;
}

}  // namespace tcpstep::journal
