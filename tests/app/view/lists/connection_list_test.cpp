#include "app/view/lists/connection_list.hpp"

#include <gtest/gtest.h>

#include "tests/model/many_connections.hpp"

namespace tcpstep::view::lists {
namespace {

using model::ConnectionIndex;
using testing::ManyConnections;
using Rows = std::vector<ConnectionIndex>;

Rows rows(ConnectionList& list) {
    while (list.look_on()) {
    }
    Rows rows;
    for (std::size_t row = 0; row < list.size(); ++row) rows.push_back(list.at(row));
    return rows;
}

// In turn: closed, refused, open.
TEST(ConnectionList, SaysOfEachWhatDecodePrints) {
    const ManyConnections made(3);
    ConnectionList list(made.trace);
    EXPECT_EQ(rows(list), (Rows{0, 1, 2}));
    EXPECT_EQ(list.cells(0),
              (ConnectionCells{"10.0.0.0:40000", "192.0.2.1:80", "7", "10", "0.000006", "TIME_WAIT",
                               "CLOSED?", "handshake", "closed, client first"}));
    EXPECT_EQ(list.cells(1)[static_cast<std::size_t>(ConnectionColumn::Ended)], "refused");
    EXPECT_EQ(list.cells(2)[static_cast<std::size_t>(ConnectionColumn::Ended)], "open");
}

TEST(ConnectionList, SortsByAnyColumnAndKeepsTheOrderOfEquals) {
    const ManyConnections made(6);
    ConnectionList list(made.trace);
    list.sort({ConnectionColumn::Segments, false});
    EXPECT_EQ(rows(list), (Rows{1, 4, 2, 5, 0, 3}));
    list.sort({ConnectionColumn::Segments, true});
    EXPECT_EQ(rows(list), (Rows{0, 3, 2, 5, 1, 4}));
    list.sort({ConnectionColumn::Client, true});
    EXPECT_EQ(rows(list), (Rows{5, 4, 3, 2, 1, 0}));
    list.sort({ConnectionColumn::Ended, false});
    const Rows by_end = rows(list);
    EXPECT_EQ(by_end.size(), 6U);
    for (std::size_t i = 0; i < 6; i += 2) EXPECT_EQ(by_end[i] % 3, by_end[i + 1] % 3);
    for (const auto column :
         {ConnectionColumn::Server, ConnectionColumn::Octets, ConnectionColumn::Seconds,
          ConnectionColumn::ClientState, ConnectionColumn::ServerState, ConnectionColumn::Began}) {
        list.sort({column, false});
        EXPECT_EQ(rows(list).size(), 6U) << column_title(column);
    }
    list.sort({});
    EXPECT_EQ(rows(list), (Rows{0, 1, 2, 3, 4, 5}));
}

TEST(ConnectionList, KeepsRowsWithATextInAnyCase) {
    const ManyConnections made(6);
    ConnectionList list(made.trace);
    list.filter("REFUSED");
    EXPECT_EQ(rows(list), (Rows{1, 4}));
    list.sort({ConnectionColumn::Client, true});
    EXPECT_EQ(rows(list), (Rows{4, 1}));
    EXPECT_EQ(list.row_of(1), 1U);
    EXPECT_EQ(list.row_of(0), std::nullopt);
    list.filter("10.0.0.3");
    EXPECT_EQ(rows(list), Rows{3});
    // A port is looked for, not a microsecond; who types a point means it.
    const std::string seconds = list.cells(3)[static_cast<std::size_t>(ConnectionColumn::Seconds)];
    const std::size_t point = seconds.find('.');
    ASSERT_NE(point, std::string::npos);
    list.filter(seconds.substr(point + 1));
    EXPECT_EQ(rows(list), Rows{}) << seconds;
    list.filter(seconds.substr(point));
    EXPECT_FALSE(rows(list).empty()) << seconds;
    list.filter("nothing like it");
    EXPECT_EQ(rows(list), Rows{});
    EXPECT_EQ(list.all(), 6U);
    list.filter("");
    EXPECT_EQ(rows(list).size(), 6U);
}

TEST(ConnectionList, OfManyNoPortionLooksAtAll) {
    const std::size_t count = 3 * ConnectionList::kRows;
    const ManyConnections made(count);
    ConnectionList list(made.trace);
    list.filter("refused");
    int portions = 0;
    std::size_t before = 0;
    while (list.look_on()) {
        ++portions;
        EXPECT_LE(list.size() - before, ConnectionList::kRows);
        before = list.size();
    }
    EXPECT_GE(portions, 3);
    EXPECT_EQ(list.size(), count / 3);
}

TEST(ConnectionList, GrowsWithTheTrace) {
    ManyConnections made(2);
    ConnectionList list(made.trace);
    EXPECT_EQ(rows(list).size(), 2U);
    EXPECT_FALSE(list.look_on());
    made.one_more();
    EXPECT_EQ(rows(list), (Rows{0, 1, 2}));
}

}  // namespace
}  // namespace tcpstep::view::lists
