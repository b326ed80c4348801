#include "model/header_fields.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "model/header_layout.hpp"

namespace tcpstep::model {

namespace {

using Bytes = std::span<const std::uint8_t>;

struct Extent {
    Field field;
    std::size_t bits;
};

constexpr std::array kIpv4 = {Extent{Field::Version, 4},
                              Extent{Field::HeaderLength, 4},
                              Extent{Field::Dscp, 6},
                              Extent{Field::Ecn, 2},
                              Extent{Field::TotalLength, 16},
                              Extent{Field::Identification, 16},
                              Extent{Field::IpReserved, 1},
                              Extent{Field::DontFragment, 1},
                              Extent{Field::MoreFragments, 1},
                              Extent{Field::FragmentOffset, 13},
                              Extent{Field::TimeToLive, 8},
                              Extent{Field::Protocol, 8},
                              Extent{Field::HeaderChecksum, 16},
                              Extent{Field::SourceAddress, 32},
                              Extent{Field::DestinationAddress, 32}};
constexpr std::array kIpv6 = {Extent{Field::Version, 4},
                              Extent{Field::Dscp, 6},
                              Extent{Field::Ecn, 2},
                              Extent{Field::FlowLabel, 20},
                              Extent{Field::PayloadLength, 16},
                              Extent{Field::NextHeader, 8},
                              Extent{Field::HopLimit, 8},
                              Extent{Field::SourceAddress, 128},
                              Extent{Field::DestinationAddress, 128}};
constexpr std::array kTcp = {Extent{Field::SourcePort, 16}, Extent{Field::DestinationPort, 16},
                             Extent{Field::Sequence, 32},   Extent{Field::Acknowledgment, 32},
                             Extent{Field::DataOffset, 4},  Extent{Field::Reserved, 3},
                             Extent{Field::Ae, 1},          Extent{Field::Cwr, 1},
                             Extent{Field::Ece, 1},         Extent{Field::Urg, 1},
                             Extent{Field::Ack, 1},         Extent{Field::Psh, 1},
                             Extent{Field::Rst, 1},         Extent{Field::Syn, 1},
                             Extent{Field::Fin, 1},         Extent{Field::Window, 16},
                             Extent{Field::Checksum, 16},   Extent{Field::UrgentPointer, 16}};

// IANA "TCP Option Kind Numbers".
constexpr std::uint8_t kEnd = 0, kNop = 1, kMss = 2, kScale = 3, kSack = 5, kTimestamps = 8,
                       kFastOpen = 34;

class Writer {
  public:
    explicit Writer(Bytes headers) : bits_(headers.size() * 8) {}

    // False if it is not there whole.
    bool add(Field field, std::size_t bits, std::uint8_t option = 0) {
        if (at_ + bits > bits_) return false;
        FieldId id{field, option, 0};
        for (const HeaderField& other : fields_)
            if (other.id.field == field && other.id.option == option) ++id.nth;
        fields_.push_back({id, at_, bits});
        at_ += bits;
        return true;
    }
    template <std::size_t N>
    bool add_all(const std::array<Extent, N>& extents) {
        return std::all_of(extents.begin(), extents.end(),
                           [this](const Extent& one) { return add(one.field, one.bits); });
    }
    void fill(Field field, std::size_t to_octet) {
        if (to_octet * 8 > at_) add(field, to_octet * 8 - at_);
    }
    std::vector<HeaderField> take() { return std::move(fields_); }

  private:
    std::size_t bits_;
    std::size_t at_ = 0;
    std::vector<HeaderField> fields_;
};

// What an option carries behind its kind and length, of `left` octets.
void add_content(Writer& writer, std::uint8_t kind, std::size_t left) {
    if (kind == kMss && left == 2) {
        writer.add(Field::Mss, 16, kind);
    } else if (kind == kScale && left == 1) {
        writer.add(Field::ScaleShift, 8, kind);
    } else if (kind == kTimestamps && left == 8) {
        writer.add(Field::TimestampValue, 32, kind);
        writer.add(Field::TimestampEcho, 32, kind);
    } else if (kind == kSack && left > 0 && left % 8 == 0) {
        for (; left > 0; left -= 8) {
            writer.add(Field::SackLeft, 32, kind);
            writer.add(Field::SackRight, 32, kind);
        }
    } else if (left > 0) {
        writer.add(kind == kFastOpen ? Field::Cookie : Field::OptionData, left * 8, kind);
    }
}

void add_options(Writer& writer, Bytes area) {
    while (!area.empty()) {
        const std::uint8_t kind = area[0];
        if (kind == kEnd) {
            writer.add(Field::EndOfOptions, 8);
            if (area.size() > 1) writer.add(Field::OptionPadding, (area.size() - 1) * 8);
            return;
        }
        if (kind == kNop) {
            writer.add(Field::NoOperation, 8);
            area = area.subspan(1);
            continue;
        }
        if (area.size() < 2 || area[1] < 2 || area[1] > area.size()) {
            writer.add(Field::MalformedOption, area.size() * 8);
            return;
        }
        writer.add(Field::OptionKind, 8, kind);
        writer.add(Field::OptionLength, 8, kind);
        add_content(writer, kind, area[1] - std::size_t{2});
        area = area.subspan(area[1]);
    }
}

}  // namespace

std::vector<HeaderField> header_fields(Bytes headers) {
    Writer writer(headers);
    if (headers.empty()) return {};
    const unsigned version = headers[0] >> 4U;
    const std::size_t tcp = tcp_header_offset(headers);
    if (version == 4) {
        if (!writer.add_all(kIpv4)) return writer.take();
        writer.fill(Field::IpOptions, tcp);
    } else if (version == 6) {
        if (!writer.add_all(kIpv6)) return writer.take();
        writer.fill(Field::ExtensionHeaders, tcp);
    } else {
        return {};
    }
    if (tcp < headers.size() && writer.add_all(kTcp)) add_options(writer, tcp_options_in(headers));
    return writer.take();
}

std::uint64_t value_of(const HeaderField& field, Bytes headers) {
    std::uint64_t value = 0;
    const std::size_t end =
        std::min(field.bit + std::min(field.bits, std::size_t{64}), headers.size() * 8);
    for (std::size_t bit = field.bit; bit < end; ++bit)
        value = value << 1U | (headers[bit / 8] >> (7 - bit % 8) & 1U);
    return value;
}

}  // namespace tcpstep::model
