#pragma once

#include <ostream>

#include "model/qlog/reader.hpp"

namespace tcpstep::model::qlog {

/// GoogleTest finds it by its name when it prints a fault.
inline void PrintTo(const Fault& fault, std::ostream* out) {
    *out << fault.where << " | " << fault.what;
}

}  // namespace tcpstep::model::qlog
