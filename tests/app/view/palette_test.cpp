#include "app/view/palette.hpp"

#include <gtest/gtest.h>

namespace tcpstep::view {
namespace {

TEST(Contrast, IsThatOfWcag) {
    EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21.0, 0.01);
    EXPECT_NEAR(contrast({255, 255, 255}, {255, 255, 255}), 1.0, 0.01);
    EXPECT_NEAR(contrast({0x77, 0x77, 0x77}, {255, 255, 255}), 4.48, 0.01);
}

struct Pair {
    ColourRole text;
    ColourRole ground;
};

// Every text colour on every ground that it stands on.
constexpr Pair kPairs[] = {
    {ColourRole::Text, ColourRole::Panel},       {ColourRole::Text, ColourRole::Background},
    {ColourRole::Text, ColourRole::Control},     {ColourRole::Text, ColourRole::ControlHover},
    {ColourRole::Text, ColourRole::NodeVisited}, {ColourRole::Text, ColourRole::NowBand},
    {ColourRole::Text, ColourRole::PastBack},    {ColourRole::Text, ColourRole::AlarmBack},
    {ColourRole::TextDim, ColourRole::Panel},    {ColourRole::TextDim, ColourRole::Node},
    {ColourRole::TextDim, ColourRole::NowBand},  {ColourRole::TextDim, ColourRole::Control},
    {ColourRole::Client, ColourRole::Panel},     {ColourRole::Client, ColourRole::Background},
    {ColourRole::Server, ColourRole::Panel},     {ColourRole::Server, ColourRole::Background},
    {ColourRole::Syn, ColourRole::Panel},        {ColourRole::Syn, ColourRole::NowBand},
    {ColourRole::Syn, ColourRole::Background},   {ColourRole::Syn, ColourRole::LiveBack},
    {ColourRole::Ack, ColourRole::Panel},        {ColourRole::Ack, ColourRole::NowBand},
    {ColourRole::Data, ColourRole::Panel},       {ColourRole::Data, ColourRole::NowBand},
    {ColourRole::Fin, ColourRole::Panel},        {ColourRole::Fin, ColourRole::NowBand},
    {ColourRole::Rst, ColourRole::Panel},        {ColourRole::Rst, ColourRole::NowBand},
    {ColourRole::Attention, ColourRole::Panel},  {ColourRole::Attention, ColourRole::NodeVisited},
    {ColourRole::Panel, ColourRole::Text},       {ColourRole::OnAccent, ColourRole::Client},
    {ColourRole::OnAccent, ColourRole::Server},  {ColourRole::OnAccent, ColourRole::Syn},
};

TEST(Palette, TextHasAContrastOfFourAndAHalfInBothThemes) {
    for (Theme theme : {Theme::Dark, Theme::Light}) {
        for (const Pair& pair : kPairs) {
            EXPECT_GE(contrast(colour(pair.text, theme), colour(pair.ground, theme)), 4.5)
                << "role " << static_cast<int>(pair.text) << " on " << static_cast<int>(pair.ground)
                << (theme == Theme::Dark ? ", dark" : ", light");
        }
    }
}

// WCAG 2.2 1.4.11: what must be told from its ground and is no text.
TEST(Palette, EdgesAreToBeSeenInBothThemes) {
    for (Theme theme : {Theme::Dark, Theme::Light})
        EXPECT_GE(contrast(colour(ColourRole::Edge, theme), colour(ColourRole::Panel, theme)), 3);
}

// What stands in rows that can be selected: on a card, in the lists, among calls and claims.
TEST(Palette, SelectedWordsKeepTheirContrast) {
    for (Theme theme : {Theme::Dark, Theme::Light}) {
        for (const ColourRole ground : {ColourRole::Panel, ColourRole::NowBand}) {
            const Rgb marked =
                laid_over(colour(ColourRole::Here, theme), colour(ground, theme), kSelectedRow);
            EXPECT_NE(marked, colour(ground, theme));
            for (const ColourRole text :
                 {ColourRole::Text, ColourRole::TextDim, ColourRole::Client, ColourRole::Server,
                  ColourRole::Syn, ColourRole::Ack, ColourRole::Data, ColourRole::Fin,
                  ColourRole::Rst, ColourRole::Attention}) {
                EXPECT_GE(contrast(colour(text, theme), marked), 4.5)
                    << "role " << static_cast<int>(text) << " on " << static_cast<int>(ground)
                    << (theme == Theme::Dark ? ", dark" : ", light");
            }
        }
    }
}

TEST(Palette, TheDarkThemeHasOkabeAndItosClientAndServer) {
    EXPECT_EQ(colour(ColourRole::Client, Theme::Dark), (Rgb{0x56, 0xb4, 0xe9}));
    EXPECT_EQ(colour(ColourRole::Server, Theme::Dark), (Rgb{0xe6, 0x9f, 0x00}));
}

}  // namespace
}  // namespace tcpstep::view
