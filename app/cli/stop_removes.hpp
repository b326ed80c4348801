#pragma once

#include <array>
#include <csignal>
#include <cstddef>
#include <string>

namespace tcpstep::cli {

/// While it lives, SIGINT, SIGTERM and SIGHUP take the file away before they end the program as
/// they always do: what is half written does not stay. One that is ignored stays so (nohup). One
/// at a time.
class StopRemoves {
  public:
    /// "": there is no such file.
    explicit StopRemoves(const std::string& file);
    ~StopRemoves();
    StopRemoves(const StopRemoves&) = delete;
    StopRemoves& operator=(const StopRemoves&) = delete;

  private:
    static constexpr std::size_t kSignals = 3;
    std::array<struct sigaction, kSignals> before_{};
};

}  // namespace tcpstep::cli
