#include "model/address.hpp"

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

TEST(IpAddress, IsWrittenInItsShortForm) {
    // Left any way of writing it, right the one of RFC 5952.
    constexpr std::pair<const char*, const char*> kForms[] = {
        {"127.0.0.1", "127.0.0.1"},
        {"::", "::"},
        {"::1", "::1"},
        {"0:0:0:0:0:0:0:1", "::1"},
        {"2001:0DB8:0:0:0:0:0:1", "2001:db8::1"},
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"1:0:0:2:0:0:0:3", "1:0:0:2::3"},
        {"fe80::", "fe80::"},
        {"::ffff:127.0.0.1", "::ffff:127.0.0.1"},
        {"::ffff:7f00:1", "::ffff:127.0.0.1"},
    };
    for (const auto& [text, canonical] : kForms) {
        const auto address = parse_ip(text);
        ASSERT_TRUE(address) << text;
        EXPECT_EQ(to_string(*address), canonical);
    }
}

TEST(IpAddress, RefusesWhatIsNone) {
    for (const char* text :
         {"", "127.0.0", "127.0.0.256", "127.0.0.1.1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
          "::1::", "12345::", "1::2:3:4:5:6:7:8", ":::", "g::", "127.0.0.-1", "::1.2.3"}) {
        EXPECT_FALSE(parse_ip(text)) << text;
    }
}

TEST(SocketAddress, BracketsIpv6) {
    for (const char* text : {"127.0.0.1:8000", "[::1]:65535", "[2001:db8::1]:1", "0.0.0.0:0"}) {
        const auto address = parse_socket_address(text);
        ASSERT_TRUE(address) << text;
        EXPECT_EQ(to_string(*address), text);
    }
    for (const char* text : {"127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:80",
                             "[127.0.0.1]:80", "[::1]", ":80"}) {
        EXPECT_FALSE(parse_socket_address(text)) << text;
    }
}

}  // namespace
}  // namespace tcpstep::model
