#include "app/session/opened.hpp"

#include <utility>

namespace tcpstep::session {

namespace {

std::optional<model::ConnectionIndex> first_connection(const model::Trace& trace) {
    if (trace.connections().empty()) return std::nullopt;
    return model::ConnectionIndex{0};
}

}  // namespace

Recording::Recording(model::Trace read, Words notice_of_it)
    : trace(std::make_shared<model::Trace>(std::move(read))),
      timeline(*trace, first_connection(*trace)),
      notice(std::move(notice_of_it)) {
    index.catch_up(timeline);
}

}  // namespace tcpstep::session
