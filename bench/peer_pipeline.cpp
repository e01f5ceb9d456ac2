#include "peer_pipeline.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace cutout::bench {

using Clipper2Lib::FillRule;
using Clipper2Lib::PathD;
using Clipper2Lib::PathsD;
using geometry::Delaunay;
using geometry::Point;

namespace {

PathsD paths_of(const Rings& rings) {
    PathsD paths;
    paths.reserve(rings.size());
    for (const auto& ring : rings) {
        PathD& path = paths.emplace_back();
        path.reserve(ring.size());
        for (const Point p : ring) {
            path.emplace_back(double{p.x}, double{p.y});
        }
    }
    return paths;
}

void add_pieces(const PathsD& paths, Rings& pieces) {
    for (const PathD& path : paths) {
        auto& ring = pieces.emplace_back();
        ring.reserve(path.size());
        for (const auto& p : path) {
            ring.push_back({static_cast<float>(p.x), static_cast<float>(p.y)});
        }
    }
}

// The bounds, and as much again on every side.
std::pair<Point, Point> wide_bounds(const Ring& ring) {
    Point low = ring[0];
    Point high = ring[0];
    for (const Point p : ring) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    const float wide = std::max(high.x - low.x, high.y - low.y);
    return {{low.x - wide, low.y - wide}, {high.x + wide, high.y + wide}};
}

// Two boxes, left and right of the line, as long as the polygon anywhere.
std::pair<PathD, PathD> sides_of(Point from, Point to, double reach) {
    double dx = double{to.x} - double{from.x};
    double dy = double{to.y} - double{from.y};
    const double stretch = reach / std::sqrt(dx * dx + dy * dy);
    dx *= stretch;
    dy *= stretch;
    const double x = double{from.x};
    const double y = double{from.y};
    const Clipper2Lib::PointD begin(x - dx, y - dy);
    const Clipper2Lib::PointD end(x + dx, y + dy);
    return {{begin, end, {end.x - dy, end.y + dx}, {begin.x - dy, begin.y + dx}},
            {end, begin, {begin.x + dy, begin.y - dx}, {end.x + dy, end.y - dx}}};
}

double reach_of(const Ring& ring) {
    const auto [low, high] = wide_bounds(ring);
    return 2.0 * (double{high.x} - double{low.x} + double{high.y} - double{low.y});
}

Rings intersection(const Rings& polygon, const PathD& convex) {
    Rings pieces;
    add_pieces(Clipper2Lib::Intersect(paths_of(polygon), {convex}, FillRule::NonZero, decimals), pieces);
    return pieces;
}

using Adjacency = std::vector<std::vector<std::size_t>>;

std::vector<std::size_t> triangles_of(const Ring& sites) {
    Delaunay delaunay;
    if (!delaunay.triangulate(sites)) throw std::runtime_error("the sites have no triangulation");
    return {delaunay.origins().begin(), delaunay.origins().end()};
}

Adjacency adjacency_of(std::size_t sites, const std::vector<std::size_t>& triangles) {
    Adjacency adjacency(sites);
    const auto join = [&](std::size_t from, std::size_t to) {
        auto& list = adjacency[from];
        if (std::find(list.begin(), list.end(), to) == list.end()) list.push_back(to);
    };
    for (std::size_t t = 0; t < triangles.size(); t += 3) {
        for (std::size_t i = 0; i < 3; ++i) {
            join(triangles[t + i], triangles[t + (i + 1) % 3]);
            join(triangles[t + (i + 1) % 3], triangles[t + i]);
        }
    }
    return adjacency;
}

// The side of the bisector on which `site` lies.
PathD nearer_part(const PathD& cell, Point site, Point other) {
    const double nx = double{other.x} - double{site.x};
    const double ny = double{other.y} - double{site.y};
    const double mx = 0.5 * (double{other.x} + double{site.x});
    const double my = 0.5 * (double{other.y} + double{site.y});
    PathD part;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const auto& p = cell[i];
        const auto& q = cell[(i + 1) % cell.size()];
        const double dp = (p.x - mx) * nx + (p.y - my) * ny;
        const double dq = (q.x - mx) * nx + (q.y - my) * ny;
        if (dp <= 0.0) part.push_back(p);
        if ((dp <= 0.0) != (dq <= 0.0)) {
            const double t = dp / (dp - dq);
            part.emplace_back(p.x + t * (q.x - p.x), p.y + t * (q.y - p.y));
        }
    }
    return part;
}

PathsD cells_of(const Ring& sites, const Adjacency& adjacency, const PathD& box) {
    PathsD cells;
    for (std::size_t site = 0; site < sites.size(); ++site) {
        PathD cell = box;
        for (const std::size_t other : adjacency[site]) {
            cell = nearer_part(cell, sites[site], sites[other]);
        }
        cells.push_back(std::move(cell));
    }
    return cells;
}

} // namespace

void AddonPipeline::voronoi(const Rings& polygon, const Ring& sites, Rings& pieces) {
    pieces.clear();
    const auto [low, high] = wide_bounds(polygon[0]);
    const PathD box{{double{low.x}, double{low.y}},
                    {double{high.x}, double{low.y}},
                    {double{high.x}, double{high.y}},
                    {double{low.x}, double{high.y}}};
    for (const PathD& cell : cells_of(sites, adjacency_of(sites.size(), triangles_of(sites)), box)) {
        for (Ring& piece : intersection(polygon, cell)) {
            pieces.push_back(std::move(piece));
        }
    }
}

void AddonPipeline::slices(const Rings& polygon, const CutLines& lines, Rings& pieces) {
    pieces = {polygon[0]};
    const double reach = reach_of(polygon[0]);
    for (const auto& [from, to] : lines) {
        Rings next;
        const auto [left, right] = sides_of(from, to, reach);
        for (const Ring& part : pieces) {
            for (const PathD* side : {&left, &right}) {
                for (Ring& piece : intersection({part}, *side)) {
                    next.push_back(std::move(piece));
                }
            }
        }
        pieces = std::move(next);
    }
}

void TrimmedPipeline::find_neighbours(const Ring& sites) {
    if (!delaunay_.triangulate(sites)) throw std::runtime_error("the sites have no triangulation");
    neighbours_.resize(sites.size());
    for (auto& list : neighbours_) {
        list.clear();
    }
    const auto origins = delaunay_.origins();
    const auto twins = delaunay_.twins();
    for (std::size_t e = 0; e < origins.size(); ++e) {
        const auto from = static_cast<std::uint32_t>(origins[e]);
        const auto to = static_cast<std::uint32_t>(
            origins[static_cast<std::size_t>(Delaunay::next(static_cast<std::int32_t>(e)))]);
        neighbours_[from].push_back(to);
        if (twins[e] == Delaunay::none) neighbours_[to].push_back(from);
    }
}

void TrimmedPipeline::clip_cell(const Ring& sites, std::size_t site) {
    cell_ = box_;
    const double x = double{sites[site].x};
    const double y = double{sites[site].y};
    for (const std::uint32_t other : neighbours_[site]) {
        // Keep what is nearer to this site: a x + b y <= c.
        const double a = double{sites[other].x} - x;
        const double b = double{sites[other].y} - y;
        const double c = a * 0.5 * (double{sites[other].x} + x) + b * 0.5 * (double{sites[other].y} + y);
        clipped_.clear();
        for (std::size_t i = 0; i < cell_.size(); ++i) {
            const Corner p = cell_[i];
            const Corner q = cell_[i + 1 < cell_.size() ? i + 1 : 0];
            const double dp = a * p.x + b * p.y - c;
            const double dq = a * q.x + b * q.y - c;
            if (dp <= 0.0) clipped_.push_back(p);
            if ((dp < 0.0 && dq > 0.0) || (dp > 0.0 && dq < 0.0)) {
                const double t = dp / (dp - dq);
                clipped_.push_back({p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)});
            }
        }
        cell_.swap(clipped_);
    }
}

void TrimmedPipeline::voronoi(const Rings& polygon, const Ring& sites, Rings& pieces) {
    pieces.clear();
    find_neighbours(sites);
    const auto [low, high] = wide_bounds(polygon[0]);
    box_ = {{double{low.x}, double{low.y}},
            {double{high.x}, double{low.y}},
            {double{high.x}, double{high.y}},
            {double{low.x}, double{high.y}}};
    const PathsD subject = paths_of(polygon);
    PathsD clip(1);
    for (std::size_t site = 0; site < sites.size(); ++site) {
        clip_cell(sites, site);
        clip[0].clear();
        for (const Corner corner : cell_) {
            clip[0].emplace_back(corner.x, corner.y);
        }
        add_pieces(Clipper2Lib::Intersect(subject, clip, FillRule::NonZero, decimals), pieces);
    }
}

void TrimmedPipeline::slices(const Rings& polygon, const CutLines& lines, Rings& pieces) {
    pieces.clear();
    const double reach = reach_of(polygon[0]);
    PathsD parts = paths_of({polygon[0]});
    PathsD next;
    PathsD subject(1);
    for (const auto& [from, to] : lines) {
        const auto [left, right] = sides_of(from, to, reach);
        const PathsD sides[] = {{left}, {right}};
        next.clear();
        for (PathD& part : parts) {
            subject[0].swap(part);
            for (const PathsD& side : sides) {
                for (PathD& piece : Clipper2Lib::Intersect(subject, side, FillRule::NonZero, decimals)) {
                    next.push_back(std::move(piece));
                }
            }
        }
        parts.swap(next);
    }
    add_pieces(parts, pieces);
}

} // namespace cutout::bench
