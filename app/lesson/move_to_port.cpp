#include "app/lesson/move_to_port.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tcpstep::lesson {

namespace {

using namespace model::claim;

struct Move {
    model::SocketAddress from;
    model::SocketAddress to;

    void operator()(Gives& claim) const { replace(claim.value, to_string(from), to_string(to)); }
    void operator()(ColumnIs& claim) const {
        if (claim.cell.column != Column::LocalPort && claim.cell.column != Column::RemPort) return;
        replace(claim.value, fmt::format("{:04X}", from.port), fmt::format("{:04X}", to.port));
    }
    void operator()(OctetsAre& claim) const {
        const bool of_port =
            claim.field == HeaderField::SourcePort || claim.field == HeaderField::DestinationPort;
        if (of_port) replace(claim.value, octets(from.port), octets(to.port));
    }
    template <class Other>
    void operator()(Other&) const {}

    static std::string octets(std::uint16_t port) {
        return fmt::format("{:02X} {:02X}", port >> 8U, port & 0xffU);
    }
    static void replace(std::string& value, const std::string& from, const std::string& to) {
        if (value == from) value = to;
    }
};

bool any_names(const std::vector<Step>& steps, std::uint16_t port) {
    return std::any_of(steps.begin(), steps.end(), [port](const Step& step) {
        return (step.address && step.address->port == port) || any_names(step.child, port);
    });
}

}  // namespace

Result<void> move_to_port(Lesson& lesson, std::uint16_t port) {
    if (port == lesson.server.port) return {};
    if (any_names(lesson.server_steps, port) || any_names(lesson.client_steps, port) ||
        any_names(lesson.second_client_steps, port)) {
        return fail(ErrorKind::BadInput,
                    fmt::format("{}: port {} is in use by the lesson itself", lesson.id, port),
                    "give --port another one");
    }
    Move move{lesson.server, lesson.server};
    move.to.port = port;
    for (Claim& claim : lesson.claims) std::visit(move, claim.predicate);
    if (lesson.patience) {
        for (Claim& claim : lesson.patience->claims) std::visit(move, claim.predicate);
    }
    lesson.server = move.to;
    return {};
}

}  // namespace tcpstep::lesson
