#include "app/ui/icons.hpp"

#include <cmath>

namespace tcpstep::ui {

namespace {

// A pen that draws on a square from -1 to 1.
struct Pen {
    const Painter& painter;
    Point centre;
    float half;
    ColourRole role;

    Point at(float x, float y) const { return {centre.x + x * half, centre.y + y * half}; }
    void triangle(float tip, float base, float height) const {
        // Corners in clockwise order: ImGui's anti-aliasing wants it.
        if (tip > base) {
            painter.triangle(at(base, -height), at(tip, 0), at(base, height), role);
        } else {
            painter.triangle(at(base, -height), at(base, height), at(tip, 0), role);
        }
    }
    void bar(float x, float width, float height) const {
        painter.fill({centre.x + (x - width / 2) * half, centre.y - height * half, width * half,
                      2 * height * half},
                     role, 0.08F * half);
    }
    void stroke(float x1, float y1, float x2, float y2, float thickness) const {
        painter.line(at(x1, y1), at(x2, y2), role, thickness * half);
    }
};

void sun(const Pen& pen) {
    pen.painter.disc(pen.centre, 0.45F * pen.half, pen.role);
    for (int ray = 0; ray < 8; ++ray) {
        const float angle = static_cast<float>(ray) * 0.785398F;
        const float x = std::cos(angle);
        const float y = std::sin(angle);
        pen.stroke(0.68F * x, 0.68F * y, x, y, 0.2F);
    }
}

void corners(const Pen& pen) {
    for (float x : {-0.9F, 0.9F}) {
        for (float y : {-0.8F, 0.8F}) {
            pen.stroke(x, y, 0.35F * x, y, 0.22F);
            pen.stroke(x, y, x, 0.3F * y, 0.22F);
        }
    }
}

// Two pages, open.
void book(const Pen& pen) {
    for (float side : {-1.0F, 1.0F}) {
        pen.stroke(0, -0.55F, 0.95F * side, -0.8F, 0.18F);
        pen.stroke(0.95F * side, -0.8F, 0.95F * side, 0.55F, 0.18F);
        pen.stroke(0.95F * side, 0.55F, 0, 0.8F, 0.18F);
        pen.stroke(0.3F * side, -0.15F, 0.7F * side, -0.27F, 0.15F);
        pen.stroke(0.3F * side, 0.25F, 0.7F * side, 0.13F, 0.15F);
    }
    pen.stroke(0, -0.55F, 0, 0.8F, 0.18F);
}

}  // namespace

void draw_icon(const Painter& painter, Icon icon, Point centre, float size, ColourRole role,
               ColourRole behind) {
    const Pen pen{painter, centre, size / 2, role};
    switch (icon) {
        case Icon::ToStart:
            pen.bar(-0.8F, 0.28F, 0.9F);
            pen.triangle(-0.55F, 0.85F, 0.95F);
            break;
        case Icon::Back:
            pen.triangle(-0.85F, 0.7F, 0.95F);
            break;
        case Icon::Play:
            pen.triangle(0.85F, -0.7F, 0.95F);
            break;
        case Icon::Pause:
            pen.bar(-0.4F, 0.42F, 0.85F);
            pen.bar(0.4F, 0.42F, 0.85F);
            break;
        case Icon::Step:
            pen.triangle(0.5F, -0.85F, 0.95F);
            pen.bar(0.78F, 0.3F, 0.95F);
            break;
        case Icon::ToEnd:
            pen.triangle(-0.05F, -1.0F, 0.8F);
            pen.triangle(0.75F, -0.2F, 0.8F);
            pen.bar(0.95F, 0.25F, 0.8F);
            break;
        case Icon::Slower:
            pen.stroke(0.3F, -0.6F, -0.3F, 0, 0.25F);
            pen.stroke(-0.3F, 0, 0.3F, 0.6F, 0.25F);
            break;
        case Icon::Faster:
            pen.stroke(-0.3F, -0.6F, 0.3F, 0, 0.25F);
            pen.stroke(0.3F, 0, -0.3F, 0.6F, 0.25F);
            break;
        case Icon::Moon:
            painter.disc(centre, 0.85F * pen.half, role);
            painter.disc(pen.at(0.42F, -0.3F), 0.72F * pen.half, behind);
            break;
        case Icon::Sun:
            sun(pen);
            break;
        case Icon::FullScreen:
            corners(pen);
            break;
        case Icon::Down:
            painter.triangle(pen.at(-0.6F, -0.3F), pen.at(0.6F, -0.3F), pen.at(0, 0.45F), role);
            break;
        case Icon::Tick:
            pen.stroke(-0.8F, 0.05F, -0.25F, 0.6F, 0.28F);
            pen.stroke(-0.3F, 0.6F, 0.8F, -0.6F, 0.28F);
            break;
        case Icon::Cross:
            pen.stroke(-0.8F, -0.8F, 0.8F, 0.8F, 0.4F);
            pen.stroke(-0.8F, 0.8F, 0.8F, -0.8F, 0.4F);
            break;
        case Icon::Book:
            book(pen);
            break;
        case Icon::Dots:
            for (float x : {-0.7F, 0.0F, 0.7F}) painter.disc(pen.at(x, 0), 0.22F * pen.half, role);
            break;
        case Icon::List:
            for (float y : {-0.65F, 0.0F, 0.65F}) {
                pen.stroke(-0.95F, y, -0.65F, y, 0.26F);
                pen.stroke(-0.4F, y, 0.95F, y, 0.22F);
            }
            break;
    }
}

}  // namespace tcpstep::ui
