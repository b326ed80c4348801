#pragma once

#include "model/time.hpp"
#include "model/tracking/conjecture.hpp"

/// How likely things are. The figures need not be exact: they choose between what the segments
/// leave open, and say what may be called proved.
namespace tcpstep::model::tracking {

inline constexpr Cost kLost = 30;      ///< a segment that never arrives: one of twenty
inline constexpr Cost kUnlikely = 15;  ///< what needs a copy or a pause that nobody saw
inline constexpr Cost kCopied = 38;    ///< a segment that arrives twice, as the capture did not see
inline constexpr Cost kAfterAll = 5;   ///< a segment arrives that was late, or lost
inline constexpr Cost kOddity = 50;    ///< what nothing in Linux would do by itself

/// Of two conjectures closer to each other than this, none is proved.
inline constexpr Cost kInQuestion = 40;
/// A conjecture further behind the best is given up.
inline constexpr Cost kGivenUp = 80;

/// That a segment, on its way for so long, has not arrived yet. `loop`: from one that was captured
/// on its way to an end, to the capture of what that end answered.
Cost late(Duration under_way, Duration loop);

/// That it arrives after all, when it had not for so long, which is so unlikely itself.
Cost still(Cost lateness, Duration under_way, Duration loop);

/// That it has arrived already.
Cost early(Duration under_way, Duration loop);

/// That it has arrived and must be answered, and was not for so long.
Cost not_answered_yet(Duration under_way, Duration loop);

/// That one arrives before another that was sent earlier by so much.
Cost overtaking(Duration earlier, Duration loop);

/// That a FIN has arrived and was not acknowledged for so long. Linux delays the ACK by 40 ms and,
/// seldom, up to 200 ms (TCP_DELACK_MIN, TCP_DELACK_MAX).
Cost unanswered(Duration since_sent);

/// That an end whose timer runs has sent nothing again for so long. `timeout`: RFC 6298.
Cost silent(Duration since_sent, Duration timeout);

}  // namespace tcpstep::model::tracking
