#include "app/lesson/move_to_port.hpp"

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

}  // namespace

void move_to_port(Lesson& lesson, std::uint16_t port) {
    Move move{lesson.server, lesson.server};
    move.to.port = port;
    for (Claim& claim : lesson.claims) std::visit(move, claim.predicate);
    if (lesson.patience) {
        for (Claim& claim : lesson.patience->claims) std::visit(move, claim.predicate);
    }
    lesson.server = move.to;
}

}  // namespace tcpstep::lesson
