#include "app/lab/wire.hpp"

#include <gtest/gtest.h>

namespace tcpstep::lab {
namespace {

TEST(Wire, ACommandArrivesAsItWasSent) {
    RunCommand command;
    command.lesson = "{\n  \"id\": \"x\"\n}";
    command.port = 65535;
    command.network = Network::Host;
    const std::string line = to_line(command);
    EXPECT_EQ(line.find('\n'), line.size() - 1) << "one line";
    const auto read = parse_command(line);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->lesson, command.lesson);
    EXPECT_EQ(read->port, command.port);
    EXPECT_EQ(read->network, command.network);
}

TEST(Wire, AFailureArrivesAsItWasSent) {
    Failure failure;
    failure.error = {ErrorKind::MachineForbids, "what: \"why\" \xff", "do this", 28};
    failure.no_private_network = true;
    const auto read = parse_failure(to_line(failure));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->error.kind, ErrorKind::MachineForbids);
    EXPECT_EQ(read->error.what, "what: \"why\" \xef\xbf\xbd")
        << "bytes that are not UTF-8 do not stop it";
    EXPECT_EQ(read->error.remedy, "do this");
    EXPECT_EQ(read->error.os_errno, 28);
    EXPECT_TRUE(read->no_private_network);
}

TEST(Wire, WhatIsNeitherIsTold) {
    for (const char* line : {"", "{}", "[]", "nonsense", R"({"command":"run"})"})
        EXPECT_FALSE(parse_command(line)) << line;
    for (const char* line :
         {"", "{}", R"({"error":7})", R"({"time":1,"name":"simulation:marker"})"}) {
        EXPECT_FALSE(parse_failure(line)) << line;
    }
}

}  // namespace
}  // namespace tcpstep::lab
