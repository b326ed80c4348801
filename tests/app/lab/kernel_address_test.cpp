#include "app/lab/kernel_address.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>

namespace tcpstep::lab {
namespace {

TEST(KernelAddress, IsTheSameThereAndBack) {
    for (const char* text : {"127.0.0.1:8000", "[::1]:65535", "0.0.0.0:0"}) {
        const KernelAddress address = kernel_address(*model::parse_socket_address(text));
        EXPECT_EQ(to_text(address), text);
        ASSERT_TRUE(socket_address(address));
        EXPECT_EQ(to_string(*socket_address(address)), text);
    }
    EXPECT_EQ(kernel_address(*model::parse_socket_address("127.0.0.1:1")).length,
              sizeof(sockaddr_in));
    EXPECT_EQ(kernel_address(*model::parse_socket_address("[::1]:1")).length, sizeof(sockaddr_in6));
}

// unix(7): the name is what follows the octet 0, as long as the length says.
TEST(KernelAddress, AnAbstractNameIsAsLongAsItIs) {
    const KernelAddress address = abstract_address("@echo");
    EXPECT_EQ(address.length, sizeof(sa_family_t) + 5);
    EXPECT_EQ(to_text(address), "@echo");
    EXPECT_FALSE(socket_address(address));
    const std::string longest = "@" + std::string(107, 'x');
    EXPECT_EQ(to_text(abstract_address(longest)), longest);
}

TEST(KernelAddress, ASocketWithoutANameSaysSo) {
    KernelAddress address;
    address.storage.ss_family = AF_UNIX;
    address.length = sizeof(sa_family_t);
    EXPECT_EQ(to_text(address), "(unnamed)");
}

}  // namespace
}  // namespace tcpstep::lab
