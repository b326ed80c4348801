#include "capture/privileges.hpp"

#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/live_capture.hpp"
#include "tests/capture/in_private_network.hpp"

namespace tcpstep::capture {
namespace {

TEST(UserBehindSudo, IsTheOneWhoCalledIt) {
    EXPECT_EQ(user_behind_sudo(0, "1000", "100"), (User{1000, 100}));
}

TEST(UserBehindSudo, IsNobodyWhereSudoDoesNotSaySo) {
    EXPECT_EQ(user_behind_sudo(0, nullptr, nullptr), std::nullopt);
    EXPECT_EQ(user_behind_sudo(0, "1000", nullptr), std::nullopt);
    EXPECT_EQ(user_behind_sudo(0, "0", "0"), std::nullopt) << "root called it";
    EXPECT_EQ(user_behind_sudo(1000, "1001", "100"), std::nullopt) << "he is no root by now";
    for (const char* odd : {"", "-1", "1000x", "4294967296"}) {
        EXPECT_EQ(user_behind_sudo(0, odd, "100"), std::nullopt) << odd;
    }
}

class GivenUp : public InPrivateNetwork {};

std::string status_lines() {
    std::ifstream status("/proc/self/status");
    std::string lines;
    for (std::string line; std::getline(status, line);) {
        for (const char* name : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs"}) {
            if (line.starts_with(name)) lines += line + "\n";
        }
    }
    return lines;
}

TEST_F(GivenUp, NothingRemainsAndWhatIsOpenGoesOn) {
    const std::string told = in_child([] {
        auto capture = LiveCapture::open("lo");
        if (!capture) return capture.error().line();
        if (auto given_up = give_up_privileges(); !given_up) return given_up.error().line();
        std::string text = status_lines();
        const int packet = ::socket(AF_PACKET, SOCK_RAW, 0);
        text += packet < 0 ? "no second capture\n" : "a second capture\n";
        text += capture->drain_segments([](const WireSegment&) {}) ? "drains\n" : "broken\n";
        return text;
    });
    EXPECT_EQ(told,
              "CapInh:\t0000000000000000\n"
              "CapPrm:\t0000000000000000\n"
              "CapEff:\t0000000000000000\n"
              "CapBnd:\t0000000000000000\n"
              "CapAmb:\t0000000000000000\n"
              "NoNewPrivs:\t1\n"
              "no second capture\n"
              "drains\n");
}

}  // namespace
}  // namespace tcpstep::capture
