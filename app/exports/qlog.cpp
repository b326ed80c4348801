#include "app/exports/writers.hpp"
#include "model/qlog/writer.hpp"

namespace tcpstep::exports {

Result<void> write_qlog(const Subject& subject, std::ostream& out) {
    model::qlog::write_contained(subject.trace, out);
    return {};
}

Result<void> write_sqlog(const Subject& subject, std::ostream& out) {
    model::qlog::SequentialWriter(subject.trace, subject.trace.zero(), out).write_new();
    return {};
}

}  // namespace tcpstep::exports
