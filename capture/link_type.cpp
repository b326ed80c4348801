#include "capture/link_type.hpp"

#include <pcap/dlt.h>

namespace tcpstep::capture {

std::optional<LinkType> link_type_of(int dlt) {
    switch (dlt) {
        case DLT_EN10MB:
            return LinkType::Ethernet;
        case DLT_RAW:
        case DLT_IPV4:
        case DLT_IPV6:
            return LinkType::RawIp;
        case DLT_LINUX_SLL:
            return LinkType::LinuxCookedV1;
        case DLT_LINUX_SLL2:
            return LinkType::LinuxCookedV2;
        case DLT_NULL:
        case DLT_LOOP:
            return LinkType::BsdLoopback;
    }
    return std::nullopt;
}

}  // namespace tcpstep::capture
