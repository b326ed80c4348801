#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/claim/moment.hpp"

namespace tcpstep::model::claim {

/// A row of /proc/net/tcp: the listener's, or that of one end of a connection.
enum class Row : std::uint8_t { Listener, Client, Server };

/// Its columns, by the names in the table's heading; addresses and ports apart, and the descriptors
/// that have its inode.
enum class Column : std::uint8_t {
    LocalAddress,
    LocalPort,
    RemAddress,
    RemPort,
    St,
    TxQueue,
    RxQueue,
    Tr,
    TmWhen,  ///< until the timer fires, in 1/100 s
    Retrnsmt,
    Uid,
    Inode,
    Fd,   ///< the lowest of the descriptors
    Fds,  ///< how many descriptors there are
};

/// A cell of the table as the call, a look at it, found it.
struct CellOf {
    OfCall call;
    Row row = Row::Listener;
    unsigned connection = 1;
    Column column = Column::St;
    bool operator==(const CellOf&) const = default;
};

struct Cell {
    std::string text;  ///< as the kernel printed it: "0A"; of `Fd`: "12 13", "" without one
    std::optional<std::int64_t> number;  ///< nothing if it is none, as an IPv6 address
};

/// Nothing if the call has not returned, or there was no such row.
std::optional<Cell> find(const CellOf& cell, const Chronicle& chronicle);

}  // namespace tcpstep::model::claim
