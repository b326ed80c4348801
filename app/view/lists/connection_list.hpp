#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/trace_connections.hpp"

namespace tcpstep::view::lists {

enum class ConnectionColumn : std::uint8_t {
    Client,
    Server,
    Segments,
    Octets,
    Seconds,
    ClientState,
    ServerState,
    Began,
    Ended
};
inline constexpr std::size_t kConnectionColumns =
    static_cast<std::size_t>(ConnectionColumn::Ended) + 1;

/// The words of a row, by ConnectionColumn.
using ConnectionCells = std::array<std::string, kConnectionColumns>;

/// The heading of a column.
std::string column_title(ConnectionColumn column);

/// The connections of a trace as a table: sorted and filtered a portion at a time, so that of a
/// hundred thousand no frame looks at more.
class ConnectionList {
  public:
    /// `trace` must outlive this.
    explicit ConnectionList(const model::Trace& trace) : connections_(trace), trace_(&trace) {}

    /// By that column; nothing: in the trace's order.
    struct Order {
        std::optional<ConnectionColumn> by = {};
        bool descending = false;
        bool operator==(const Order&) const = default;
    };
    void sort(Order order);
    const Order& order() const { return order_; }
    /// Rows in which that text stands, in any case of its letters; "" are all.
    void filter(std::string text);
    const std::string& filter() const { return text_; }
    /// The words have changed, for the language has.
    void retell();

    /// Goes on by a portion, also with what the trace has become longer by. True if there is more
    /// to do; until then rows are missing, or stand in the trace's order.
    bool look_on();

    std::size_t all() const { return trace_->connections().size(); }
    std::size_t size() const { return shown_.size(); }
    model::ConnectionIndex at(std::size_t row) const { return shown_[row]; }
    ConnectionCells cells(model::ConnectionIndex connection);
    /// The row of that connection; nothing if it is not among them.
    std::optional<std::size_t> row_of(model::ConnectionIndex connection) const;

    /// What one portion takes: about three milliseconds.
    static constexpr std::size_t kEvents = 50'000;
    static constexpr std::size_t kSegments = 4'000;  // told
    static constexpr std::size_t kRows = 2'000;      // put into words

  private:
    void forget_rows();
    const model::ConnectionSummary& summary(model::ConnectionIndex connection);
    bool tell_some();
    bool filter_some();
    bool less(model::ConnectionIndex a, model::ConnectionIndex b) const;

    model::TraceConnections connections_;
    const model::Trace* trace_;
    std::vector<std::optional<model::ConnectionSummary>> summaries_;
    std::size_t told_ = 0;     // all before this one have a summary
    std::size_t told_of_ = 0;  // events of the trace when they were told
    std::string text_;
    Order order_;
    std::size_t filtered_ = 0;  // connections that were looked at
    bool sorted_ = false;
    std::vector<model::ConnectionIndex> shown_;
};

}  // namespace tcpstep::view::lists
