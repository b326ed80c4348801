#include "model/machine.hpp"

namespace tcpstep::model {

std::string_view name(On on) {
    switch (on) {
        case On::PassiveOpen:
            return "passive open";
        case On::ActiveOpen:
            return "active open";
        case On::Close:
            return "close";
        case On::Abort:
            return "abort";
        case On::RcvSyn:
            return "rcv SYN";
        case On::RcvSynAck:
            return "rcv SYN,ACK";
        case On::RcvAckOfSyn:
            return "rcv ACK of SYN";
        case On::RcvFin:
            return "rcv FIN";
        case On::RcvAckOfFin:
            return "rcv ACK of FIN";
        case On::RcvRst:
            return "rcv RST";
        case On::TimeWaitEnds:
            return "2 MSL timeout";
        case On::UserTimeout:
            return "user timeout";
    }
    return "";
}

}  // namespace tcpstep::model
