#include "model/claim/table_row.hpp"

#include <bit>

#include <gtest/gtest.h>

#include "model/claim/check.hpp"
#include "tests/model/story.hpp"

namespace tcpstep::model::claim {
namespace {

using testing::Story;

// 127.0.0.1 as this machine keeps it in a word.
const std::string kLocalhost = std::endian::native == std::endian::little ? "0100007F" : "7F000001";

// What a look found: the listener, the server's end of Story's connection with two descriptors, and
// the client's with none.
std::string table(const Trace& trace) {
    const auto end = [](const SocketAddress& address) {
        constexpr std::string_view kDigits = "0123456789ABCDEF";
        std::string text = kLocalhost + ":";
        for (unsigned shift = 16; shift > 0;) {
            shift -= 4;
            text += kDigits[(address.port >> shift) & 0xfU];
        }
        return text;
    };
    const auto& [client, server, generation] = trace.connections().front();
    return "0: " + end(server) +
           " 00000000:0000 0A 00000000:00000001 00:00000000 00000000  1000        0 24310 1 0 100 "
           "0 "
           "0 10 0 fd 3\n1: " +
           end(server) + " " + end(client) +
           " 01 0000000A:0000000C 00:00000000 00000000  1000        0 24311 1 0 20 4 30 10 -1 fd "
           "12 "
           "13\n2: " +
           end(client) + " " + end(server) +
           " 06 00000000:00000000 03:00001770 00000002     0        0 0 3 0\n";
}

Story looked_at() {
    Story story;
    story.lab().handshake().fact(CallEntered{9, Role::Server, "proc_net_tcp", {}});
    CallReturned returned{9, Role::Server, "proc_net_tcp", 3, ""};
    returned.value = table(story.trace());
    return story.fact(returned);
}

const OfCall kLook{Role::Server, 1, true};

std::optional<Cell> cell(const Story& story, Row row, Column column, unsigned connection = 1) {
    return find(CellOf{kLook, row, connection, column}, Chronicle(story.trace()));
}

TEST(TableRow, IsTheListenersOrThatOfAnEnd) {
    const Story story = looked_at();
    EXPECT_EQ(cell(story, Row::Listener, Column::St)->text, "0A");
    EXPECT_EQ(cell(story, Row::Server, Column::St)->text, "01");
    EXPECT_EQ(cell(story, Row::Client, Column::St)->text, "06");
    EXPECT_FALSE(cell(story, Row::Server, Column::St, 2)) << "there is one connection";
}

TEST(TableRow, HasItsColumnsAsPrintedAndAsNumbers) {
    const Story story = looked_at();
    const auto is = [&](Row row, Column column, const std::string& text,
                        std::optional<std::int64_t> number) {
        const auto found = cell(story, row, column);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->text, text);
        EXPECT_EQ(found->number, number);
    };
    is(Row::Listener, Column::LocalAddress, kLocalhost, std::stoll(kLocalhost, nullptr, 16));
    is(Row::Listener, Column::RemPort, "0000", 0);
    is(Row::Listener, Column::RxQueue, "00000001", 1);
    is(Row::Server, Column::TxQueue, "0000000A", 10);
    is(Row::Server, Column::RxQueue, "0000000C", 12);
    is(Row::Server, Column::Uid, "1000", 1000);
    is(Row::Server, Column::Inode, "24311", 24311);
    is(Row::Server, Column::Fd, "12 13", 12);
    is(Row::Server, Column::Fds, "2", 2);
    is(Row::Client, Column::Tr, "03", 3);
    is(Row::Client, Column::TmWhen, "00001770", 6000);
    is(Row::Client, Column::Retrnsmt, "00000002", 2);
    is(Row::Client, Column::Fd, "", std::nullopt);
    is(Row::Client, Column::Fds, "0", 0);
    const std::uint16_t port = story.trace().connections().front().server.port;
    EXPECT_EQ(cell(story, Row::Client, Column::RemPort)->number, port);
}

TEST(ColumnIsClaim, ComparesWhatWasPrinted) {
    const Story story = looked_at();
    const auto outcome = [&](Row row, const char* value, bool finished = false) {
        const Predicate claim = ColumnIs{{kLook, row, 1, Column::Inode}, value};
        return check(claim, Chronicle(story.trace()), finished).outcome;
    };
    EXPECT_EQ(outcome(Row::Server, "24311"), Outcome::Holds);
    EXPECT_EQ(outcome(Row::Server, "24310"), Outcome::Refuted);
    Story before;
    before.lab().fact(CallEntered{9, Role::Server, "proc_net_tcp", {}});
    const Predicate claim = ColumnIs{{kLook, Row::Server, 1, Column::Inode}, "24311"};
    EXPECT_EQ(check(claim, Chronicle(before.trace()), false).outcome, Outcome::Open);
    EXPECT_EQ(check(claim, Chronicle(before.trace()), true).outcome, Outcome::Refuted);
}

}  // namespace
}  // namespace tcpstep::model::claim
