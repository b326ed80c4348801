#include "app/freelab/deed.hpp"

namespace tcpstep::freelab {

using lesson::Call;

lesson::Call call_of(Deed deed) {
    switch (deed) {
        case Deed::Socket:
            return Call::Socket;
        case Deed::SetSockOpt:
            return Call::SetSockOpt;
        case Deed::Bind:
            return Call::Bind;
        case Deed::Listen:
            return Call::Listen;
        case Deed::Connect:
            return Call::Connect;
        case Deed::Accept:
            return Call::Accept;
        case Deed::Send:
            return Call::Send;
        case Deed::Recv:
            return Call::Recv;
        case Deed::Shutdown:
            return Call::Shutdown;
        case Deed::Dup:
            return Call::Dup;
        case Deed::GetSockName:
            return Call::GetSockName;
        case Deed::GetPeerName:
            return Call::GetPeerName;
        case Deed::Close:
        case Deed::Abort:
            return Call::Close;
    }
    return Call::Close;
}

std::string_view name(Deed deed) {
    return deed == Deed::Abort ? "abort" : lesson::name(call_of(deed));
}

}  // namespace tcpstep::freelab
