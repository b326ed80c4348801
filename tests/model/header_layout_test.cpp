#include "model/header_layout.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

using Headers = std::vector<std::uint8_t>;

Headers ipv4(std::uint8_t words) {
    Headers headers(std::size_t{words} * 4);
    headers[0] = static_cast<std::uint8_t>(0x40 | words);
    return headers;
}

Headers ipv6(std::uint8_t next, const std::vector<Headers>& extensions = {}) {
    Headers headers(40);
    headers[0] = 0x60;
    headers[6] = next;
    for (const Headers& extension : extensions) {
        headers.insert(headers.end(), extension.begin(), extension.end());
    }
    return headers;
}

Headers extension(std::uint8_t next, std::uint8_t length, std::size_t octets) {
    Headers header(octets, 0xee);
    header[0] = next;
    header[1] = length;
    return header;
}

TEST(HeaderLayout, FindsTheTcpHeader) {
    const std::vector<Headers> ips = {
        ipv4(5),
        ipv4(6),
        ipv4(15),
        ipv6(6),
        ipv6(0, {extension(6, 0, 8)}),
        ipv6(0, {extension(60, 2, 24), extension(6, 1, 16)}),
        // The fragment header is of 8 octets whatever its second octet says.
        ipv6(44, {extension(6, 9, 8)}),
        ipv6(51, {extension(6, 4, 24)}),
    };
    for (const Headers& ip : ips) {
        Headers whole = ip;
        whole.insert(whole.end(), 24, 6);
        EXPECT_EQ(tcp_header_offset(whole), ip.size());
        EXPECT_EQ(tcp_options_in(whole).size(), 4U);
        EXPECT_EQ(tcp_options_in(whole).data(), whole.data() + ip.size() + 20);
        for (std::size_t length = 0; length < ip.size() + 20; ++length) {
            const std::span cut(whole.data(), length);
            EXPECT_LE(tcp_header_offset(cut), length);
            EXPECT_TRUE(tcp_options_in(cut).empty()) << length;
        }
    }
}

TEST(HeaderLayout, WhatIsNotIpOrLeadsElsewhereHasNoTcpHeader) {
    Headers udp = ipv6(17);
    udp.insert(udp.end(), 24, 6);
    for (const Headers& headers : {udp, Headers{}, Headers{0x00, 0x01}, Headers(60, 0x50)}) {
        EXPECT_EQ(tcp_header_offset(headers), headers.size());
    }
}

}  // namespace
}  // namespace tcpstep::model
