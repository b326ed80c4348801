#include "model/qlog/time_text.hpp"

#include <cassert>
#include <charconv>
#include <cstdint>

#include "model/qlog/json_text.hpp"

namespace tcpstep::model::qlog {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// `number` padded with zeros to `width` digits.
void append_padded(std::string& out, std::int64_t number, std::size_t width) {
    const std::string digits = std::to_string(number);
    if (digits.size() < width) out.append(width - digits.size(), '0');
    out += digits;
}

/// A decimal number as its digits and where the point stands: "12.5e1" is {"125", 3}.
struct Digits {
    std::string all;
    std::int64_t point = 0;
};

std::optional<Digits> split_number(std::string_view number) {
    Digits digits;
    std::size_t at = number.starts_with('-') ? 1 : 0;
    const bool negative = at > 0;
    bool fraction = false;
    for (; at < number.size() && (is_digit(number[at]) || number[at] == '.'); ++at) {
        if (number[at] == '.') {
            fraction = true;
            continue;
        }
        digits.all += number[at];
        if (!fraction) ++digits.point;
    }
    if (digits.all.empty()) return std::nullopt;
    // Negative times do not exist, but -0 is a number of JSON.
    if (negative && digits.all.find_first_not_of('0') != std::string::npos) return std::nullopt;
    if (at == number.size()) return digits;
    if (number[at] != 'e' && number[at] != 'E') return std::nullopt;
    ++at;
    if (at < number.size() && number[at] == '+') ++at;
    std::int32_t exponent = 0;
    const char* end = number.data() + number.size();
    const auto read = std::from_chars(number.data() + at, end, exponent);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    digits.point += exponent;
    return digits;
}

/// Takes fixed-width numbers and separators from the front of a text; once one is not there,
/// ok() is false and stays so.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    int number(std::size_t width) {
        int value = 0;
        for (std::size_t i = 0; i < width; ++i) {
            const char c = take();
            if (!is_digit(c)) ok_ = false;
            value = value * 10 + (c - '0');
        }
        return ok_ ? value : 0;
    }
    void expect(char upper, char lower) {
        const char c = take();
        if (c != upper && c != lower) ok_ = false;
    }
    void expect(char c) { expect(c, c); }
    char take() {
        if (rest_.empty()) {
            ok_ = false;
            return '\0';
        }
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }
    bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }
    bool next_is_digit() const { return !rest_.empty() && is_digit(rest_.front()); }
    bool ok() const { return ok_; }
    bool at_end() const { return rest_.empty(); }

  private:
    std::string_view rest_;
    bool ok_ = true;
};

std::chrono::nanoseconds scan_fraction(Scanner& scan) {
    std::int64_t nanoseconds = 0;
    if (!scan.next_is('.')) return std::chrono::nanoseconds(0);
    scan.take();
    std::int64_t unit = 100'000'000;
    if (!scan.next_is_digit()) scan.expect('0');  // a point needs a digit after it
    while (scan.next_is_digit()) {
        nanoseconds += unit * (scan.take() - '0');
        unit /= 10;
    }
    return std::chrono::nanoseconds(nanoseconds);
}

std::chrono::minutes scan_offset(Scanner& scan) {
    const char sign = scan.take();
    if (sign == 'Z' || sign == 'z') return std::chrono::minutes(0);
    if (sign != '+' && sign != '-') scan.expect('Z');
    const int hours = scan.number(2);
    scan.expect(':');
    const int minutes = scan.number(2);
    if (hours > 23 || minutes > 59) return std::chrono::hours(24);  // refused by the caller
    const std::chrono::minutes offset(hours * 60 + minutes);
    return sign == '-' ? -offset : offset;
}

}  // namespace

void append_milliseconds(std::string& out, Duration since) {
    constexpr std::int64_t kNanoseconds = 1'000'000;
    assert(since.count() >= 0);
    append_number(out, std::int64_t{since.count() / kNanoseconds});
    out += '.';
    append_padded(out, since.count() % kNanoseconds, 6);
}

std::optional<Duration> parse_milliseconds(std::string_view number) {
    const std::optional<Digits> digits = split_number(number);
    if (!digits) return std::nullopt;
    const std::int64_t whole = digits->point + 6;  // digits that count whole nanoseconds
    const auto digit = [&](std::int64_t i) {
        const bool there = i >= 0 && i < static_cast<std::int64_t>(digits->all.size());
        return there ? digits->all[static_cast<std::size_t>(i)] - '0' : 0;
    };
    std::int64_t nanoseconds = 0;
    const auto size = static_cast<std::int64_t>(digits->all.size());
    for (std::int64_t i = 0; i < whole; ++i) {
        if (i >= size && nanoseconds == 0) break;  // zero, however large its exponent
        if (__builtin_mul_overflow(nanoseconds, std::int64_t{10}, &nanoseconds) ||
            __builtin_add_overflow(nanoseconds, std::int64_t{digit(i)}, &nanoseconds)) {
            return std::nullopt;
        }
    }
    if (digit(whole) >= 5 && __builtin_add_overflow(nanoseconds, std::int64_t{1}, &nanoseconds)) {
        return std::nullopt;
    }
    return Duration(nanoseconds);
}

std::string to_rfc3339(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss<Duration> clock(time - day);
    std::string out;
    append_padded(out, int(date.year()), 4);
    out += '-';
    append_padded(out, unsigned(date.month()), 2);
    out += '-';
    append_padded(out, unsigned(date.day()), 2);
    out += 'T';
    append_padded(out, clock.hours().count(), 2);
    out += ':';
    append_padded(out, clock.minutes().count(), 2);
    out += ':';
    append_padded(out, clock.seconds().count(), 2);
    out += '.';
    append_padded(out, clock.subseconds().count(), 9);
    out += 'Z';
    return out;
}

std::optional<Time> parse_rfc3339(std::string_view text) {
    Scanner scan(text);
    const std::chrono::year year(scan.number(4));
    scan.expect('-');
    const std::chrono::month month(static_cast<unsigned>(scan.number(2)));
    scan.expect('-');
    const std::chrono::day day(static_cast<unsigned>(scan.number(2)));
    scan.expect('T', 't');
    const std::chrono::hours hours(scan.number(2));
    scan.expect(':');
    const std::chrono::minutes minutes(scan.number(2));
    scan.expect(':');
    const std::chrono::seconds seconds(scan.number(2));  // 60 in a leap second
    const std::chrono::nanoseconds fraction = scan_fraction(scan);
    const std::chrono::minutes offset = scan_offset(scan);
    const std::chrono::year_month_day date(year, month, day);
    if (!scan.ok() || !scan.at_end() || !date.ok()) return std::nullopt;
    if (hours.count() > 23 || minutes.count() > 59 || seconds.count() > 60) return std::nullopt;
    if (offset >= std::chrono::hours(24)) return std::nullopt;
    if (date.year() < std::chrono::year(1678) || date.year() > std::chrono::year(2261)) {
        return std::nullopt;
    }
    return Time(std::chrono::sys_days(date)) + hours + minutes + seconds + fraction - offset;
}

}  // namespace tcpstep::model::qlog
