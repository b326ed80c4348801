#pragma once

#include "model/result.hpp"

namespace tcpstep::cli {

/// A bell that any thread may ring and that poll(2) hears.
class Wake {
  public:
    /// MachineForbids if there is no descriptor left.
    static Result<Wake> open();
    Wake(Wake&& other) noexcept;
    Wake& operator=(Wake&&) = delete;
    ~Wake();

    void ring() const;
    /// Readable once it was rung, until silenced.
    int descriptor() const { return descriptor_; }
    void silence() const;

  private:
    explicit Wake(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace tcpstep::cli
