#include "app/view/kernel_panel.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/view/say.hpp"
#include "app/view/time_text.hpp"
#include "app/view/timer_name.hpp"

namespace tcpstep::view {

using namespace model;
using Kind = KernelItem::Kind;

namespace {

constexpr Duration kTimeWait = std::chrono::seconds(60);  // TCP_TIMEWAIT_LEN of Linux
constexpr std::size_t kColumns = 3;                       // of what tcp_info adds
constexpr float kLeastBox = 0.42F;                        // em; smaller ones cannot be counted
constexpr float kNarrow = 12.8F;                          // em; a row has no halves there
constexpr float kQueueName = 6.1F;                        // em
constexpr float kQueueValue = 3.2F;
constexpr float kQueueHalf = 7.4F;  // a name, a little smaller, and its number
constexpr float kOctetsName = 3.3F;

void set_verdict(KernelPanel& panel, const Endpoint& end) {
    switch (end.agreement()) {
        case Agreement::NotSampled:
            break;
        case Agreement::Agrees:
            panel.verdict = say(Text::KernelAgrees);
            panel.agrees = true;
            panel.verdict_colour = ColourRole::Syn;
            break;
        case Agreement::Differs:
            panel.verdict =
                say(Text::KernelContradicts, name(end.state()), name(end.kernel()->state));
            panel.alarm = true;
            panel.verdict_colour = ColourRole::Rst;
            break;
        case Agreement::Stale:
            panel.verdict = say(Text::KernelStale);
            panel.brief = say(Text::KernelStaleShort);
            panel.past = true;
            break;
    }
}

float share(double part, double whole) {
    if (part <= 0 || whole <= 0) return 0;
    return static_cast<float>(std::min(1.0, part / whole));
}

// The rows of the panel, filled from top to bottom.
class Rows {
  public:
    explicit Rows(const KernelInput& in)
        : area_(in.area),
          row_(kKernelRow * in.em),
          gap_(0.8F * in.em),
          narrow_(in.area.w < kNarrow * in.em),
          // A hair less than a whole row is a whole row.
          left_(static_cast<std::size_t>(std::max(0.0F, std::floor(in.area.h / row_ + 0.01F)))) {}

    std::size_t left() const { return left_; }
    float height() const { return row_; }
    /// So much on the left belongs to something else from now on.
    void indent(float w) {
        area_.x += w;
        area_.w -= w;
    }
    /// The next row, in equal parts; where it is too narrow for parts, rows of their own as far as
    /// there are some left.
    std::vector<Rect> take(std::size_t parts) {
        if (narrow_ && parts > 1) {
            std::vector<Rect> rows;
            while (rows.size() < parts && left_ > 0) rows.push_back(take(1).front());
            return rows;
        }
        const auto n = static_cast<float>(parts);
        const float w = (area_.w - gap_ * (n - 1)) / n;
        std::vector<Rect> cells;
        for (std::size_t i = 0; i < parts; ++i) {
            cells.push_back({area_.x + static_cast<float>(i) * (w + gap_), area_.y, w, row_});
        }
        area_.y += row_;
        --left_;
        return cells;
    }
    /// Where parts became rows: so many rows of the last ones stay free after all.
    void give_back(std::size_t rows) {
        if (!narrow_) return;
        area_.y -= static_cast<float>(rows) * row_;
        left_ += rows;
    }
    bool narrow() const { return narrow_; }
    float half() const { return (area_.w - gap_) / 2; }
    Rect rest() const { return {area_.x, area_.y, area_.w, static_cast<float>(left_) * row_}; }

  private:
    Rect area_;
    float row_, gap_;
    bool narrow_;
    std::size_t left_;
};

KernelItem item(Kind kind, std::string name, std::string value, std::string tip) {
    KernelItem made;
    made.kind = kind;
    made.name = std::move(name);
    made.value = std::move(value);
    made.tip = std::move(tip);
    return made;
}

// How long until the socket's timer fires, at the moment that is looked at.
Duration timer_left(const KernelInput& in, const SocketSampled& sample, KernelPanel& panel) {
    const Duration sampled = std::chrono::milliseconds(sample.timer_ms);
    const auto at = in.index.sample_before(in.role, in.position);
    if (!at) return sampled;
    const Time now = in.now.value_or(in.timeline.event(in.position - 1).time);
    const Duration left = in.timeline.event(*at).time + sampled - now;
    if (in.now) panel.changes_in = until_shrunk(left);
    return std::max(left, Duration(0));
}

// From the timer's start to its end; 0 where that is not known.
Duration timer_span(const SocketSampled& sample) {
    if (sample.timer != "retransmit") return {};
    if (sample.rto_us > 0) return std::chrono::microseconds(sample.rto_us);
    if (sample.state != State::SynRcvd) return {};
    // Linux: a request's timer is TCP_TIMEOUT_INIT, doubled with each SYN,ACK up to TCP_RTO_MAX; it
    // has no tcp_info to tell it.
    constexpr std::uint32_t kMostDoublings = 7;
    const Duration first = std::chrono::seconds(1);
    return std::min<Duration>(first * (1U << std::min(sample.retransmits, kMostDoublings)),
                              std::chrono::seconds(120));
}

KernelItem bar(const char* name, std::uint32_t octets, std::uint32_t buffer, Text tip) {
    KernelItem made = item(Kind::Bar, name, fmt::format("{}", octets), say(tip));
    made.name_room = kOctetsName;
    if (buffer == 0) return made;
    made.fill = share(octets, buffer);
    made.tip = say(Text::TipBuffer, made.tip, buffer);
    return made;
}

KernelItem queue(Text name, std::uint32_t waiting, const ListenerSampled& listener, bool accept) {
    // sk_acceptq_is_full() of Linux: the queue is full only beyond the backlog.
    const std::uint64_t most = std::uint64_t{listener.backlog} + 1;
    KernelItem made =
        item(Kind::Boxes, say(name),
             accept ? fmt::format("{}/{}", waiting, listener.backlog) : fmt::format("{}", waiting),
             accept ? say(Text::TipAcceptQueue, most) : say(Text::TipSynQueue));
    made.boxes = static_cast<unsigned>(std::max<std::uint64_t>(most, waiting));
    if (accept && listener.backlog > 0) made.apart = 1;
    made.filled = waiting;
    made.name_room = kQueueName;
    made.loud = accept && waiting >= most;
    made.fill = share(waiting, static_cast<double>(most));
    return made;
}

std::vector<KernelItem> facts_of(const SocketSampled& sample) {
    std::vector<KernelItem> facts;
    const auto add = [&](std::string name, std::string value, std::string tip) {
        facts.push_back(item(Kind::Fact, std::move(name), std::move(value), std::move(tip)));
    };
    const auto span = [](std::uint32_t us) { return span_text(std::chrono::microseconds(us)); };
    const bool path = sample.cwnd > 0;
    if (sample.rto_us > 0) add("rto", span(sample.rto_us), say(Text::TipRto));
    if (path) add("cwnd", fmt::format("{}", sample.cwnd), say(Text::TipCwnd));
    add(say(Text::KernelRetransmits), fmt::format("{}", sample.retransmits),
        say(Text::TipRetransmits));
    facts.back().loud = sample.retransmits > 0;
    if (!path) return facts;
    const bool measured = sample.rtt_us > 0;
    add("rtt", measured ? span(sample.rtt_us) : "–", say(Text::TipRtt));
    if (measured) facts.back().tip += fmt::format(" (± {})", span(sample.rttvar_us));
    add("ssthresh", sample.ssthresh > 0 ? fmt::format("{}", sample.ssthresh) : "∞",
        say(Text::TipSsthresh));
    return facts;
}

class Layout {
  public:
    Layout(const KernelInput& in, KernelPanel& panel)
        : in_(in), connection_(in.timeline.at(in.position)), rows_(in), panel_(panel) {
        const std::optional<SocketSampled>& sample = connection_.end(in.role).kernel();
        if (sample) sample_ = &*sample;
        if (in.role == Role::Server && connection_.listener) listener_ = &*connection_.listener;
    }

    void lay_out() {
        if (rows_.left() == 0) return;
        if (sample_ != nullptr && sample_->state == State::TimeWait) {
            add_ring();
            add_queues();
            return;
        }
        add_state();
        const bool socket = sample_ != nullptr && sample_->state != State::Closed;
        const bool connected =
            socket && sample_->state != State::Listen && sample_->state != State::SynRcvd;
        const bool waits =
            listener_ != nullptr && listener_->accept_queue + listener_->syn_queue > 0;
        // Before it is connected, an end of a listener has queues of connections, not of octets.
        if (rows_.narrow() && waits) {
            add_queues();
            if (connected) add_bars();
        } else {
            if (connected) add_bars();
            add_queues();
        }
        if (connected || (socket && sample_->state == State::SynRcvd)) add_facts();
    }

  private:
    void put(KernelItem made, Rect box) {
        made.box = box;
        made.name_room *= in_.em;
        panel_.items.push_back(std::move(made));
    }

    void add_state() {
        if (sample_ == nullptr) {
            const bool captured = in_.timeline.at(in_.timeline.size()).captured();
            // What a listener has sampled before its connection's socket is: whose queues these are
            // must be said, for of the socket nothing is known.
            const bool queues = listener_ != nullptr && rows_.left() > 1;
            const Text why = captured ? Text::KernelNotAsked
                             : queues ? Text::KernelSocketNotSampled
                                      : Text::KernelNotSampled;
            return put(item(Kind::Remark, "", say(why), ""), rows_.take(1).front());
        }
        if (in_.state_told && connection_.end(in_.role).agreement() == Agreement::Agrees)
            return add_what_is_beside_the_state();
        const std::vector<Rect> halves = rows_.take(2);
        const std::string state(name(sample_->state));
        const std::string tip = say(Text::TipKernelState);
        if (sample_->state == State::Closed) {
            put(item(Kind::State, "", state, tip), halves[0]);
            if (halves.size() < 2) return;
            return put(item(Kind::Remark, "", say(Text::KernelNoSocket), ""), halves[1]);
        }
        put(item(Kind::State, "", state, tip), halves[0]);
        if (sample_->timer.empty()) return rows_.give_back(halves.size() - 1);
        if (halves.size() < 2) return;
        add_timer(halves[1]);
    }

    void add_what_is_beside_the_state() {
        if (sample_->state == State::Closed) {
            return put(item(Kind::Remark, "", say(Text::KernelNoSocket), ""),
                       rows_.take(1).front());
        }
        if (!sample_->timer.empty()) add_timer(rows_.take(1).front());
    }

    void add_timer(Rect box) {
        const Duration left = timer_left(in_, *sample_, panel_);
        KernelItem timer =
            item(Kind::Timer, timer_name(*sample_), running_text(left), say(Text::TipTimer));
        if (const Duration whole = timer_span(*sample_); whole.count() > 0) {
            timer.fill =
                share(static_cast<double>(left.count()), static_cast<double>(whole.count()));
        }
        put(std::move(timer), box);
    }

    // It has no queues and no windows any more: the ring has their room.
    void add_ring() {
        const std::size_t queues = listener_ != nullptr && rows_.left() > 2 ? 1 : 0;
        const float side = std::min(static_cast<float>(rows_.left() - queues) * rows_.height(),
                                    std::min(4.2F * in_.em, 0.4F * in_.area.w));
        const Duration left = timer_left(in_, *sample_, panel_);
        KernelItem ring =
            item(Kind::Ring, timer_name(*sample_), running_text(left), say(Text::TipTimeWait));
        ring.fill = share(static_cast<double>(left.count()), kTimeWait.count());
        put(std::move(ring), {in_.area.x, in_.area.y, side, side});
        rows_.indent(side + 0.8F * in_.em);
        put(item(Kind::State, "", std::string(name(State::TimeWait)), say(Text::TipKernelState)),
            rows_.take(1).front());
        if (rows_.left() == 0) return;
        const Text words = in_.over ? Text::KernelLeftAtEnd : Text::KernelLeft;
        put(item(Kind::Remark, "", say(words, running_text(left)), ""), rows_.take(1).front());
    }

    void add_bars() {
        if (rows_.left() == 0) return;
        const std::vector<Rect> halves = rows_.take(2);
        put(bar("Recv-Q", sample_->recv_q, sample_->recv_buffer, Text::TipRecvQ), halves[0]);
        if (halves.size() < 2) return;
        put(bar("Send-Q", sample_->send_q, sample_->send_buffer, Text::TipSendQ), halves[1]);
    }

    void add_queues() {
        if (listener_ == nullptr || rows_.left() == 0) return;
        KernelItem accept =
            queue(Text::KernelAcceptQueue, listener_->accept_queue, *listener_, true);
        KernelItem syn = queue(Text::KernelSynQueue, listener_->syn_queue, *listener_, false);
        // Each has a row of its own while something waits in one, and where nothing else has to
        // give way for it.
        const bool facts = sample_ != nullptr && sample_->state != State::Listen &&
                           sample_->state != State::Closed && sample_->state != State::TimeWait;
        const std::size_t wanted = facts ? 3 : 2;
        const bool waits = listener_->accept_queue > 0 || listener_->syn_queue > 0;
        // Two in a row would touch.
        const bool tight = rows_.half() < kQueueHalf * in_.em;
        const bool apart = rows_.left() >= (waits || tight ? 2 : wanted);
        std::vector<Rect> cells = rows_.take(apart ? 1 : 2);
        if (apart && rows_.left() > 0) cells.push_back(rows_.take(1).front());
        for (KernelItem* one : {&accept, &syn}) {
            if (one == &syn && cells.size() < 2) return;
            const Rect cell = one == &accept ? cells[0] : cells[1];
            const float room = cell.w - (kQueueName + kQueueValue) * in_.em;
            if (room < kLeastBox * in_.em * static_cast<float>(one->boxes)) {
                one->kind = Kind::Bar;
                one->boxes = one->filled = 0;
            }
            put(std::move(*one), cell);
        }
    }

    void add_facts() {
        std::vector<KernelItem> facts = facts_of(*sample_);
        const std::size_t columns = rows_.narrow() ? 1 : kColumns;
        for (std::size_t i = 0; i < facts.size() && rows_.left() > 0; i += columns) {
            const std::vector<Rect> cells = rows_.take(columns);
            for (std::size_t k = 0; k < cells.size() && i + k < facts.size(); ++k) {
                put(std::move(facts[i + k]), cells[k]);
            }
        }
    }

    const KernelInput& in_;
    const Connection& connection_;
    Rows rows_;
    KernelPanel& panel_;
    const SocketSampled* sample_ = nullptr;
    const ListenerSampled* listener_ = nullptr;
};

}  // namespace

KernelPanel lay_out_kernel(const KernelInput& input) {
    KernelPanel panel;
    set_verdict(panel, input.timeline.at(input.position).end(input.role));
    Layout(input, panel).lay_out();
    return panel;
}

}  // namespace tcpstep::view
