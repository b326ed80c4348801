#include "model/qlog/time_text.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace tcpstep::model::qlog {
namespace {

std::string milliseconds(std::int64_t nanoseconds) {
    std::string out;
    append_milliseconds(out, Duration(nanoseconds));
    return out;
}

TEST(Milliseconds, AreWrittenToTheNanosecond) {
    EXPECT_EQ(milliseconds(0), "0.000000");
    EXPECT_EQ(milliseconds(1), "0.000001");
    EXPECT_EQ(milliseconds(12'000'345), "12.000345");
    EXPECT_EQ(milliseconds(999'999), "0.999999");
    EXPECT_EQ(milliseconds(INT64_MAX), "9223372036854.775807");
}

TEST(Milliseconds, AreReadInAnyFormOfANumber) {
    struct Row {
        const char* text;
        std::int64_t nanoseconds;
    };
    const Row rows[] = {
        {"0", 0},
        {"12", 12'000'000},
        {"1.5", 1'500'000},
        {"1e-06", 1},
        {"1.5E+2", 150'000'000},
        {"0.0000004", 0},  // finer than a nanosecond: rounded
        {"0.0000005", 1},
        {"0.9999999", 1'000'000},
        {"0e999999999", 0},
        {"1e-999999999", 0},
        {"8640000000.000001", 8'640'000'000'000'001},  // 100 days: no double has this
        {"9223372036854.775807", INT64_MAX},
    };
    for (const Row& row : rows) {
        const auto read = parse_milliseconds(row.text);
        ASSERT_TRUE(read) << row.text;
        EXPECT_EQ(read->count(), row.nanoseconds) << row.text;
    }
    for (const char* text : {"-0", "-0.0", "-0e7"}) {
        EXPECT_EQ(parse_milliseconds(text), Duration(0)) << text;
    }
    for (const char* text : {"-", "-1", "-0.5", "-0.0000001", "9223372036854.775808",
                             "9223372036854.7758075", "1e30", "1e9999999999", "", "x"}) {
        EXPECT_FALSE(parse_milliseconds(text)) << text;
    }
}

TEST(Milliseconds, ComeBackExactly) {
    // A walk over all magnitudes, odd so that the last digits are not zero.
    for (std::int64_t ns = 1; ns < std::numeric_limits<std::int64_t>::max() / 3; ns = ns * 3 + 1) {
        const auto read = parse_milliseconds(milliseconds(ns));
        ASSERT_TRUE(read);
        EXPECT_EQ(read->count(), ns);
    }
}

TEST(Rfc3339, IsWrittenAndReadToTheNanosecond) {
    struct Row {
        std::int64_t nanoseconds;
        const char* text;
    };
    const Row rows[] = {
        {0, "1970-01-01T00:00:00.000000000Z"},
        {1, "1970-01-01T00:00:00.000000001Z"},
        {-1, "1969-12-31T23:59:59.999999999Z"},
        {951'782'400'000'000'000, "2000-02-29T00:00:00.000000000Z"},
        {1'763'635'923'123'456'789, "2025-11-20T10:52:03.123456789Z"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(to_rfc3339(Time(Duration(row.nanoseconds))), row.text);
        const auto read = parse_rfc3339(row.text);
        ASSERT_TRUE(read) << row.text;
        EXPECT_EQ(read->time_since_epoch().count(), row.nanoseconds) << row.text;
    }
}

TEST(Rfc3339, IsReadInItsOtherForms) {
    const Time noon(std::chrono::hours(12));
    for (const char* text :
         {"1970-01-01T12:00:00Z", "1970-01-01t12:00:00z", "1970-01-01T14:30:00+02:30",
          "1970-01-01T00:00:00.0-12:00", "1970-01-01T12:00:00.0000000009Z"}) {
        EXPECT_EQ(parse_rfc3339(text), noon) << text;
    }
    EXPECT_EQ(parse_rfc3339("1970-01-01T11:59:60Z"), noon);  // a leap second
    for (const char* text :
         {"", "1970-01-01", "1970-01-01T12:00:00", "1970-01-01 12:00:00Z", "1970-02-30T12:00:00Z",
          "1970-01-01T24:00:00Z", "1970-01-01T12:60:00Z", "1970-01-01T12:00:00.Z",
          "1970-01-01T12:00:00Zx", "1970-01-01T12:00:00+24:00", "1970-01-01T12:00:00+1",
          "1600-01-01T00:00:00Z", "9999-01-01T00:00:00Z", "unknown"}) {
        EXPECT_FALSE(parse_rfc3339(text)) << text;
    }
}

}  // namespace
}  // namespace tcpstep::model::qlog
