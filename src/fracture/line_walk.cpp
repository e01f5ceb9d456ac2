#include "fracture/line_walk.h"

#include "fracture/close_look.h"
#include "fracture/tuning.h"
#include "fracture/vertex_side.h"
#include "geometry/limits.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace cutout::fracture {

using geometry::LineId;
using geometry::Point;
using geometry::unit_roundoff;

bool LineWalk::run(const geometry::SimplePolygon& polygon, std::span<const CutLine> cuts,
                   std::span<const std::uint32_t> weights, const Control& control, Fragments& out) {
    out.clear();
    end_ = follow_rings(polygon, cuts, weights, control);
    if (end_ == LineWalkEnd::done) end_ = stitch(control);
    if (end_ == LineWalkEnd::done) end_ = hand_out(control, out);
    if (end_ != LineWalkEnd::done) out.clear();
    return end_ == LineWalkEnd::done;
}

LineWalkEnd LineWalk::hand_out(const Control& control, Fragments& out) {
    if (!drafts_.emit(*polygon_, {}, out)) return LineWalkEnd::wrong_area;
    if (!drafts_.boundary_moved() || tiles(out, polygon_->outer_winding, control.cancel))
        return LineWalkEnd::done;
    return control.cancelled() ? LineWalkEnd::cancelled : LineWalkEnd::not_simple;
}

void LineWalk::start(const geometry::SimplePolygon& polygon, std::span<const CutLine> cuts,
                     std::span<const std::uint32_t> weights) {
    polygon_ = &polygon;
    cuts_ = cuts;
    weights_ = weights;
    words_ = weights.empty() ? std::max<std::size_t>(1, (cuts.size() + 63) / 64) : 1;
    group_edges();
    const double largest = static_cast<double>(
        std::max({std::abs(low_.x), std::abs(low_.y), std::abs(high_.x), std::abs(high_.y)}));
    slack_ = 16.0 * unit_roundoff * largest;
    proof_.begin(largest);
    border_proof_.begin({.largest = largest, .extent = largest});
    lines_.clear();
    line_.make_room(cuts.size());
    crossing_.clear();
    first_crossing_.clear();
    on_edge_.assign(polygon.points.size(), none);
    has_near_ = false;
    meets_vertices_ = false;
    pool_.clear();
    lone_.clear();
    corner_.clear();
}

void LineWalk::group_edges() {
    group_.clear();
    const std::vector<Point>& points = polygon_->points;
    low_ = high_ = points[0];
    middle_x_.clear();
    middle_y_.clear();
    half_x_.clear();
    half_y_.clear();
    std::uint32_t first = 0;
    for (const std::uint32_t end : polygon_->ends) {
        for (std::uint32_t begin = first; begin < end; begin += edges_in_group) {
            const std::uint32_t stop = std::min<std::uint32_t>(end, begin + edges_in_group);
            const std::uint32_t after = stop == end ? first : stop;
            group_.push_back({.begin = begin, .end = stop, .after = after});
            Point low = points[after];
            Point high = low;
            for (std::uint32_t i = begin; i < stop; ++i) {
                low = {std::min(low.x, points[i].x), std::min(low.y, points[i].y)};
                high = {std::max(high.x, points[i].x), std::max(high.y, points[i].y)};
            }
            low_ = {std::min(low_.x, low.x), std::min(low_.y, low.y)};
            high_ = {std::max(high_.x, high.x), std::max(high_.y, high.y)};
            middle_x_.push_back(0.5 * (static_cast<double>(low.x) + static_cast<double>(high.x)));
            middle_y_.push_back(0.5 * (static_cast<double>(low.y) + static_cast<double>(high.y)));
            half_x_.push_back(0.5 * (static_cast<double>(high.x) - static_cast<double>(low.x)));
            half_y_.push_back(0.5 * (static_cast<double>(high.y) - static_cast<double>(low.y)));
        }
        first = end;
    }
    off_.resize(group_.size());
}

void LineWalk::add_line(std::size_t number) {
    const CutLine& cut = cuts_[number];
    const LineId line = lines_.add_through(cut.first, cut.second);
    const double a = -lines_.direction_y(line);
    const double b = lines_.direction_x(line);
    const double ax = a * static_cast<double>(cut.first.x);
    const double by = b * static_cast<double>(cut.first.y);
    // At any point of the bounds: a rounding of each operation; and of two large terms in c little may be
    // left, and their rounding is not less for that.
    const double bound =
        (std::abs(a) + std::abs(b)) * slack_ + 4.0 * unit_roundoff * (std::abs(ax) + std::abs(by));
    const BorderLine border{.a = a, .b = b, .c = -(ax + by), .bound = bound};
    line_.set(number, border, border.reach(border_proof_.margin()));
}

LineWalkEnd LineWalk::follow_rings(const geometry::SimplePolygon& polygon, std::span<const CutLine> cuts,
                                   std::span<const std::uint32_t> weights, const Control& control) {
    start(polygon, cuts, weights);
    for (std::size_t cut = 0; cut < cuts_.size(); ++cut) {
        add_line(cut);
    }
    const auto count = static_cast<std::int32_t>(cuts_.size());
    for (std::int32_t cut = 0; cut < count; ++cut) {
        if (static_cast<std::uint32_t>(cut) % cells_per_check == 0 && control.cancelled())
            return LineWalkEnd::cancelled;
        first_crossing_.push_back(static_cast<std::uint32_t>(crossing_.size()));
        if (!find_crossings(cut)) return LineWalkEnd::tie;
    }
    first_crossing_.push_back(static_cast<std::uint32_t>(crossing_.size()));
    return walk_rings();
}

LineWalkEnd LineWalk::stitch(const Control& control) {
    if (!proof_.apart(control.cancel))
        return control.cancelled() ? LineWalkEnd::cancelled : LineWalkEnd::not_simple;
    const auto count = static_cast<std::int32_t>(cuts_.size());
    if (!find_corners(control)) return LineWalkEnd::cancelled;
    if (!list_events(control)) return LineWalkEnd::cancelled;
    for (std::int32_t cut = 0; cut < count; ++cut) {
        if (static_cast<std::uint32_t>(cut) % cells_per_check == 0 && control.cancelled())
            return LineWalkEnd::cancelled;
        if (const LineWalkEnd end = sort_events(cut); end != LineWalkEnd::done) return end;
    }
    for (const Corner& corner : corner_) {
        if (corner.inside == 1) return LineWalkEnd::not_alternating;
    }
    return trace_all(control);
}

// --- Step 1
// ------------------------------------------------------------------------------------------------

// False: crossings are too close to tell.
bool LineWalk::find_crossings(std::int32_t cut) {
    const BorderLine line = line_[at(cut)];
    const double a = std::abs(line.a);
    const double b = std::abs(line.b);
    const std::size_t count = group_.size();
    for (std::size_t g = 0; g < count; ++g) {
        off_[g] = std::abs(line.a * middle_x_[g] + line.b * middle_y_[g] + line.c) -
                  (a * half_x_[g] + b * half_y_[g]);
    }
    // The middle and the size round as the function does.
    const double clear = 4.0 * line.bound + line.reach(border_proof_.margin());
    for (std::size_t g = 0; g < count; ++g) {
        if (off_[g] > clear) continue;
        if (!cross_group(cut, group_[g])) return false;
    }
    return true;
}

bool LineWalk::cross_group(std::int32_t cut, const Group& group) {
    const BorderLine line = line_[at(cut)];
    const Point* points = polygon_->points.data();
    std::array<double, edges_in_group + 1> value;
    const std::size_t count = group.end - group.begin;
    unsigned left = 0; // a bit for each point
    unsigned near = 0;
    unsigned on = 0;
    const double reach = line.reach(border_proof_.margin());
    const auto look = [&](std::size_t i, Point p) {
        value[i] = line.at({static_cast<double>(p.x), static_cast<double>(p.y)});
        left |= static_cast<unsigned>(value[i] > 0.0) << i;
        near |= static_cast<unsigned>(!(std::abs(value[i]) > reach)) << i;
    };
    for (std::size_t i = 0; i < count; ++i) {
        look(i, points[group.begin + i]);
    }
    look(count, points[group.after]);
    has_near_ |= near != 0;
    for (; near != 0; near &= near - 1) {
        const int i = std::countr_zero(near);
        const std::uint32_t vertex =
            at(i) == count ? group.after : group.begin + static_cast<std::uint32_t>(i);
        int side = side_of(cut, points[vertex]);
        if (side == 0) {
            on |= 1U << i;
            side = side_on_line(cut, vertex);
            if (side == 0) return false;
        }
        left = (left & ~(1U << i)) | static_cast<unsigned>(side > 0) << i;
    }
    for (unsigned changes = (left ^ (left >> 1U)) & ((1U << count) - 1U); changes != 0;
         changes &= changes - 1) {
        const auto i = at(std::countr_zero(changes));
        const std::uint32_t edge = group.begin + static_cast<std::uint32_t>(i);
        const Point to = points[i + 1 == count ? group.after : edge + 1];
        Crossing& crossing = crossing_.emplace_back();
        crossing.edge = edge;
        crossing.cut = cut;
        crossing.rising = (left >> i & 1U) == 0;
        if ((on >> i & 3U) != 0) {
            put_in_vertex(crossing, (on >> i & 1U) == 0);
        } else if (!put_on_edge(crossing, points[edge], to, value[i], value[i] - value[i + 1], line.bound)) {
            return false;
        }
        if (!link_on_edge(static_cast<std::int32_t>(crossing_.size()) - 1)) return false;
    }
    return true;
}

// Exactly: 0 on the line.
int LineWalk::side_of(std::int32_t cut, Point p) const {
    const BorderLine line = line_[at(cut)];
    const double value = line.at({static_cast<double>(p.x), static_cast<double>(p.y)});
    if (std::abs(value) > line.bound) return value > 0.0 ? 1 : -1;
    return lines_.side(cut, geometry::input_vertex(p));
}

int LineWalk::side_of_vertex(std::int32_t cut, std::uint32_t vertex) const {
    const int side = side_of(cut, polygon_->points[vertex]);
    return side != 0 ? side : side_on_line(cut, vertex);
}

// Of a vertex that lies on the line. 0: the polygon is not simple.
int LineWalk::side_on_line(std::int32_t cut, std::uint32_t vertex) const {
    const std::vector<Point>& points = polygon_->points;
    return side_of_vertex_on(lines_, cut, points[polygon_->previous(vertex)], points[vertex],
                             points[polygon_->next(vertex)]);
}

// The line's function is `value` at the edge's begin and falls by `drop` along it. False: it hardly does.
bool LineWalk::put_on_edge(Crossing& crossing, Point from, Point to, double value, double drop,
                           double bound) const {
    if (!(std::abs(drop) > 4.0 * bound)) return false;
    const double t = value / drop;
    const double t_error = 4.0 * bound / std::abs(drop) + 4.0 * unit_roundoff;
    const double dx = static_cast<double>(to.x) - static_cast<double>(from.x);
    const double dy = static_cast<double>(to.y) - static_cast<double>(from.y);
    const double x = static_cast<double>(from.x) + t * dx;
    const double y = static_cast<double>(from.y) + t * dy;
    const double error_x = t_error * std::abs(dx) + slack_;
    const double error_y = t_error * std::abs(dy) + slack_;
    Point rounded{static_cast<float>(x - error_x) + 0.0F, static_cast<float>(y - error_y) + 0.0F};
    if (rounded.x != static_cast<float>(x + error_x) || rounded.y != static_cast<float>(y + error_y)) {
        geometry::Lines lines;
        const LineId along = lines.add_through(from, to);
        const CutLine& cut = cuts_[at(crossing.cut)];
        rounded = lines.rounded(lines.intersect(along, lines.add_through(cut.first, cut.second)));
    }
    crossing.rounded = rounded;
    crossing.x = x;
    crossing.y = y;
    crossing.error = std::max(error_x, error_y);
    crossing.along_edge = t;
    crossing.edge_error = t_error;
    return true;
}

// In the edge's first vertex, or in its last, which lies on the line.
void LineWalk::put_in_vertex(Crossing& crossing, bool last) {
    const Point p = polygon_->points[last ? polygon_->next(crossing.edge) : crossing.edge];
    crossing.rounded = p;
    crossing.x = static_cast<double>(p.x);
    crossing.y = static_cast<double>(p.y);
    crossing.along_edge = last ? 1.0 : 0.0;
    crossing.in_first = !last;
    crossing.in_last = last;
    meets_vertices_ = true;
}

geometry::Vertex LineWalk::vertex_of(const Crossing& crossing, LineId line, geometry::Lines& lines) const {
    if (crossing.in_vertex()) return geometry::input_vertex(crossing.rounded);
    const Point from = polygon_->points[crossing.edge];
    return lines.intersect(line, lines.add_through(from, polygon_->points[polygon_->next(crossing.edge)]));
}

// -1: x comes first along the edge that both are on, exactly. Where they meet, the two lines cross on the
// boundary, and that counts as outside, to the right of it. 0: it is the same line twice.
int LineWalk::compare_on_edge(const Crossing& x, const Crossing& y) const {
    geometry::Lines lines;
    const LineId edge = lines.add_through(polygon_->points[x.edge], polygon_->points[polygon_->next(x.edge)]);
    const auto vertex_on = [&](const Crossing& crossing) {
        if (crossing.in_vertex()) return geometry::input_vertex(crossing.rounded);
        const CutLine& cut = cuts_[at(crossing.cut)];
        return lines.intersect(edge, lines.add_through(cut.first, cut.second));
    };
    const int order = lines.compare_along(edge, vertex_on(x), vertex_on(y));
    if (order != 0) return order;
    return (x.rising == y.rising ? 1 : -1) * lines_.turn(x.cut, y.cut);
}

// Into the edge's list, in order. False: it is the same line twice.
bool LineWalk::link_on_edge(std::int32_t number) {
    Crossing& crossing = crossing_[at(number)];
    std::int32_t* link = &on_edge_[crossing.edge];
    for (; *link != none; link = &crossing_[at(*link)].next_on_edge) {
        const Crossing& other = crossing_[at(*link)];
        double ahead = other.along_edge - crossing.along_edge;
        if (!(std::abs(ahead) > other.edge_error + crossing.edge_error)) {
            ahead = compare_on_edge(other, crossing);
            if (ahead == 0.0) return false;
        }
        if (ahead > 0.0) break;
    }
    crossing.next_on_edge = *link;
    *link = number;
    return true;
}

// On the left of the line, or no longer.
void LineWalk::set_side(std::uint64_t* place, std::int32_t cut, bool left) const {
    if (!weights_.empty()) {
        *place += left ? weights_[at(cut)] : ~std::uint64_t{weights_[at(cut)]} + 1U;
        return;
    }
    const std::uint64_t bit = std::uint64_t{1} << (static_cast<std::uint32_t>(cut) % 64U);
    std::uint64_t& word = place[at(cut) / 64];
    word = left ? word | bit : word & ~bit;
}

// Of a vertex. `place` is empty so far.
void LineWalk::find_place(std::uint32_t vertex, std::uint64_t* place) const {
    for (std::int32_t cut = 0; cut < static_cast<std::int32_t>(cuts_.size()); ++cut) {
        if (side_of_vertex(cut, vertex) > 0) set_side(place, cut, true);
    }
}

LineWalkEnd LineWalk::walk_rings() {
    const std::vector<Point>& points = polygon_->points;
    crossing_place_.resize(crossing_.size() * words_);
    ring_place_.resize(words_);
    std::uint32_t begin = 0;
    for (const std::uint32_t end : polygon_->ends) {
        const auto head = static_cast<std::uint32_t>(pool_.size());
        std::int32_t first = none;
        std::int32_t last = none;
        bool in_next = false; // the last point is the next vertex, in which the ring crosses a line
        for (std::uint32_t i = begin; i < end; ++i) {
            if (!in_next) pool_.push_back(points[i]);
            in_next = false;
            for (std::int32_t c = on_edge_[i]; c != none; c = crossing_[at(c)].next_on_edge) {
                Crossing& crossing = crossing_[at(c)];
                in_next = crossing.in_last;
                if (!crossing.in_first) pool_.push_back(crossing.rounded);
                crossing.first = static_cast<std::uint32_t>(pool_.size()) - 1;
                if (first == none) {
                    first = c;
                    std::fill(ring_place_.begin(), ring_place_.end(), std::uint64_t{0});
                    find_place(begin, ring_place_.data());
                } else {
                    crossing_[at(last)].next = c;
                    crossing_[at(last)].last = crossing.first;
                }
                last = c;
                if (!crossing.rising) set_side(ring_place_.data(), crossing.cut, false);
                std::copy(ring_place_.begin(), ring_place_.end(), place(crossing_place_, at(c)));
                if (crossing.rising) set_side(ring_place_.data(), crossing.cut, true);
            }
        }
        // (Where it crosses in the ring's first vertex at last, that is there once more.)
        const std::size_t size = pool_.size() - head - static_cast<std::size_t>(in_next);
        const std::span<const Point> ring(pool_.data() + head, size);
        if (!proof_.add_rounded(ring, begin == 0 ? 1 : -1)) return LineWalkEnd::not_simple;
        if (first == none) {
            lone_.push_back({.begin = begin, .end = end});
        } else {
            // The last chain runs on into the ring's head.
            const std::uint32_t stop = crossing_[at(first)].first;
            for (std::uint32_t i = head + static_cast<std::uint32_t>(in_next); i <= stop; ++i) {
                const Point p = pool_[i];
                pool_.push_back(p);
            }
            crossing_[at(last)].next = first;
            crossing_[at(last)].last = static_cast<std::uint32_t>(pool_.size()) - 1;
        }
        begin = end;
    }
    return LineWalkEnd::done;
}

// --- Step 2
// ------------------------------------------------------------------------------------------------

// False: cancelled.
bool LineWalk::find_corners(const Control& control) {
    const double low_x = static_cast<double>(low_.x);
    const double low_y = static_cast<double>(low_.y);
    const double high_x = static_cast<double>(high_.x);
    const double high_y = static_cast<double>(high_.y);
    const auto count = static_cast<std::int32_t>(cuts_.size());
    for (std::int32_t k = 0; k < count; ++k) {
        if (first_crossing_[at(k)] == first_crossing_[at(k) + 1]) continue;
        if (static_cast<std::uint32_t>(k) % cells_per_check == 0) {
            if (control.cancelled()) return false;
            control.report(0.5F * cutting_share * static_cast<float>(k) / static_cast<float>(count));
        }
        for (std::int32_t l = k + 1; l < count; ++l) {
            if (first_crossing_[at(l)] == first_crossing_[at(l) + 1]) continue;
            const int turn = lines_.turn(k, l);
            if (turn == 0) continue;
            const geometry::Vertex v = lines_.intersect(k, l);
            if (v.x + v.error < low_x || v.x - v.error > high_x || v.y + v.error < low_y ||
                v.y - v.error > high_y) {
                continue;
            }
            Corner& corner = corner_.emplace_back();
            corner.rounded = lines_.rounded(v);
            corner.cut[0] = k;
            corner.cut[1] = l;
            corner.turn = turn;
            corner.x = v.x;
            corner.y = v.y;
            corner.error = v.error;
        }
    }
    return true;
}

// All events, line by line. False: cancelled.
bool LineWalk::list_events(const Control& control) {
    const std::size_t count = cuts_.size();
    first_event_.assign(count + 2, 0); // first the numbers of events, two places on
    for (std::size_t cut = 0; cut < count; ++cut) {
        first_event_[cut + 2] = first_crossing_[cut + 1] - first_crossing_[cut];
    }
    for (const Corner& corner : corner_) {
        ++first_event_[at(corner.cut[0]) + 2];
        ++first_event_[at(corner.cut[1]) + 2];
    }
    for (std::size_t cut = 0; cut < count; ++cut) {
        first_event_[cut + 2] += first_event_[cut + 1];
    }
    event_.resize(first_event_[count + 1]);
    const auto add = [&](std::int32_t cut, double x, double y, double error, std::int32_t crossing,
                         std::int32_t corner) {
        const BorderLine line = line_[at(cut)];
        Event& event = event_[first_event_[at(cut) + 1]++]; // in the end the next line's first
        event.cut = cut;
        event.crossing = crossing;
        event.corner = corner;
        event.traced_ahead = 0;
        event.traced_back = 0;
        event.along = line.b * x - line.a * y;
        event.error = (std::abs(line.a) + std::abs(line.b)) * 1.01 * (error + slack_);
    };
    for (std::size_t c = 0; c < crossing_.size(); ++c) {
        const Crossing& crossing = crossing_[c];
        add(crossing.cut, crossing.x, crossing.y, crossing.error, static_cast<std::int32_t>(c), none);
    }
    for (std::size_t c = 0; c < corner_.size(); ++c) {
        if (c % corners_per_check == 0 && control.cancelled()) return false;
        const Corner& corner = corner_[c];
        add(corner.cut[0], corner.x, corner.y, corner.error, none, static_cast<std::int32_t>(c));
        add(corner.cut[1], corner.x, corner.y, corner.error, none, static_cast<std::int32_t>(c));
    }
    event_place_.resize(event_.size() * words_);
    return true;
}

void LineWalk::sort_along(std::span<Event> events) {
    if (events.size() > most_to_rank) {
        std::sort(events.begin(), events.end(),
                  [](const Event& x, const Event& y) { return x.along < y.along; });
        return;
    }
    for (std::size_t i = 0; i < events.size(); ++i) {
        rank_.values[i] = events[i].along;
    }
    if (geometry::distinct_ranks(rank_, events.size())) {
        std::copy(events.begin(), events.end(), unsorted_.begin());
        for (std::size_t i = 0; i < events.size(); ++i) {
            events[rank_.ranks[i]] = unsorted_[i];
        }
        return;
    }
    for (std::size_t i = 1; i < events.size(); ++i) {
        const Event event = events[i];
        std::size_t j = i;
        for (; j > 0 && event.along < events[j - 1].along; --j) {
            events[j] = events[j - 1];
        }
        events[j] = event;
    }
}

// -1: x comes first along the line, exactly. What meets on the boundary: the line leaves the polygon, or is
// outside, before it crosses others, and then it comes in. 0: corners that meet.
int LineWalk::compare_events(std::int32_t cut, const Event& x, const Event& y) const {
    geometry::Lines lines;
    const auto add = [&](std::int32_t number) {
        return lines.add_through(cuts_[at(number)].first, cuts_[at(number)].second);
    };
    const LineId line = add(cut);
    const auto vertex = [&](const Event& event) {
        if (event.crossing != none) return vertex_of(crossing_[at(event.crossing)], line, lines);
        const Corner& corner = corner_[at(event.corner)];
        return lines.intersect(line, add(corner.cut[corner.cut[0] == cut ? 1 : 0]));
    };
    const geometry::Vertex one = vertex(x);
    const int order = lines.compare_along(line, one, vertex(y));
    if (order != 0) return order;
    const auto rank = [&](const Event& event) {
        if (event.crossing == none) return 1;
        return crossing_[at(event.crossing)].rising ? 0 : 2;
    };
    return rank(x) - rank(y);
}

bool LineWalk::close(const Event& x, const Event& y) {
    return !(y.along - x.along > x.error + y.error);
}

// Exactly, the first ones: as far as their positions leave their order open. Returns how many these are.
// Corners outside of the polygon may come in any order.
std::size_t LineWalk::sort_close(std::int32_t cut, std::span<Event> events, bool inside) const {
    std::size_t count = 1;
    bool matters = inside || events[0].crossing != none;
    for (; count < events.size() && close(events[count - 1], events[count]); ++count) {
        matters = matters || events[count].crossing != none;
    }
    for (std::size_t e = 1; matters && e < count; ++e) {
        for (std::size_t k = e; k > 0 && close(events[k - 1], events[k]); --k) {
            if (compare_events(cut, events[k - 1], events[k]) <= 0) break;
            std::swap(events[k - 1], events[k]);
        }
    }
    return count;
}

// Along the line, with the place of each stretch that cuts.
LineWalkEnd LineWalk::sort_events(std::int32_t cut) {
    const std::uint32_t begin = first_event_[at(cut)];
    const std::uint32_t end = first_event_[at(cut) + 1];
    sort_along({event_.data() + begin, end - begin});
    bool inside = false;
    std::size_t sorted = begin; // up to here
    for (std::uint32_t e = begin; e < end; ++e) {
        if (e >= sorted && e + 1 < end && close(event_[e], event_[e + 1])) {
            sorted = e + sort_close(cut, {event_.data() + e, end - e}, inside);
        }
        const Event& event = event_[e];
        if (e > begin && close(event_[e - 1], event) &&
            (inside || event.crossing != none || event_[e - 1].crossing != none)) {
            // (What is less sure of its position may belong before what was passed already.) Where three
            // lines meet outside of the polygon, nothing is cut.
            const int order = compare_events(cut, event_[e - 1], event);
            if (order > 0 || (order == 0 && inside)) return LineWalkEnd::tie;
        }
        if (event.crossing != none) {
            Crossing& crossing = crossing_[at(event.crossing)];
            // The interior is on the left of the rings: where the line comes in, they fall.
            if (crossing.rising != inside) return LineWalkEnd::not_alternating;
            inside = !inside;
            crossing.event = static_cast<std::int32_t>(e);
            if (inside) {
                std::copy_n(place(crossing_place_, at(event.crossing)), words_, place(event_place_, e));
            }
            continue;
        }
        Corner& corner = corner_[at(event.corner)];
        const bool is_second = corner.cut[0] != cut;
        corner.event[is_second ? 1 : 0] = static_cast<std::int32_t>(e);
        if (!inside) continue;
        ++corner.inside;
        std::copy_n(place(event_place_, e - 1), words_, place(event_place_, e));
        // From here on the line is to the left of the other one, or to its right.
        set_side(place(event_place_, e), corner.cut[is_second ? 0 : 1], (corner.turn > 0) == is_second);
    }
    return inside ? LineWalkEnd::not_alternating : LineWalkEnd::done;
}

} // namespace cutout::fracture
