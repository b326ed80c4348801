#include "model/qlog/prediction_fields.hpp"

#include <algorithm>
#include <array>

namespace tcpstep::model::qlog {

namespace {

Asked read_asked(const Fields& data) {
    constexpr std::array kAll = {Asked::NextState, Asked::AckNumber, Asked::CallReturns};
    const std::string text = data.text("question");
    const auto found =
        std::find_if(kAll.begin(), kAll.end(), [&](Asked asked) { return name(asked) == text; });
    if (found != kAll.end()) return *found;
    const Value* value = data.optional("question");
    if (value != nullptr && value->text() != nullptr) {
        data.expected("question", R"("next_state", "ack_number" or "call_returns")", *value);
    }
    return Asked::NextState;
}

std::vector<std::string> read_choices(const Fields& data) {
    std::vector<std::string> choices;
    if (data.required("choices") == nullptr) return choices;
    for (const Value& value : data.array("choices")) {
        const std::string_view* text = value.text();
        if (text == nullptr) {
            data.expected("choices", "strings", value);
            return choices;
        }
        choices.emplace_back(*text);
    }
    return choices;
}

// One of the choices; faults are told once.
std::string read_choice(const Fields& data, std::string_view member,
                        const std::vector<std::string>& choices) {
    const std::size_t before = data.faults().count();
    std::string text = data.text(member);
    const bool known = std::find(choices.begin(), choices.end(), text) != choices.end();
    if (!known && data.faults().count() == before)
        data.fault(member, "\"" + text + "\" is none of the choices");
    return text;
}

}  // namespace

PredictionChecked read_prediction_checked(const Fields& data) {
    PredictionChecked checked;
    checked.segment = data.number<SegmentId>("segment", 1);
    checked.endpoint = data.role("endpoint");
    checked.asked = read_asked(data);
    const std::size_t before = data.faults().count();
    checked.choices = read_choices(data);
    if (data.faults().count() > before) return checked;
    checked.answer = read_choice(data, "answer", checked.choices);
    checked.actual = read_choice(data, "actual", checked.choices);
    const bool right = data.boolean("right");
    if (data.faults().count() == before && right != checked.right()) {
        data.fault("right", std::string("expected ") + (checked.right() ? "true" : "false") +
                                ", as answer and outcome say");
    }
    return checked;
}

}  // namespace tcpstep::model::qlog
