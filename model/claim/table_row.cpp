#include "model/claim/table_row.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <vector>

#include "model/proc_net_tcp.hpp"

namespace tcpstep::model::claim {

namespace {

std::vector<std::string_view> split(std::string_view text, std::string_view at) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(at), text.size());
        if (end > 0) parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

bool is_that_row(const ProcNetTcpRow& row, const CellOf& cell, const Trace& trace) {
    if (cell.row == Row::Listener) return row.state == State::Listen;
    if (row.state == State::Listen || cell.connection > trace.connections().size()) return false;
    const auto& [client, server, generation] = trace.connections()[cell.connection - 1];
    const bool of_client = cell.row == Row::Client;
    return row.local == (of_client ? client : server) &&
           row.remote == (of_client ? server : client);
}

std::optional<std::int64_t> number_in(std::string_view text, int base) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// Behind the row stand the descriptors that have its inode: " fd 12 13".
std::string_view descriptors_in(std::string_view line) {
    constexpr std::string_view kBefore = " fd ";
    const std::size_t at = line.find(kBefore);
    return at == std::string_view::npos ? std::string_view() : line.substr(at + kBefore.size());
}

// Where a column stands among the parts between spaces and colons, and in which base; the row is
// one that parse_proc_net_tcp() has read.
struct Print {
    std::size_t part;
    int base;
};

Print print_of(Column column) {
    switch (column) {
        case Column::LocalAddress:
            return {1, 16};
        case Column::LocalPort:
            return {2, 16};
        case Column::RemAddress:
            return {3, 16};
        case Column::RemPort:
            return {4, 16};
        case Column::St:
            return {5, 16};
        case Column::TxQueue:
            return {6, 16};
        case Column::RxQueue:
            return {7, 16};
        case Column::Tr:
            return {8, 16};
        case Column::TmWhen:
            return {9, 16};
        case Column::Retrnsmt:
            return {10, 16};
        case Column::Uid:
            return {11, 10};
        case Column::Inode:
            return {13, 10};  // behind "timeout"
        case Column::Fd:
        case Column::Fds:
            break;
    }
    return {0, 10};
}

Cell cell_in(std::string_view line, Column column) {
    const std::string_view descriptors = descriptors_in(line);
    if (column == Column::Fd || column == Column::Fds) {
        const auto each = split(descriptors, " ");
        const auto count = static_cast<std::int64_t>(each.size());
        if (column == Column::Fds) return {std::to_string(count), count};
        return {std::string(descriptors),
                each.empty() ? std::nullopt : number_in(each.front(), 10)};
    }
    const Print print = print_of(column);
    const std::string_view text = split(line, " :")[print.part];
    return {std::string(text), number_in(text, print.base)};
}

}  // namespace

std::optional<Cell> find(const CellOf& cell, const Chronicle& chronicle) {
    const CallRecord* call = chosen(cell.call, chronicle);
    if (call == nullptr || !call->returned) return std::nullopt;
    const auto& returned = std::get<CallReturned>(chronicle.event(*call->returned).fact);
    for (const std::string_view line : split(returned.value, "\n")) {
        const auto row = parse_proc_net_tcp(line);
        if (row && is_that_row(*row, cell, chronicle.trace())) return cell_in(line, cell.column);
    }
    return std::nullopt;
}

}  // namespace tcpstep::model::claim
