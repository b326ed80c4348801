#include "app/lesson/line_of.hpp"

#include <gtest/gtest.h>

namespace tcpstep::lesson {
namespace {

constexpr std::string_view kJson = R"(
{
  "a": [1, true,
        { "b": "} ] \" \\",
          "c": -1.5e3 }],
  "ab": {},
  "d": [
    []
  ]
})";

TEST(LineOf, TheValueThatAPointerNames) {
    EXPECT_EQ(line_of(kJson, ""), 2U);
    EXPECT_EQ(line_of(kJson, "/a"), 3U);
    EXPECT_EQ(line_of(kJson, "/a/1"), 3U);
    EXPECT_EQ(line_of(kJson, "/a/2"), 4U);
    EXPECT_EQ(line_of(kJson, "/a/2/b"), 4U);
    EXPECT_EQ(line_of(kJson, "/a/2/c"), 5U);
    EXPECT_EQ(line_of(kJson, "/ab"), 6U);
    EXPECT_EQ(line_of(kJson, "/d/0"), 8U);
}

TEST(LineOf, WhereThereIsNoneTheValueAroundIt) {
    EXPECT_EQ(line_of(kJson, "/e"), 2U);
    EXPECT_EQ(line_of(kJson, "/a/7"), 3U);
    EXPECT_EQ(line_of(kJson, "/a/2/x/y"), 4U);
    EXPECT_EQ(line_of(kJson, "/ab/0"), 6U);
    EXPECT_EQ(line_of("7", "/a"), 1U);
    EXPECT_EQ(line_of("{}", "/a"), 1U);
}

}  // namespace
}  // namespace tcpstep::lesson
