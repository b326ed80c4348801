#include "app/lab/laboratory.hpp"

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <poll.h>

#include "app/lab/clock.hpp"
#include "app/lab/who_waits.hpp"

namespace tcpstep::lab {

namespace {

using model::Time;
using std::chrono::milliseconds;

// How long an event waits for earlier ones. On loopback a segment reaches the capture's ring within
// microseconds of its time stamp; this leaves room for a machine that is busy.
constexpr milliseconds kHoldBack{4};
// How long the end of a free-running lesson may take once both actors are done.
constexpr milliseconds kPatience{5000};
// A free-running lesson takes milliseconds; an actor that waits longer than this waits for what
// will not come. In a held one the kernel's timers may have to run several times.
constexpr milliseconds kActorsPatience{20'000};
constexpr milliseconds kActorsPatienceHeld{150'000};
constexpr milliseconds kForever = std::chrono::hours(24 * 365);
// Linux: TCP_DELACK_MAX is 200 ms. What is not acknowledged by then was thrown away.
constexpr milliseconds kDelayedAck{250};
// The actors are about to block: there is no event when they do, so they are looked at again.
constexpr milliseconds kLookAgain{1};

milliseconds patience(const Equipment& with) {
    if (!with.gate) return kActorsPatience;
    if (!with.command.automatic) return kForever;
    // One that was saved and is not all that was done may wait for what does not come.
    return with.lesson.differs.empty() ? kActorsPatienceHeld : kActorsPatience;
}

constexpr int kActorCount = static_cast<int>(lesson::kActors.size());

// Claims are about the run as the lesson means it: all of its segments held, or none.
std::vector<lesson::Claim> watched_claims(const Equipment& with) {
    const bool held = with.gate.has_value();
    const bool every = with.command.hold.what == Hold::Every && !with.command.show_retransmissions;
    const bool as_meant = held == with.lesson.held && (!held || every);
    if (!as_meant) return {};
    std::vector<lesson::Claim> claims = with.lesson.claims;
    if (with.command.patience && with.lesson.patience) {
        const auto& more = with.lesson.patience->claims;
        claims.insert(claims.end(), more.begin(), more.end());
    }
    return claims;
}

}  // namespace

Laboratory::Laboratory(Equipment equipment)
    : with_(std::move(equipment)),
      lesson_(with_.lesson),
      progress_(kActorCount),
      recorder_(lesson_, with_.gate.has_value(), now(), progress_),
      sampler_(std::move(with_.diag), lesson_.server),
      ending_(lesson_, with_.command.patience, with_.gate.has_value(), progress_, sampler_),
      claims_(watched_claims(with_)),
      stage_{lesson_, inbox_, progress_, with_.command.network, patience(with_)} {
    stage_.by_hand = with_.command.by_hand;
    if (with_.gate) {
        keeper_.emplace(std::move(*with_.gate), with_.command.hold,
                        with_.command.show_retransmissions, lesson_.server, recorder_);
        conductor_.emplace(lesson_.wire, with_.command.automatic, *keeper_, recorder_, progress_);
    }
}

Result<void> Laboratory::run() {
    // Never joined: a call may block for ever, and the process ends when the lesson does.
    for (const lesson::Actor actor : lesson::kActors) {
        std::thread([this, actor] { play(actor, stage_); }).detach();
    }
    while (wait()) {
        const Result<bool> open = obey_commands();
        if (!open) return finish(tl::make_unexpected(open.error()));
        if (!*open) break;
        const Result<bool> complete = round();
        if (!complete) return finish(tl::make_unexpected(complete.error()));
        if (*complete) return finish({});
        if (!send_events(was_quiet_)) break;
    }
    return {};  // the program that started us is gone
}

// Until something happens, or there is something to do. False if the channel is closed.
bool Laboratory::wait() {
    Time until = sampler_.due();
    const auto at_latest = [&until](std::optional<Time> due) {
        if (due) until = std::min(until, *due);
    };
    if (const auto waiting = recorder_.oldest_waiting()) at_latest(*waiting + kHoldBack);
    if ((keeper_ || stage_.by_hand) && sampler_.settled() && !was_quiet_)
        at_latest(now() + kLookAgain);
    if (keeper_) {
        at_latest(keeper_->due());
        if (was_quiet_) at_latest(conductor_->due(now()));
    }
    const auto left = std::chrono::ceil<milliseconds>(until - now()).count();
    std::array<pollfd, 4> descriptors = {pollfd{with_.channel, POLLIN, 0},
                                         pollfd{inbox_.descriptor(), POLLIN, 0},
                                         pollfd{with_.capture.descriptor(), POLLIN, 0},
                                         pollfd{keeper_ ? keeper_->descriptor() : -1, POLLIN, 0}};
    poll(descriptors.data(), descriptors.size(),
         static_cast<int>(std::clamp<std::int64_t>(left, 0, 1000)));
    return (descriptors[0].revents & (POLLERR | POLLNVAL)) == 0;
}

// Takes in what has happened and does what is due. True if the lesson is over.
Result<bool> Laboratory::round() {
    // Read before collecting: if this thread is stopped in between, more has happened by then.
    const Time certain = now() - kHoldBack;
    if (auto collected = collect(); !collected) return tl::make_unexpected(collected.error());
    if (keeper_ && keeper_->due() && *keeper_->due() <= now()) {
        sampler_.disturb(now());
        if (auto passed = keeper_->pass(now()); !passed) {
            return tl::make_unexpected(passed.error());
        }
    }
    recorder_.release(certain);
    if (auto sampled = sample_kernel(); !sampled) return tl::make_unexpected(sampled.error());
    if (const auto error = progress_.error()) return tl::make_unexpected(*error);
    check_claims(false);
    recorder_.release(certain);
    was_quiet_ = is_quiet();
    const Result<bool> complete = is_complete();
    if (!complete || *complete) return complete;
    if (was_quiet_ && keeper_) {
        if (auto conducted = conduct(); !conducted) return tl::make_unexpected(conducted.error());
    }
    return false;
}

// With everything quiet: the script's next step, or the order for who steps by hand.
Result<void> Laboratory::conduct() {
    if (!conductor_->automatic()) return conductor_->keep_order();
    const std::optional<GateCommand> step = conductor_->next(now());
    return step ? obey(*step) : Result<void>{};
}

// False once the program is gone.
Result<bool> Laboratory::obey_commands() {
    bool open = true;
    for (const std::string& line : with_.reader.take(open)) {
        auto parsed = parse_lab_command(line);
        if (!parsed) return tl::make_unexpected(parsed.error());
        ++commands_;
        if (auto* call = std::get_if<MakeCall>(&*parsed)) {
            obey(std::move(*call));
            continue;
        }
        const auto* command = std::get_if<GateCommand>(&*parsed);
        if (!keeper_) continue;
        const bool unforeseen = !std::holds_alternative<Deliver>(*command) &&
                                !std::holds_alternative<SetHold>(*command) &&
                                !std::holds_alternative<SetAutomatic>(*command);
        if (unforeseen) stage_.off_script = true;
        note_by_hand(*command);
        if (auto obeyed = obey(*command); !obeyed) return tl::make_unexpected(obeyed.error());
    }
    return open;
}

Result<void> Laboratory::obey(const GateCommand& command) {
    if (const auto* automatic = std::get_if<SetAutomatic>(&command)) {
        conductor_->set(*automatic);
        return {};
    }
    sampler_.disturb(now());
    return keeper_->obey(command, now());
}

// Only a free lab has actors that wait for it.
void Laboratory::obey(MakeCall call) {
    sampler_.disturb(now());
    if (stage_.by_hand) stage_.queue(call.actor).push(std::move(call.step));
}

Result<void> Laboratory::collect() {
    Time until;
    bool something = false;
    for (Inbox::Stamped& stamped : inbox_.take(until)) {
        recorder_.add(std::move(stamped));
        something = true;
    }
    if (keeper_) {
        const auto stopped = keeper_->take_stopped();
        if (!stopped) return tl::make_unexpected(stopped.error());
        something = something || *stopped;
    }
    const auto drained = with_.capture.drain([&](Time time, capture::Decoded decoded) {
        something = true;
        if (auto* packet = std::get_if<capture::Packet>(&decoded)) {
            if (keeper_) {
                keeper_->captured(time, std::move(*packet));
            } else {
                recorder_.add_segment(time, std::move(*packet));
            }
        } else if (const auto* datagram = std::get_if<capture::Datagram>(&decoded)) {
            recorder_.add_datagram(time, *datagram);
        } else if (const auto* error = std::get_if<capture::IcmpError>(&decoded)) {
            recorder_.add_icmp_error(time, *error);
        } else if (const auto* malformed = std::get_if<capture::Malformed>(&decoded)) {
            recorder_.add(time, std::nullopt, model::Marker{"malformed", malformed->what});
        }
    });
    if (!drained) return tl::make_unexpected(drained.error());
    if (const std::uint64_t lost = with_.capture.lost(); lost != std::exchange(lost_, lost)) {
        recorder_.add(now(), std::nullopt, model::SegmentsLost{lost});
    }
    if (something) sampler_.disturb(now());
    return keeper_ ? keeper_->match(now()) : Result<void>{};
}

Result<void> Laboratory::sample_kernel() {
    if (recorder_.oldest_waiting() || now() < sampler_.due()) return {};
    if (auto looked = sampler_.look(now(), recorder_); !looked) return looked;
    // Who is awake may have come out of a call that nothing here tells of yet: a connect() that
    // gave up leaves no socket to the kernel before its return is known.
    const bool somebody_acts = !in_the_kernel(stage_);
    if (auto collected = collect(); !collected) return collected;
    if (somebody_acts) sampler_.disturb(now());
    if (somebody_acts || recorder_.oldest_waiting()) return {};
    for (KernelSampler::Sample& sample : sampler_.confirm(claims_.awaited())) {
        recorder_.add(sample.time, sample.connection, std::move(sample.fact));
    }
    // Nothing earlier can follow: else the kernel would not have been undisturbed.
    recorder_.release(Time::max());
    return {};
}

// The kernel was asked after all that has happened, all of that is in the trace, and nobody is
// about to do anything. The actors are looked at first: what they did before they fell asleep is in
// the inbox then.
bool Laboratory::is_quiet() {
    if (!sampler_.settled() || recorder_.oldest_waiting()) return false;
    // The kernel tells of no timer that sends a delayed acknowledgment: the segments do.
    const bool steps = keeper_ || stage_.by_hand;
    if (steps && now() < sampler_.disturbed() + kDelayedAck && recorder_.owes_acknowledgment())
        return false;
    if (steps && !all_asleep(stage_)) return false;
    std::array<pollfd, 3> descriptors = {pollfd{inbox_.descriptor(), POLLIN, 0},
                                         pollfd{with_.capture.descriptor(), POLLIN, 0},
                                         pollfd{keeper_ ? keeper_->descriptor() : -1, POLLIN, 0}};
    return poll(descriptors.data(), descriptors.size(), 0) == 0;
}

// The end that the lesson writes, with nothing in flight and the kernel asked about it; or, where
// the user steps, any at which nothing can happen any more.
Result<bool> Laboratory::is_complete() {
    if (stage_.by_hand) return false;
    if (!keeper_) return is_free_run_complete();
    if (!was_quiet_) return false;
    const bool by_script = with_.command.automatic && !stage_.off_script;
    if (conductor_->clear() && ending_.reached()) return true;
    const bool clear = keeper_->flight().clear();
    // What is held is sent again and again, so that something always happens.
    const auto since = conductor_->waits_since();
    const bool waits_in_vain =
        !clear && by_script && since &&
        (ending_.nothing_can_happen(now()) || *since + patience(with_) < now());
    if (waits_in_vain) {
        return tl::make_unexpected(ending_.stands_still(
            "what its script waits for before it lets a segment go does not come"));
    }
    if (!clear || !ending_.nothing_can_happen(now())) return false;
    if (!by_script) return true;
    if (progress_.all_finished()) return tl::make_unexpected(ending_.astray());
    const std::string waits = who_waits(stage_.lesson, progress_);
    return tl::make_unexpected(ending_.stands_still(
        waits.empty() ? "a call or a step waits for what does not come" : waits));
}

Result<bool> Laboratory::is_free_run_complete() {
    if (!progress_.all_finished()) return false;
    if (!actors_done_) actors_done_ = now();
    const bool reached = ending_.reached();
    if (reached && sampler_.settled() && !recorder_.oldest_waiting()) return true;
    if (now() - *actors_done_ < kPatience || (!reached && ending_.waits_for_time())) return false;
    if (reached) return true;  // never quiet, but where it should be
    return tl::make_unexpected(ending_.astray());
}

// What is decided stands right behind what decided it.
void Laboratory::check_claims(bool finished) {
    for (model::ClaimChecked& checked : claims_.decided(recorder_.trace(), finished)) {
        recorder_.add(recorder_.trace().events().back().time, std::nullopt, std::move(checked));
    }
}

// Before it is obeyed: then the segment is still there.
void Laboratory::note_by_hand(const GateCommand& command) {
    if (conductor_->asks_for(command)) return;
    if (const auto* drop = std::get_if<Drop>(&command)) {
        claims_.dropped_by_hand(drop->id);
    } else if (const auto* copy = std::get_if<Duplicate>(&command)) {
        claims_.duplicated_by_hand(copy->id);
    } else if (std::holds_alternative<InjectReset>(command)) {
        claims_.reset_by_hand();
    }
}

// Whatever is still waiting belongs to the trace too, and why the run ended.
Result<void> Laboratory::finish(Result<void> result) {
    recorder_.release(Time::max());
    check_claims(true);
    const bool astray = !result && result.error().kind == ErrorKind::DoesNotHold;
    if (astray && !lesson_.differs.empty()) {
        // As it was written to be: it is not all that was done.
        recorder_.add(now(), std::nullopt, model::Marker{"note", result.error().what});
        result = {};
    }
    recorder_.add(now(), std::nullopt,
                  result ? model::Marker{"lesson_finished", "The lesson is over."}
                         : model::Marker{"error", result.error().line()});
    recorder_.release(Time::max());
    send_events(false);
    return result;
}

bool Laboratory::send_events(bool quiet) {
    if (!send_all(with_.channel, recorder_.take_wire())) return false;
    const std::pair now_quiet{recorder_.trace().events().size(), commands_};
    if (!quiet || recorder_.oldest_waiting() || now_quiet == told_quiet_) return true;
    told_quiet_ = now_quiet;
    return send_all(with_.channel, to_line(Note(Settled{commands_})));
}

}  // namespace tcpstep::lab
