#include "model/qlog/claim_fields.hpp"

namespace tcpstep::model::qlog {

namespace {

Sighting read_sighting(const Fields& data) {
    Sighting one;
    one.at_us = data.number<std::int64_t>("at_us");
    one.event = data.text("event");
    one.segment = data.number_or_zero<SegmentId>("segment");
    one.call = data.number_or_zero<CallId>("call_id");
    if (data.has("endpoint")) one.endpoint = name(data.role("endpoint"));
    if (data.has("state")) one.state = name(data.state("state"));
    return one;
}

}  // namespace

ClaimChecked read_claim_checked(const Fields& data) {
    ClaimChecked checked;
    checked.claim = data.text("claim");
    checked.text = data.text("text");
    checked.text_zh = data.text_or_empty("text_zh");
    checked.holds = data.boolean("holds");
    const Value* evidence = data.required("evidence");
    if (evidence == nullptr) return checked;
    const Place place(data.place(), "evidence");
    const Fields fields(*evidence, place, data.faults());
    checked.found = fields.text_or_empty("found");
    checked.expected = fields.text_or_empty("expected");
    const Place seen(place, "seen");
    std::size_t index = 0;
    for (const Value& value : fields.array("seen")) {
        const Place one(seen, index++);
        checked.seen.push_back(read_sighting(Fields(value, one, data.faults())));
    }
    return checked;
}

}  // namespace tcpstep::model::qlog
