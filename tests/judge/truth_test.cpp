#include "tests/judge/truth.hpp"

#include <gtest/gtest.h>

namespace tcpstep::judge {
namespace {

constexpr std::string_view kText = R"(seed 17
complete 1
lossless 0
settled 0
story again IPv6 drop=3%
connection 127.1.0.1:2000 127.1.0.2:80 1
client SYN_SENT 1000 tracepoint
client CLOSED 2000 tracepoint unseen
server SYN_RCVD 1500 cookie
connection [fd00::1]:2000 [fd00::2]:80 2
client FIN_WAIT_1 1000 tracepoint
client CLOSED 1000 diag
client-shown CLOSED 1000 diag
)";

TEST(Truth, IsWrittenAsItWasRead) {
    const auto truth = parse_truth(kText);
    ASSERT_TRUE(truth) << truth.error().line();
    EXPECT_EQ(truth->story, "again IPv6 drop=3%");
    ASSERT_EQ(truth->connections.size(), 2U);
    EXPECT_EQ(truth->connections[1].generation, 2U);
    EXPECT_TRUE(truth->connections[0].client.states[1].unseen);
    EXPECT_EQ(to_text(*truth), kText);
}

TEST(Truth, NamesTheLineThatItCannotRead) {
    for (const std::string_view line : {"client SYN_SENT 1 tracepoint", "what 1", "seed x",
                                        "connection 127.0.0.1 127.0.0.1:2 1"}) {
        const auto truth = parse_truth(line);
        ASSERT_FALSE(truth) << line;
        EXPECT_EQ(truth.error().line(), "truth: line 1: " + std::string(line));
    }
}

}  // namespace
}  // namespace tcpstep::judge
