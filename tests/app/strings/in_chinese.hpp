#pragma once

#include "app/strings/strings.hpp"

namespace tcpstep::testing {

/// The program speaks Chinese for the life of this.
struct InChinese {
    InChinese() { strings::set_language(strings::Language::Chinese); }
    ~InChinese() { strings::set_language(strings::Language::English); }
    InChinese(const InChinese&) = delete;
    InChinese& operator=(const InChinese&) = delete;
};

}  // namespace tcpstep::testing
