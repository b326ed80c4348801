#include "app/exports/writers.hpp"
#include "model/qlog/writer.hpp"

namespace tcpstep::exports {

Result<void> write_qlog(const Subject& subject, std::ostream& out) {
    model::qlog::write_contained(subject.trace, out);
    return {};
}

Result<void> write_sqlog(const Subject& subject, std::ostream& out) {
    const auto& events = subject.trace.events();
    const model::Time reference = events.empty() ? model::Time() : events.front().time;
    model::qlog::SequentialWriter(subject.trace, reference, out).write_new();
    return {};
}

}  // namespace tcpstep::exports
