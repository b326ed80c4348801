// pcap_loop FILE: reads a capture with libpcap and does nothing with it: what reading alone costs.
#include <cstdio>

#include <pcap/pcap.h>

namespace {

void count(u_char* user, const pcap_pkthdr*, const u_char*) {
    ++*reinterpret_cast<unsigned long long*>(user);
}

}  // namespace

int main(int argc, char** argv) {
    char error[PCAP_ERRBUF_SIZE] = "pcap_loop FILE";
    pcap_t* pcap = argc == 2 ? pcap_open_offline(argv[1], error) : nullptr;
    if (pcap == nullptr) {
        std::fprintf(stderr, "%s\n", error);
        return 2;
    }
    unsigned long long packets = 0;
    pcap_loop(pcap, -1, count, reinterpret_cast<u_char*>(&packets));
    pcap_close(pcap);
    std::printf("%llu\n", packets);
    return 0;
}
