#include "app/lesson/parse_step.hpp"

#include <limits>

#include "app/lesson/model_fields.hpp"
#include "app/lesson/parse_condition.hpp"

namespace tcpstep::lesson {

namespace {

constexpr std::array kCalls = {Call::Socket, Call::SetSockOpt,  Call::Bind,        Call::Listen,
                               Call::Accept, Call::Connect,     Call::Send,        Call::Recv,
                               Call::SendTo, Call::RecvFrom,    Call::Shutdown,    Call::Close,
                               Call::Dup,    Call::GetSockName, Call::GetPeerName, Call::ProcNetTcp,
                               Call::Fork,   Call::WaitPid,     Call::Exit};
constexpr std::array<std::string_view, 3> kHow = {"SHUT_RD", "SHUT_WR", "SHUT_RDWR"};

// unix(7): sun_path has 108 octets; of an abstract name the first is 0, where "@" stands here.
constexpr std::size_t kLongestPath = 108;

void read_kind(JsonObject& object, SocketKind& kind) {
    if (object.has("family")) {
        kind.family = object.one_of("family", std::array{Family::Inet, Family::Unix});
    }
    if (object.has("type")) {
        kind.type = object.one_of("type", std::array{SocketType::Stream, SocketType::Datagram});
    }
}

// Another address than the lesson's: by number, or by name for AF_UNIX. check_references() sees
// which of them the socket can have.
void read_other_address(JsonObject& object, Step& step) {
    if (object.has("address")) step.address = read_address(object, "address");
    if (!object.has("path")) return;
    step.path = object.text("path");
    if (step.path.size() < 2 || step.path.size() > kLongestPath || step.path[0] != '@') {
        object.refuse("path", fmt::format("expected an abstract name of at most {} octets, "
                                          "\"@name\", found \"{}\"",
                                          kLongestPath, step.path));
    }
}

// What the call works on, and under which name it keeps a new descriptor.
void read_descriptors(JsonObject& object, Step& step) {
    const bool makes_one = step.call == Call::Socket || step.call == Call::Accept ||
                           step.call == Call::Dup || step.call == Call::Fork;
    const bool on_none =
        step.call == Call::Socket || step.call == Call::Fork || step.call == Call::Exit;
    if (step.call == Call::ProcNetTcp) {
        step.on = object.text_or("on", "");
    } else if (!on_none) {
        step.on = object.text("on");
    }
    if (makes_one) step.as = object.text("as");
}

void read_arguments(JsonObject& object, Step& step, FirstFault& fault) {
    switch (step.call) {
        case Call::Socket:
            read_kind(object, step.kind);
            break;
        case Call::SetSockOpt:
            step.option = kSocketOptions[object.choose("option", kSocketOptions)];
            step.value = object.number("value", 0, std::numeric_limits<int>::max());
            break;
        case Call::Bind:
        case Call::Connect:
            read_other_address(object, step);
            break;
        case Call::Listen:
            step.backlog = object.number("backlog", 0, 65535);
            break;
        case Call::Send:
            step.data = object.any_text("data");
            step.urgent = object.truth_if_any("urgent").value_or(false);
            break;
        case Call::SendTo:
            step.data = object.any_text("data");
            read_other_address(object, step);
            break;
        case Call::Recv:
        case Call::RecvFrom:
            step.size = object.number("size", 1, 1 << 20);
            break;
        case Call::Shutdown:
            step.how = kHow[object.choose("how", kHow)];
            break;
        case Call::Fork:
            if (object.place_of("").find("/child/") != std::string::npos) {
                object.refuse("call", "a child cannot make \"fork\"");
                break;
            }
            object.value("child");
            step.child = object.list("child", [&](const auto& value, const std::string& place) {
                return parse_step(value, place, fault);
            });
            break;
        case Call::Exit:
            step.value = object.number_or("status", 0, 0, 255);
            break;
        case Call::WaitPid:
        case Call::Accept:
        case Call::Close:
        case Call::Dup:
        case Call::GetSockName:
        case Call::GetPeerName:
        case Call::ProcNetTcp:
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
        std::vector<std::string_view> known;
        for (const Call one : kCalls) known.push_back(name(one));
        object.refuse("call", fmt::format("unknown call \"{}\": expected one of {}", call_name,
                                          fmt::join(known, ", ")));
        return step;
    }
    step.call = *call;
    read_descriptors(object, step);
    read_arguments(object, step, fault);
    step.label = object.text_or("label", call_name);
    step.pause = std::chrono::milliseconds(object.number_or("pause_ms", 0, 0, 60'000));
    if (object.has("fails_with")) step.fails_with = read_errno(object, "fails_with");
    step.may_stay_blocked = object.truth_if_any("may_stay_blocked").value_or(false);
    step.after = parse_conditions(object, "after", fault);
    object.finish();
    return step;
}

}  // namespace tcpstep::lesson
