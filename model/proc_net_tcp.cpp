#include "model/proc_net_tcp.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace tcpstep::model {

namespace {

// Takes the row apart from its left. What does not fit leaves it in error.
class Row {
  public:
    explicit Row(std::string_view text) : left_(text) {}

    bool good() const { return good_; }

    template <class Integer>
    Integer number(int base) {
        Integer value{};
        const auto [end, error] =
            std::from_chars(left_.data(), left_.data() + left_.size(), value, base);
        good_ = good_ && error == std::errc();
        if (good_) left_.remove_prefix(static_cast<std::size_t>(end - left_.data()));
        return value;
    }

    void colon() {
        good_ = good_ && left_.starts_with(':');
        if (good_) left_.remove_prefix(1);
    }

    void spaces() {
        const std::size_t text = left_.find_first_not_of(' ');
        good_ = good_ && text != 0;
        left_.remove_prefix(text == std::string_view::npos ? left_.size() : text);
    }

    SocketAddress address(std::endian order) {
        const std::size_t digits = left_.find(':');
        SocketAddress address;
        good_ = good_ && (digits == 8 || digits == 32);
        if (!good_) return address;
        address.ip.v6 = digits == 32;
        for (std::size_t octet = 0; octet < digits / 2; ++octet) {
            Row one(left_.substr(octet * 2, 2));
            const auto value = one.number<std::uint8_t>(16);
            good_ = good_ && one.good() && one.left_.empty();
            // Words of four octets, each printed as a number of the host's.
            const std::size_t at = order == std::endian::little ? octet ^ 3U : octet;
            address.ip.bytes[at] = value;
        }
        left_.remove_prefix(digits);
        colon();
        address.port = number<std::uint16_t>(16);
        return address;
    }

  private:
    std::string_view left_;
    bool good_ = true;
};

}  // namespace

std::optional<ProcNetTcpRow> parse_proc_net_tcp(std::string_view text, std::endian order) {
    Row row(text.substr(std::min(text.find_first_not_of(' '), text.size())));
    ProcNetTcpRow found;
    found.slot = row.number<std::uint32_t>(10);
    row.colon();
    row.spaces();
    found.local = row.address(order);
    row.spaces();
    found.remote = row.address(order);
    row.spaces();
    found.st = row.number<std::uint8_t>(16);
    found.state = state_of_st(found.st);
    row.spaces();
    found.tx_queue = row.number<std::uint32_t>(16);
    row.colon();
    found.rx_queue = row.number<std::uint32_t>(16);
    row.spaces();
    found.timer = row.number<std::uint8_t>(16);
    row.colon();
    found.timer_ticks = row.number<std::uint32_t>(16);
    row.spaces();
    found.retransmits = row.number<std::uint32_t>(16);
    row.spaces();
    found.uid = row.number<std::uint32_t>(10);
    row.spaces();
    (void)row.number<std::uint32_t>(10);  // "timeout": zero window probes not answered
    row.spaces();
    found.inode = row.number<std::uint32_t>(10);
    return row.good() ? std::optional(found) : std::nullopt;
}

State state_of_st(std::uint8_t st) {
    // include/net/tcp_states.h
    constexpr std::array kByNumber = {State::Unknown,  State::Established, State::SynSent,
                                      State::SynRcvd,  State::FinWait1,    State::FinWait2,
                                      State::TimeWait, State::Closed,      State::CloseWait,
                                      State::LastAck,  State::Listen,      State::Closing};
    return st < kByNumber.size() ? kByNumber[st] : State::Unknown;
}

}  // namespace tcpstep::model
