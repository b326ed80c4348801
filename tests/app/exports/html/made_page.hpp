#pragma once

#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/exports/writers.hpp"

namespace tcpstep::exports::html {

using nlohmann::json;

inline std::string page_of(const model::Trace& trace, const Options& options = {}) {
    std::ostringstream out;
    const auto written = write_html({trace, options}, out);
    EXPECT_TRUE(written) << written.error().line();
    return out.str();
}

inline std::string between(const std::string& text, const std::string& begin,
                           const std::string& end) {
    const std::size_t from = text.find(begin);
    EXPECT_NE(from, std::string::npos) << begin;
    const std::size_t to = text.find(end, from);
    EXPECT_NE(to, std::string::npos) << end;
    return text.substr(from + begin.size(), to - from - begin.size());
}

inline json whole_data_of(const std::string& page) {
    return json::parse(between(page, "id=\"data\">", "</script>"));
}

/// Of the connection that is played first.
inline json data_of(const std::string& page) {
    const json data = whole_data_of(page);
    return data["connections"][data["playing"].get<std::size_t>()];
}

}  // namespace tcpstep::exports::html
