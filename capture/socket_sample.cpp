#include "capture/socket_sample.hpp"

namespace tcpstep::capture {

model::SocketSampled sample_of(model::Role endpoint, const SocketInfo& socket) {
    model::SocketSampled sample;
    sample.endpoint = endpoint;
    sample.state = socket.state;
    sample.recv_q = socket.recv_q;
    sample.send_q = socket.send_q;
    sample.timer = name(socket.timer);
    sample.timer_ms = socket.timer_left.count();
    sample.retransmits = socket.retransmits;
    if (socket.rto) sample.rto_us = static_cast<std::uint32_t>(socket.rto->count());
    sample.inode = socket.inode;
    if (!socket.path) return sample;
    sample.cwnd = socket.path->cwnd;
    sample.ssthresh = socket.path->ssthresh;
    sample.rtt_us = static_cast<std::uint32_t>(socket.path->srtt.count());
    sample.rttvar_us = static_cast<std::uint32_t>(socket.path->rttvar.count());
    sample.recv_buffer = socket.path->recv_buffer;
    sample.send_buffer = socket.path->send_buffer;
    return sample;
}

}  // namespace tcpstep::capture
