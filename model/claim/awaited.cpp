#include "model/claim/awaited.hpp"

#include <algorithm>

namespace tcpstep::model::claim {

namespace {

struct Await {
    const Chronicle& chronicle;
    std::vector<EndOf> ends;

    void operator()(const StateIs& claim) { after(claim.at, claim.connection, claim.endpoint); }
    void operator()(const Compares& claim) {
        for (const Value* value : {&claim.left, &claim.right}) {
            if (const auto* of = std::get_if<SampledOf>(value))
                after(of->at, of->connection, of->endpoint);
        }
    }
    template <class Other>
    void operator()(const Other&) {}

  private:
    void after(const Moment& moment, unsigned number, Role endpoint) {
        const auto at = find(moment, chronicle);
        if (!at) return;
        EndOf end{std::nullopt, endpoint};
        if (!chronicle.trace().connections().empty()) end.connection = number - 1;
        const auto& events = chronicle.trace().events();
        const bool told =
            std::any_of(events.begin() + static_cast<std::ptrdiff_t>(*at), events.end(),
                        [&](const Event& event) {
                            const auto* sample = std::get_if<SocketSampled>(&event.fact);
                            return sample != nullptr && sample->endpoint == endpoint &&
                                   (!event.connection || event.connection == end.connection);
                        });
        if (!told) ends.push_back(end);
    }
};

}  // namespace

std::vector<EndOf> awaited(const Predicate& claim, const Chronicle& chronicle) {
    Await await{chronicle, {}};
    std::visit(await, claim);
    return std::move(await.ends);
}

}  // namespace tcpstep::model::claim
