#include "app/view/diagram/edge_path.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace tcpstep::view::diagram {

namespace {

Point between(Point a, Point b, float t) {
    return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

float span(Point a, Point b) {
    return std::hypot(b.x - a.x, b.y - a.y);
}

float from_leg(Point p, Point a, Point b) {
    const Point along = {b.x - a.x, b.y - a.y};
    const float square = along.x * along.x + along.y * along.y;
    const float dot = (p.x - a.x) * along.x + (p.y - a.y) * along.y;
    return span(p, between(a, b, square > 0 ? std::clamp(dot / square, 0.0F, 1.0F) : 0));
}

// Liang and Barsky: what of the leg is left when it is cut at each side of the box.
bool leg_meets(Point a, Point b, const Rect& box) {
    float begin = 0;
    float end = 1;
    const auto cut = [&](float from, float by, float low, float high) {
        if (by == 0) return from > low && from < high;
        const float enters = ((by > 0 ? low : high) - from) / by;
        const float leaves = ((by > 0 ? high : low) - from) / by;
        begin = std::max(begin, enters);
        end = std::min(end, leaves);
        return begin < end;
    };
    return cut(a.x, b.x - a.x, box.x, box.right()) && cut(a.y, b.y - a.y, box.y, box.bottom());
}

bool meets_any(const EdgePath& path, const std::vector<Rect>& boxes, float clearance) {
    return std::any_of(boxes.begin(), boxes.end(),
                       [&](const Rect& box) { return path.meets(box, clearance); });
}

EdgePath straight(const Rect& a, const Rect& b, float side) {
    const float dx = b.centre().x - a.centre().x;
    const float dy = b.centre().y - a.centre().y;
    if (std::abs(dy) < a.h / 2) {  // side by side
        const float aside = side * a.h * 3;
        return EdgePath({{dx > 0 ? a.right() : a.x, a.centre().y + aside},
                         {dx > 0 ? b.x : b.right(), b.centre().y + aside}});
    }
    const float lean = std::clamp(dx * 0.29F, -0.42F * a.w, 0.42F * a.w);
    // Each keeps to its own right hand.
    const float aside = (dy > 0 ? -side : side) * a.w;
    return EdgePath({{a.centre().x + lean + aside, dy > 0 ? a.bottom() : a.y},
                     {b.centre().x - lean + aside, dy > 0 ? b.y : b.bottom()}});
}

// Round one side of what stands between: along it at `x`.
EdgePath round_at(float x, const Rect& a, const Rect& b, const Rect& between, float above) {
    const bool down = b.centre().y > a.centre().y;
    const auto border = [x](const Rect& box) {
        return std::clamp(x, box.x + 0.12F * box.w, box.right() - 0.12F * box.w);
    };
    const Point top = {x, between.y - above};
    const Point bottom = {x, between.bottom() + above};
    return EdgePath({{border(a), down ? a.bottom() : a.y},
                     down ? top : bottom,
                     down ? bottom : top,
                     {border(b), down ? b.y : b.bottom()}});
}

}  // namespace

float EdgePath::length() const {
    float sum = 0;
    for (std::size_t i = 1; i < points_.size(); ++i) sum += span(points_[i - 1], points_[i]);
    return sum;
}

Point EdgePath::at(float share) const {
    float left = share * length();
    for (std::size_t i = 1; i < points_.size(); ++i) {
        const float leg = span(points_[i - 1], points_[i]);
        if (left < leg) return between(points_[i - 1], points_[i], std::max(0.0F, left / leg));
        left -= leg;
    }
    return to();
}

EdgePath EdgePath::piece(float begin, float end) const {
    std::vector<Point> points = {at(begin)};
    const float whole = length();
    float past = 0;
    for (std::size_t i = 1; i + 1 < points_.size(); ++i) {
        past += span(points_[i - 1], points_[i]);
        if (past > begin * whole && past < end * whole) points.push_back(points_[i]);
    }
    points.push_back(at(end));
    return EdgePath(std::move(points));
}

float EdgePath::distance(Point p) const {
    float nearest = from_leg(p, points_[0], points_[1]);
    for (std::size_t i = 2; i < points_.size(); ++i) {
        nearest = std::min(nearest, from_leg(p, points_[i - 1], points_[i]));
    }
    return nearest;
}

bool EdgePath::meets(const Rect& box, float clearance) const {
    const Rect wide = {box.x - clearance, box.y - clearance, box.w + 2 * clearance,
                       box.h + 2 * clearance};
    for (std::size_t i = 1; i < points_.size(); ++i) {
        if (leg_meets(points_[i - 1], points_[i], wide)) return true;
    }
    return false;
}

EdgePath route(const Rect& a, const Rect& b, float side, const Obstacles& obstacles) {
    const EdgePath line = straight(a, b, side);
    // Half of what is free is left on the way between two of them; a line has a thickness.
    const float clearance = std::min(obstacles.beside, obstacles.above) / 2;
    std::optional<EdgePath> best;
    for (const Rect& box : obstacles.boxes) {
        if (!line.meets(box, clearance)) continue;
        for (const float x : {box.x - obstacles.beside, box.right() + obstacles.beside}) {
            if (x < obstacles.area.x || x > obstacles.area.right()) continue;
            EdgePath path = round_at(x, a, b, box, obstacles.above);
            if (meets_any(path, obstacles.boxes, clearance)) continue;
            if (!best || path.length() < best->length()) best = std::move(path);
        }
    }
    return best.value_or(line);
}

}  // namespace tcpstep::view::diagram
