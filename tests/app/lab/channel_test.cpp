#include "app/lab/channel.hpp"

#include <array>
#include <thread>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tcpstep::lab {
namespace {

class Channel : public ::testing::Test {
  public:
    std::array<int, 2> ends{};
    void SetUp() override { ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0); }
    void TearDown() override {
        close(ends[0]);
        if (ends[1] >= 0) close(ends[1]);
    }
    void hang_up() { close(std::exchange(ends[1], -1)); }
};

TEST_F(Channel, CutsLines) {
    send_all(ends[1], "one\n\nthree\nfo");
    send_all(ends[1], "ur\nunfinished");
    hang_up();
    LineReader reader(ends[0]);
    std::string line;
    for (const char* expected : {"one", "", "three", "four"}) {
        ASSERT_TRUE(reader.next(line));
        EXPECT_EQ(line, expected);
    }
    EXPECT_FALSE(reader.next(line)) << "what has no line feed was cut short";
}

TEST_F(Channel, CarriesMoreThanTheSocketHolds) {
    const std::string big(4'000'000, 'x');
    std::thread writer([&] {
        EXPECT_TRUE(send_all(ends[1], big + "\n"));
        hang_up();
    });
    LineReader reader(ends[0]);
    std::string line;
    EXPECT_TRUE(reader.next(line));
    EXPECT_EQ(line, big);
    writer.join();
}

TEST_F(Channel, GivesWhatHasComeWithoutWaiting) {
    LineReader reader(ends[0]);
    bool open = false;
    EXPECT_TRUE(reader.take(open).empty());
    EXPECT_TRUE(open);
    send_all(ends[1], "one\ntwo\nthr");
    EXPECT_EQ(reader.take(open), (std::vector<std::string>{"one", "two"}));
    EXPECT_TRUE(open);
    send_all(ends[1], "ee\n");
    hang_up();
    EXPECT_EQ(reader.take(open), (std::vector<std::string>{"three"}));
    EXPECT_FALSE(open);
}

TEST_F(Channel, SaysWhenTheOtherSideIsGone) {
    close(ends[0]);
    EXPECT_FALSE(send_all(ends[1], "x\n"));
    ends[0] = dup(ends[1]);
}

}  // namespace
}  // namespace tcpstep::lab
