#include "model/claim/shown.hpp"

#include <cstdlib>

namespace tcpstep::model::claim {

namespace {

// "0.8".
std::string microseconds(std::int64_t nanoseconds) {
    return std::to_string(nanoseconds / 1000) + "." + std::to_string(nanoseconds % 1000 / 100);
}

// "59.98".
std::string seconds(std::int64_t hundredths) {
    const std::string digits = std::to_string(100 + std::abs(hundredths) % 100).substr(1);
    return (hundredths < 0 ? "-" : "") + std::to_string(std::abs(hundredths) / 100) + "." + digits;
}

std::string digits_of(const Value& value, std::int64_t number) {
    const auto* sampled = std::get_if<SampledOf>(&value);
    const auto* cell = std::get_if<CellOf>(&value);
    if (sampled != nullptr && sampled->field == SampledField::TimerMs) return seconds(number / 10);
    if (cell != nullptr && cell->column == Column::TmWhen) return seconds(number);
    if (std::holds_alternative<Shortest>(value)) return microseconds(number);
    return std::to_string(number);
}

}  // namespace

std::string shown(const Value& value, std::int64_t number) {
    return digits_of(value, number).append(unit(value));
}

}  // namespace tcpstep::model::claim
