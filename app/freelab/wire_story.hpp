#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "app/freelab/moment.hpp"
#include "app/lesson/local_text.hpp"
#include "app/lesson/wire_rule.hpp"
#include "model/event.hpp"
#include "model/segment_numbers.hpp"

namespace tcpstep::freelab {

/// What was done to segments, as rules of a lesson's wire. Goes through the trace from its
/// beginning, beside a Moment. Without a rule the segment that was sent first arrives first.
class WireStory {
  public:
    /// What rules cannot say goes to `remarks`, segments by their `numbers`.
    WireStory(std::vector<lesson::LocalText>& remarks, const model::SegmentNumbers& numbers)
        : remarks_(remarks), numbers_(numbers) {}

    /// `after` is the moment that the event has led to.
    void pass(const model::Event& event, const Moment& after);

    /// The trace is over: what has neither arrived nor been dropped stays in flight.
    void finish();

    const std::vector<lesson::WireRule>& rules() const { return rules_; }
    /// Something that an end sent stays in flight, or was dropped and nothing has made up for it:
    /// kernels go on by themselves from there.
    bool stops_on_the_way() const;
    /// What must have been sent before all rules can have done their work.
    std::vector<lesson::Condition> awaited() const;

  private:
    // A segment that an end sent, or a copy or RST of ours.
    struct Aloft {
        model::Segment segment;
        std::optional<model::ConnectionIndex> connection;
        bool ours = false;
        bool absorbed = false;  // see model::SegmentSent::copy_of
        lesson::WireRule rule;  // that describes it
        Moment::Ends since;     // when it was sent
        std::size_t sent_at = 0;
        bool overtaken = false;
        bool by_same_sender = false;
        std::vector<lesson::Condition> when_overtaken;
        bool ruled = false;
    };

    void sent(const model::Event& event, const model::Segment& segment, bool absorbed,
              const Moment& after);
    void described(Aloft& aloft);
    void arrived(model::SegmentId id, const Moment& after);
    void dropped(model::SegmentId id);
    void heal(const Aloft& arrived);
    void injected(const model::Event& event, const model::Segment& reset);
    void add(Aloft& aloft, lesson::WireAction action, std::vector<lesson::Condition> after);
    std::vector<Aloft>::iterator find(model::SegmentId id);

    using Kind =
        std::tuple<std::optional<model::ConnectionIndex>, model::Role, std::uint16_t, bool>;

    bool gated_ = false;  // else nothing is told of arrivals, and nothing can be done
    std::vector<lesson::LocalText>& remarks_;
    const model::SegmentNumbers& numbers_;
    std::vector<Aloft> aloft_;  // in the order in which they were sent
    std::map<Kind, unsigned> seen_;
    std::vector<lesson::WireRule> rules_;
    std::map<model::SegmentId, std::size_t> rule_of_;  // index in rules_
    std::vector<Aloft> lost_;                          // and not made up for
    bool stays_ = false;                               // something, in flight
};

}  // namespace tcpstep::freelab
