#pragma once

#include <vector>

#include "app/view/geometry.hpp"

namespace tcpstep::view::diagram {

/// How an edge runs: from the border of one node to the border of another, straight or round what
/// stands between; two points at least.
class EdgePath {
  public:
    EdgePath() = default;
    explicit EdgePath(std::vector<Point> points) : points_(std::move(points)) {}

    const std::vector<Point>& points() const { return points_; }
    Point from() const { return points_.front(); }
    Point to() const { return points_.back(); }
    /// Where its last leg begins: its head points away from there.
    Point before_head() const { return points_[points_.size() - 2]; }

    float length() const;
    /// So far along it, 0 to 1 of its length.
    Point at(float share) const;
    /// The part of it between two shares of its length.
    EdgePath piece(float begin, float end) const;
    /// From the nearest point of it.
    float distance(Point p) const;
    /// It comes nearer to `box` than `clearance`, on either axis.
    bool meets(const Rect& box, float clearance = 0) const;

    bool operator==(const EdgePath&) const = default;

  private:
    std::vector<Point> points_;
};

/// What must not be run through, and by how much its corners are kept away from.
struct Obstacles {
    const std::vector<Rect>& boxes;
    Rect area;         ///< that is not left
    float beside = 0;  ///< half of what is free between two boxes side by side
    float above = 0;
};

/// From the border of `a` to that of `b`: a straight line that leans toward the other, moved `side`
/// of a box's width aside; where that would meet one of the obstacles, round it, the shorter way.
/// The obstacles are all boxes but `a` and `b`.
EdgePath route(const Rect& a, const Rect& b, float side, const Obstacles& obstacles);

}  // namespace tcpstep::view::diagram
