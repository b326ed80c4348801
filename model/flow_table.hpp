#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/address.hpp"
#include "model/address_hash.hpp"
#include "model/event.hpp"
#include "model/hash_index.hpp"
#include "model/segment.hpp"
#include "model/side.hpp"
#include "model/trace.hpp"

namespace tcpstep::model {

/// Tells to which connection a segment belongs, and which end sent it. This is the one place with
/// the rules of when a connection begins and who its client is.
///
/// *Client* is the sender of the first SYN without ACK; where none was seen, the receiver of a
/// SYN,ACK; else the end with the higher port, which is a guess. When SYNs cross (simultaneous
/// open) the client is the lower address and port, whoever's SYN was captured first. In a
/// connection to itself (source and destination are the same) nothing tells the ends apart: every
/// segment is the client's.
///
/// A new connection between the same addresses and ports, the next *generation*, begins with a SYN
/// (without ACK) that carries another initial sequence number than the sender's last, once the
/// connection before is over (a RST was seen, or both FINs) or if that last SYN was never answered.
/// While the connection lives such a SYN is first taken as its own: its receiver answers it with a
/// challenge ACK (RFC 9293 3.10.7.4). Only a SYN,ACK that acknowledges it, or a RST and the SYN
/// again, show that it opens another; Placed::syn_taken_back tells it then. So may who sees that
/// its sender does not go on with the connection: begin_doubted(). A SYN with a sequence number
/// already known is a duplicate, also if it opened the generation before.
class FlowTable {
  public:
    /// If the `server` is known, whoever has that address is the server, though both ends may open
    /// actively.
    explicit FlowTable(std::optional<SocketAddress> server = std::nullopt,
                       AddressHash hash = AddressHash())
        : server_(server), hash_(hash) {}

    /// What the rules look at.
    struct Facts {
        SeqNum seq;
        SeqNum ack;
        Flags flags;
    };

    struct Placed {
        ConnectionIndex connection = 0;
        Side side = Side::Low;
        Role from = Role::Client;
        bool began = false;  ///< the connection is a new one
        /// If it began as the next generation: the connection before.
        std::optional<ConnectionIndex> before;
        /// It is a SYN that may belong to the connection that comes next, see above.
        bool syn_in_doubt = false;
        /// Only if it `began`: the SYN that opened it was in doubt, and was placed in the
        /// connection before.
        bool syn_taken_back = false;
    };
    Placed place(const SocketAddress& source, const SocketAddress& destination,
                 const Facts& facts) {
        Hint hint;
        fetch(source, destination, hint);
        return place(hint, source, destination, facts);
    }

    // The same in three steps, for who has several segments to place: the table of a big capture is
    // not in the processor's caches, and memory is slow unless it is asked early.

    /// What the first steps have found.
    struct Hint {
        std::uint32_t hash = 0;
        std::optional<ConnectionIndex> likely;  ///< the connection that it will be, most likely
    };

    /// Begins to fetch what expect() needs.
    void fetch(const SocketAddress& source, const SocketAddress& destination, Hint& hint) const {
        hint.hash = hash_.of_pair(source, destination);
        hint.likely.reset();
        newest_.fetch(hint.hash);
    }
    /// Begins to fetch what place() needs.
    void expect(Hint& hint) const;
    Placed place(const Hint& hint, const SocketAddress& source, const SocketAddress& destination,
                 const Facts& facts);

    /// The SYN in doubt, which was placed in that connection, was never answered: nor did its
    /// sender go on with the connection, so it opened another all the same.
    Placed begin_doubted(ConnectionIndex before);
    /// That SYN.
    struct Doubtful {
        SocketAddress source;
        SeqNum isn;
    };
    Doubtful doubtful(ConnectionIndex before) const {
        const Flow& flow = flows_[before];
        return {flow.address(flow.doubtful_side), flow.doubtful_isn};
    }

    /// The newest connection between these two; nothing if there is none yet.
    std::optional<ConnectionIndex> find(const SocketAddress& one, const SocketAddress& other) const;

    std::size_t size() const { return flows_.size(); }

    // What is told of a connection may be corrected by later segments: by a SYN that crosses the
    // first one, or the first that tells the roles where they were guessed.

    ConnectionId id(ConnectionIndex index) const;
    /// Nothing told who opened: the ports were compared.
    bool roles_guessed(ConnectionIndex index) const { return flows_[index].guessed; }
    Role role(ConnectionIndex index, Side side) const { return flows_[index].role(side); }

    /// Both ends are the same address and port.
    bool to_itself(ConnectionIndex index) const { return flows_[index].low == flows_[index].high; }
    const SocketAddress& address(ConnectionIndex index, Side side) const {
        return flows_[index].address(side);
    }
    /// That of the other end.
    const SocketAddress& peer_address(ConnectionIndex index, Side side) const {
        return flows_[index].address(flows_[index].other(side));
    }

    /// Octets of memory that it holds.
    std::size_t bytes() const { return flows_.capacity() * sizeof(Flow) + newest_.bytes(); }

  private:
    /// What is known of a side.
    enum class Mark : std::uint8_t {
        Isn,       ///< its initial sequence number
        Opened,    ///< it sent a SYN without ACK
        Answered,  ///< what it sent was acknowledged by the other
        Finished,  ///< it sent a FIN
    };
    class Marks {
      public:
        bool has(Mark mark, Side side) const { return (bits_ & bit(mark, side)) != 0; }
        bool both(Mark mark) const { return has(mark, Side::Low) && has(mark, Side::High); }
        void add(Mark mark, Side side) {
            bits_ = static_cast<std::uint8_t>(bits_ | bit(mark, side));
        }

      private:
        static unsigned bit(Mark mark, Side side) {
            return 1U << (2 * static_cast<unsigned>(mark) + static_cast<unsigned>(side));
        }
        std::uint8_t bits_ = 0;
    };

    /// One connection: a cache line.
    struct alignas(64) Flow {
        SocketAddress low;
        SocketAddress high;
        unsigned generation = 1;
        std::array<SeqNum, 2> isn;  ///< by side: initial sequence number, if marked
        SeqNum old_isn;             ///< of the SYN that opened the generation before, if has_old
        SeqNum doubtful_isn;        ///< of the SYN in doubt, if has_doubt
        Marks marks;
        bool reset : 1 = false;
        bool guessed : 1 = false;
        Side client : 1 = Side::Low;
        bool has_old : 1 = false;
        Side old_side : 1 = Side::Low;
        bool has_doubt : 1 = false;
        Side doubtful_side : 1 = Side::Low;
        bool superseded : 1 = false;  ///< by the next generation

        const SocketAddress& address(Side side) const { return side == Side::Low ? low : high; }
        Side other(Side side) const;
        /// Whether it is between these two; then `side` becomes that of the first.
        bool is_between(const SocketAddress& one, const SocketAddress& other, Side& side) const;
        Role role(Side side) const { return side == client ? Role::Client : Role::Server; }
        SeqNum isn_of(Side side) const { return isn[static_cast<std::size_t>(side)]; }
        void set_isn(Side side, SeqNum seq) {
            isn[static_cast<std::size_t>(side)] = seq;
            marks.add(Mark::Isn, side);
        }
        /// The capture has not, or not yet, seen the SYN of that side.
        void begin_unseen(Side side, SeqNum seq) {
            set_isn(side, seq);
            marks.add(Mark::Answered, side);
        }
        bool has_isn(Side side, SeqNum seq) const {
            return marks.has(Mark::Isn, side) && isn_of(side) == seq;
        }
        bool had_isn(Side side, SeqNum seq) const {
            return has_old && old_side == side && old_isn == seq;
        }
        bool doubts(Side side, SeqNum seq) const {
            return has_doubt && doubtful_side == side && doubtful_isn == seq;
        }
        bool over() const {
            return reset || marks.both(Mark::Finished) ||
                   (marks.has(Mark::Finished, Side::Low) && low == high);
        }
    };

    static_assert(sizeof(Flow) == 64);

    struct Found {
        ConnectionIndex connection = 0;
        Side side = Side::Low;  ///< of the first of the two that were looked for
    };
    bool find_newest(const Hint& hint, const SocketAddress& one, const SocketAddress& other,
                     Found& found) const;
    Placed begin(std::uint32_t hash, const SocketAddress& source, const SocketAddress& destination,
                 const Facts& facts);
    static bool begins_next(const Flow& flow, Side side, const Facts& facts);
    Placed begin_next(std::uint32_t hash, ConnectionIndex before, Side side, const Facts& facts);
    bool server_known(const Flow& flow) const;
    void note_first(Flow& flow, Side side, const Facts& facts) const;
    void note(Flow& flow, Side side, const Facts& facts) const;
    void note_syn(Flow& flow, Side side, SeqNum seq) const;
    void note_syn_ack(Flow& flow, Side side, const Facts& facts) const;

    std::optional<SocketAddress> server_;
    AddressHash hash_;
    HashIndex newest_;  // by the pair of addresses
    std::vector<Flow> flows_;
};

}  // namespace tcpstep::model
