#include "app/lesson/parse_step.hpp"

#include <cstring>
#include <limits>

#include "app/lesson/model_fields.hpp"
#include "app/lesson/parse_condition.hpp"

namespace tcpstep::lesson {

namespace {

constexpr std::array kCalls = {Call::Socket,   Call::SetSockOpt, Call::Bind, Call::Listen,
                               Call::Accept,   Call::Connect,    Call::Send, Call::Recv,
                               Call::Shutdown, Call::Close};
constexpr std::array<std::string_view, 3> kHow = {"SHUT_RD", "SHUT_WR", "SHUT_RDWR"};

bool is_errno(const std::string& name) {
    constexpr int kHighest = 133;  // EHWPOISON, errno-base.h and errno.h of Linux
    for (int number = 1; number <= kHighest; ++number) {
        const char* known = strerrorname_np(number);
        if (known != nullptr && name == known) return true;
    }
    return false;
}

void read_call_fields(JsonObject& object, Step& step) {
    if (step.call != Call::Socket) step.on = object.text("on");
    switch (step.call) {
        case Call::Socket:
        case Call::Accept:
            step.as = object.text("as");
            break;
        case Call::SetSockOpt:
            step.option = kSocketOptions[object.choose("option", kSocketOptions)];
            step.value = object.number("value", 0, std::numeric_limits<int>::max());
            break;
        case Call::Bind:
        case Call::Connect:
            if (object.has("address")) step.address = read_address(object, "address");
            break;
        case Call::Listen:
            step.backlog = object.number("backlog", 0, 65535);
            break;
        case Call::Send:
            step.data = object.any_text("data");
            break;
        case Call::Recv:
            step.size = object.number("size", 1, 1 << 20);
            break;
        case Call::Shutdown:
            step.how = kHow[object.choose("how", kHow)];
            break;
        case Call::Close:
            break;
    }
}

}  // namespace

Step parse_step(const nlohmann::json& value, const std::string& place, FirstFault& fault) {
    Step step;
    JsonObject object(value, place, fault);
    const std::string call_name = object.text("call");
    const auto* const call =
        std::find_if(kCalls.begin(), kCalls.end(), [&](Call c) { return name(c) == call_name; });
    if (call == kCalls.end()) {
        object.refuse("call", fmt::format("unknown call \"{}\"", call_name));
        return step;
    }
    step.call = *call;
    read_call_fields(object, step);
    step.label = object.text_or("label", call_name);
    step.pause = std::chrono::milliseconds(object.number_or("pause_ms", 0, 0, 60'000));
    step.fails_with = object.text_or("fails_with", "");
    if (!step.fails_with.empty() && !is_errno(step.fails_with)) {
        object.refuse("fails_with", fmt::format("unknown errno \"{}\"", step.fails_with));
    }
    step.may_stay_blocked = object.truth_if_any("may_stay_blocked").value_or(false);
    step.after = parse_conditions(object, fault);
    object.finish();
    return step;
}

}  // namespace tcpstep::lesson
