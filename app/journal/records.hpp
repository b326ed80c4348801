#pragma once

#include <memory>
#include <string>

#include "model/trace.hpp"

namespace tcpstep::journal {

/// A trace that grows, as octets of the sequential form (*.sqlog).
class Records {
  public:
    Records();
    Records(Records&&) noexcept;
    Records& operator=(Records&&) noexcept;
    ~Records();

    /// The records of what was appended since the last call, behind the header at first; "" if
    /// nothing was. Always the same trace, which must outlive this.
    std::string take_new(const model::Trace& trace);

  private:
    struct Growing;
    std::unique_ptr<Growing> growing_;  // nothing before the first event: it is time zero
};

}  // namespace tcpstep::journal
