#pragma once

#include <deque>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "capture/segment_gate.hpp"
#include "tests/judge/actor.hpp"
#include "tests/judge/losses.hpp"
#include "tests/judge/record.hpp"

namespace tcpstep::judge {

/// Plays one story on real sockets: has its ends make their calls when they are due, decides what
/// becomes of each segment, and asks the kernel after every step. Never waits.
class Player {
  public:
    Player(Plan plan, capture::SegmentGate& gate, SocketLookup& lookup,
           const model::IpAddress& client, const model::IpAddress& server);
    Player(const Player&) = delete;
    ~Player();

    /// A segment between the addresses of this story has stopped.
    void stopped(capture::SegmentGate::Stopped segment);
    /// Does what is due.
    void tick(Clock::time_point now);
    bool over() const { return over_; }

    Record record;

  private:
    struct Connection {
        Connection(const ConnectionPlan& what, Clock::time_point when,
                   const model::SocketAddress& from, const model::SocketAddress& to,
                   const std::string& number, const Actor::Journal& journal);
        const ConnectionPlan* plan;
        Actor client;
        Actor server;
        bool begun = false;
        int tries = 0;
        Clock::time_point begun_at;
        Clock::time_point due;
    };
    struct Held {
        capture::SegmentGate::Stopped segment;
        bool copy = false;
    };

    void log(std::string text);
    int percent() { return static_cast<int>(random_() % 100); }

    void listen();
    void close_listener();
    void accept_what_is_due(Clock::time_point now);
    void begin_what_is_due(Clock::time_point now);
    bool may_begin(std::size_t index, Clock::time_point now) const;
    void begin(Connection& connection, Clock::time_point now);
    void act(Actor& actor, Clock::time_point now, bool look);

    void deliver(const Held& held);
    void stepped();
    void sample();

    void finish_when_settled(Clock::time_point now);
    bool is_played(Clock::time_point now) const;
    void close_in_the_end();
    void finish(bool settled);
    std::vector<Actor*> actors();

    capture::SegmentGate* gate_;
    SocketLookup* lookup_;
    std::mt19937 random_;
    model::SocketAddress server_;
    Losses losses_;
    std::deque<Connection> connections_;
    int listener_ = -1;
    std::multimap<Clock::time_point, Held> held_;
    Clock::time_point started_, quiet_since_, asked_;
    bool awake_ = true;  // something has happened since the ends were looked at
    std::optional<Clock::time_point> ending_at_;
    bool played_ = false;  // nothing is lost any more
    bool over_ = false;
};

}  // namespace tcpstep::judge
