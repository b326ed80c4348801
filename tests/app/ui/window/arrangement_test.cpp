#include "app/ui/window/arrangement.hpp"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "app/ui/panel/end_layout.hpp"
#include "app/view/kernel_panel.hpp"

namespace tcpstep::ui::window {
namespace {

using view::Rect;

// The figure of the client, in a panel that scrolls where it is higher than its place.
Rect figure_of(const Arrangement& a) {
    Rect panel = a.client;
    panel.h = std::max(panel.h, panel::least_height(panel, a.side_em));
    return panel::figure_in(panel, a.side_em);
}

TEST(BodyText, Is18PixelsInTheDefaultWindowAndGrowsWithIt) {
    EXPECT_EQ(body_text(1600, 900, 100), 18);
    EXPECT_EQ(body_text(1600, 900, 200), 36);
    EXPECT_EQ(body_text(3200, 1800, 100), 36);
    EXPECT_EQ(body_text(3200, 900, 100), 18);
    EXPECT_GE(body_text(320, 200, 75), 9);
}

TEST(Arrange, PartsNeverOverlapAndStayInTheWindow) {
    for (const auto& [w, h] :
         {std::pair{1600.0F, 900.0F}, std::pair{1280.0F, 720.0F}, std::pair{1024.0F, 768.0F},
          std::pair{1920.0F, 1200.0F}, std::pair{3840.0F, 2160.0F}}) {
        for (unsigned percent : {75U, 100U, 150U, 200U, 300U}) {
            for (unsigned notices : {0U, 1U, 3U}) {
                const Arrangement a = arrange(w, h, percent, notices);
                const std::array parts = {a.top_bar, a.notices,  a.client, a.ladder,
                                          a.server,  a.happened, a.bytes,  a.transport};
                for (std::size_t i = 0; i < parts.size(); ++i) {
                    EXPECT_GE(parts[i].x, 0);
                    EXPECT_GE(parts[i].y, 0);
                    EXPECT_LE(parts[i].right(), w + 0.5F);
                    EXPECT_LE(parts[i].bottom(), h + 0.5F);
                    for (std::size_t j = i + 1; j < parts.size(); ++j) {
                        EXPECT_FALSE(overlap(parts[i], parts[j]))
                            << i << " and " << j << " at " << w << ", " << percent << " %";
                    }
                }
                EXPECT_GT(a.client.h, 0.3F * h) << w << ", " << percent << " %";
                EXPECT_GT(a.ladder.w, 0.35F * w);
            }
        }
    }
}

// The figure's names fill its nodes, so it must not shrink where letters grow; where the state
// stands in words in its place, in full size, it may.
TEST(Arrange, LargerTextMakesNothingSmaller) {
    for (const auto& [w, h] : {std::pair{1600.0F, 900.0F}, std::pair{1280.0F, 720.0F},
                               std::pair{1920.0F, 1200.0F}, std::pair{640.0F, 480.0F}}) {
        const Arrangement normal = arrange(w, h, 100, 0);
        Arrangement last = normal;
        for (unsigned percent : {125U, 150U, 175U, 200U, 250U, 300U}) {
            const Arrangement a = arrange(w, h, percent, 0);
            EXPECT_GE(a.side_em, last.side_em) << w << ", " << percent << " %";
            EXPECT_GE(a.ladder_em, last.ladder_em) << w << ", " << percent << " %";
            EXPECT_GE(a.happened_em, last.happened_em) << w << ", " << percent << " %";
            EXPECT_GE(a.bytes_em, last.bytes_em) << w << ", " << percent << " %";
            if (!a.stacked) {
                EXPECT_GE(figure_of(a).w, figure_of(normal).w) << w << ", " << percent << " %";
            }
            last = a;
        }
    }
}

TEST(Arrange, TwiceTheTextIsNearlyTwiceAsLargeEverywhere) {
    for (const auto& [w, h] : {std::pair{1600.0F, 900.0F}, std::pair{2560.0F, 1440.0F}}) {
        for (unsigned percent : {125U, 150U, 175U, 200U}) {
            const Arrangement a = arrange(w, h, percent, 0);
            const float asked = body_text(w, h, percent);
            EXPECT_GE(a.smallest(asked), 0.93F) << w << ", " << percent << " %";
            for (float em : {a.side_em, a.ladder_em, a.happened_em, a.bytes_em})
                EXPECT_GE(em, 0.93F * asked) << w << ", " << percent << " %";
        }
    }
    EXPECT_LT(arrange(1600, 900, 300, 0).smallest(54), 0.8F) << "and that can be told";
}

// Times stand in the ladder from 33.8 em on.
TEST(Arrange, TheLadderKeepsItsTimesInLargeTextAndInASmallWindow) {
    for (const auto& [w, h] : {std::pair{1600.0F, 900.0F}, std::pair{2560.0F, 1440.0F},
                               std::pair{1280.0F, 720.0F}, std::pair{640.0F, 480.0F}}) {
        for (unsigned percent : {100U, 125U, 150U, 200U, 300U}) {
            const Arrangement a = arrange(w, h, percent, 0);
            EXPECT_GE(a.ladder.w, 33.8F * a.ladder_em) << w << ", " << percent << " %";
        }
    }
}

// One end's figure in names that have grown, the cause, and whether the kernel agrees; the other
// end's state in words.
TEST(Arrange, InLargeTextTheFigureAndTheKernelAreInSight) {
    for (const auto& [w, h] :
         {std::pair{1600.0F, 900.0F}, std::pair{2560.0F, 1440.0F}, std::pair{1280.0F, 720.0F}}) {
        for (unsigned percent : {150U, 200U}) {
            for (const bool server : {false, true}) {
                Wanted wanted;
                wanted.server = server;
                const Arrangement a = arrange(w, h, percent, 0, wanted);
                EXPECT_TRUE(a.stacked);
                EXPECT_EQ(a.folded, server ? model::Role::Client : model::Role::Server);
                EXPECT_EQ(a.client.x, a.server.x);
                EXPECT_GT(a.ladder.w, 0.7F * w);
                const float em = a.side_em;
                const Rect& open = server ? a.server : a.client;
                const Rect& folded = server ? a.client : a.server;
                ASSERT_TRUE(panel::is_narrow(open, em));
                const panel::NarrowPlaces places = panel::narrow_places(open, em, true);
                // Twelve pixels at 100 %, in a window of 1600 x 900.
                const float names = places.figure.h / 17.8F;
                const float usual = 12 * body_text(w, h, 100) / 18;
                EXPECT_GE(names, (percent == 150 ? 1.45F : 1.8F) * usual) << w << ", " << percent;
                EXPECT_LE(places.cause.bottom(), places.kernel.y);
                // Its heading has the verdict.
                EXPECT_LE(places.kernel.y + 1.6F * em, open.bottom()) << w << ", " << percent;
                const panel::NarrowPlaces words = panel::narrow_places(folded, em, true);
                EXPECT_LE(words.state.bottom(), folded.bottom()) << w << ", " << percent;
                EXPECT_GT(words.figure.bottom(), folded.bottom());
            }
        }
    }
    EXPECT_FALSE(arrange(1600, 900, 125, 0).stacked);
    EXPECT_FALSE(arrange(1600, 900, 125, 0).folded.has_value());
    Wanted udp;
    udp.figures = false;
    EXPECT_FALSE(arrange(1600, 900, 200, 0, udp).folded.has_value())
        << "no figure to make room for";
    EXPECT_FALSE(arrange(1080, 1920, 100, 0).folded.has_value()) << "room for both";
}

TEST(Arrange, TheBarsGrowWithTheText) {
    for (const auto& [w, h] :
         {std::pair{1600.0F, 900.0F}, std::pair{2560.0F, 1440.0F}, std::pair{1280.0F, 720.0F}}) {
        for (unsigned percent : {100U, 125U, 150U, 175U, 200U}) {
            const Arrangement a = arrange(w, h, percent, 0);
            EXPECT_GE(a.chrome_em, 0.99F * body_text(w, h, percent)) << w << ", " << percent;
            // Their buttons are 1.75 and 2 em high.
            EXPECT_GE(a.top_bar.h, 2.05F * a.chrome_em);
            EXPECT_GE(a.transport.h, 2.35F * a.chrome_em);
            EXPECT_LE(a.top_bar.h + a.transport.h, 0.2F * h);
        }
    }
}

// Lines of a few words are not read: what happened has the whole bottom, or the question has.
TEST(Arrange, InLargeTextTheBottomIsOnePanel) {
    const Arrangement a = arrange(1600, 900, 200, 0);
    EXPECT_TRUE(a.alone);
    EXPECT_EQ(a.happened.w, a.ladder.w);
    EXPECT_EQ(a.bytes.w, 0);
    Wanted question;
    question.question = question.beside = true;
    const Arrangement asked = arrange(1600, 900, 200, 0, question);
    EXPECT_EQ(asked.bytes.w, asked.ladder.w);
    EXPECT_EQ(asked.happened.w, 0);
    EXPECT_GE(asked.bytes.h, 9 * asked.bytes_em);
    EXPECT_GT(asked.bytes_em, 0.93F * 36);
    Wanted claims;
    claims.claims = claims.beside = true;
    EXPECT_FALSE(arrange(1600, 900, 200, 0, claims).alone);
    EXPECT_FALSE(arrange(1600, 900, 100, 0).alone);
    EXPECT_TRUE(arrange(1600, 900, 150, 0).alone);
    EXPECT_FALSE(arrange(1600, 900, 125, 0).alone);
}

TEST(Arrange, PartsOfANarrowEndDoNotOverlap) {
    for (const auto& [w, h] :
         {std::pair{1600.0F, 900.0F}, std::pair{1280.0F, 720.0F}, std::pair{640.0F, 480.0F}}) {
        for (unsigned percent : {150U, 200U, 300U}) {
            for (const bool sampled : {true, false}) {
                const Arrangement a = arrange(w, h, percent, 0);
                const panel::NarrowPlaces n = panel::narrow_places(a.client, a.side_em, sampled);
                const std::array parts = {n.title, n.state, n.figure, n.cause, n.kernel, n.calls};
                for (std::size_t i = 0; i < parts.size(); ++i) {
                    EXPECT_GT(parts[i].w, 0);
                    EXPECT_GE(parts[i].x, a.client.x);
                    EXPECT_LE(parts[i].right(), a.client.right());
                    EXPECT_LE(parts[i].bottom(), a.client.y + n.height);
                    for (std::size_t j = i + 1; j < parts.size(); ++j)
                        EXPECT_FALSE(overlap(parts[i], parts[j])) << i << " and " << j;
                }
                EXPECT_GT(n.state.w, 4.5F * a.side_em) << "ESTABLISHED";
            }
        }
    }
}

TEST(Arrange, LargerTextMakesTheListOfEventsLarger) {
    Wanted events;
    events.events = true;
    for (const bool claims : {false, true}) {
        events.claims = events.beside = claims;
        const float normal = arrange(1600, 900, 100, 0, events).events_em;
        EXPECT_GT(arrange(1600, 900, 150, 0, events).events_em, 1.03F * normal) << claims;
        EXPECT_GT(arrange(1600, 900, 200, 0, events).events_em, 1.2F * normal) << claims;
    }
}

// A step is told in a few lines, a claim and what proves it needs the width.
TEST(Arrange, TheClaimsAreWiderThanWhatHappened) {
    Wanted claims;
    claims.claims = claims.beside = true;
    const Arrangement with = arrange(1600, 900, 100, 0, claims);
    EXPECT_GT(with.bytes.w, 1.6F * with.happened.w);
    EXPECT_GE(with.happened_em, 18);
    claims.question = true;
    const Arrangement both = arrange(1600, 900, 100, 0, claims);
    EXPECT_NEAR(both.bytes.w, both.happened.w, 20) << "the question stands at the right then";
}

// Two arrows and their words, by event: some 10 em below the ladder's head.
TEST(Arrange, WithEventsAndClaimsTheLadderKeepsRoomForArrows) {
    for (const auto& [w, h] :
         {std::pair{1600.0F, 900.0F}, std::pair{2560.0F, 1440.0F}, std::pair{1280.0F, 720.0F}}) {
        Wanted both;
        both.claims = both.beside = both.events = true;
        const Arrangement a = arrange(w, h, 100, 0, both);
        EXPECT_GT(a.ladder.h, 15 * a.ladder_em) << w;
        EXPECT_GT(a.events.h, 12.4F * a.events_em) << w;
        EXPECT_GE(a.ladder_em, 0.99F * body_text(w, h, 100)) << w;
        EXPECT_GT(a.bytes.h, 10 * a.bytes_em) << w;
    }
}

TEST(Arrange, TheClaimsHaveAsMuchRoomAsTheyNeed) {
    Wanted claims;
    claims.claims = claims.beside = true;
    const float most = arrange(1600, 900, 100, 0, claims).bytes.h;
    EXPECT_GT(most, 0.33F * 900);
    claims.foot = 240;
    EXPECT_EQ(arrange(1600, 900, 100, 0, claims).bytes.h, 240);
    claims.foot = 5000;
    EXPECT_EQ(arrange(1600, 900, 100, 0, claims).bytes.h, most);
    claims.foot = 20;
    EXPECT_EQ(arrange(1600, 900, 100, 0, claims).bytes.h, arrange(1600, 900, 100, 0).bytes.h);
}

TEST(Arrange, WithAnInspectorOrMoreThePartsDoNotOverlapEither) {
    for (const auto& [w, h] :
         {std::pair{640.0F, 480.0F}, std::pair{1600.0F, 900.0F}, std::pair{3840.0F, 2160.0F}}) {
        for (unsigned percent : {75U, 100U, 200U, 300U}) {
            for (unsigned bits = 1; bits < 8; ++bits) {
                const Wanted foot = {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
                const Arrangement a = arrange(w, h, percent, 1, foot);
                const std::array parts = {a.top_bar, a.notices,  a.client, a.ladder,
                                          a.server,  a.happened, a.bytes,  a.transport};
                for (std::size_t i = 0; i < parts.size(); ++i) {
                    const bool left_out = a.alone && (i == 5 || i == 6);
                    EXPECT_EQ(parts[i].h > 0, !left_out || parts[i].w > 0) << i;
                    EXPECT_LE(parts[i].right(), w + 0.5F);
                    EXPECT_LE(parts[i].bottom(), h + 0.5F);
                    for (std::size_t j = i + 1; j < parts.size(); ++j)
                        EXPECT_FALSE(overlap(parts[i], parts[j])) << i << " and " << j;
                }
                if (foot.inspector) {
                    EXPECT_GT(a.bytes.w, (a.stacked ? 0.5F : 0.65F) * w);
                    EXPECT_GT(a.bytes.h, 0.3F * h);
                }
                EXPECT_GT(a.ladder.h, 0.25F * h);
            }
        }
    }
}

TEST(Arrange, TheDefaultWindowIsTheMockUp) {
    const Arrangement a = arrange(1600, 900, 100, 0);
    EXPECT_NEAR(a.top_bar.h, 52, 1);
    EXPECT_NEAR(a.client.x, 12, 1);
    EXPECT_NEAR(a.client.w, 380, 1);
    EXPECT_NEAR(a.ladder.x, 404, 1);
    EXPECT_NEAR(a.ladder.w, 792, 2);
    EXPECT_NEAR(a.transport.h, 60, 1);
}

}  // namespace
}  // namespace tcpstep::ui::window
