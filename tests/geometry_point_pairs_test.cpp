// point_pairs.h against what it stands for, one point at a time.
#include "geometry/point_pairs.h"
#include "geometry/predicates.h"
#include "geometry/random.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

namespace {

using namespace cutout;
using geometry::Point;

// Few different coordinates, so that points and coordinates repeat.
std::vector<Point> points_of(geometry::Random& random, std::size_t count, std::uint32_t values) {
    std::vector<Point> points(count);
    for (Point& p : points) {
        p = {static_cast<float>(random.next() % values) - 3.0F,
             static_cast<float>(random.next() % values) - 3.0F};
    }
    return points;
}

TEST(PointPairs, AnswersAsOnePointAfterTheOtherDoes) {
    geometry::Random random(17);
    for (std::size_t count = 1; count <= 150; ++count) {
        for (const std::uint32_t values : {2U, 7U, 1000U}) {
            const std::vector<Point> points = points_of(random, count, values);
            const auto bounds = geometry::bounds_of(points);
            const auto by_x =
                std::minmax_element(points.begin(), points.end(), [](Point a, Point b) { return a.x < b.x; });
            const auto by_y =
                std::minmax_element(points.begin(), points.end(), [](Point a, Point b) { return a.y < b.y; });
            ASSERT_EQ(bounds.low, (Point{by_x.first->x, by_y.first->y}));
            ASSERT_EQ(bounds.high, (Point{by_x.second->x, by_y.second->y}));
            const auto lowest = std::min_element(points.begin(), points.end(), geometry::lexicographic_less);
            ASSERT_EQ(geometry::lowest_point(points, bounds.low.x),
                      static_cast<std::size_t>(lowest - points.begin()));
            ASSERT_EQ(geometry::repeats_a_point(points),
                      std::adjacent_find(points.begin(), points.end()) != points.end());
            std::vector<Point> room(count + 16);
            std::copy(points.begin(), points.end(), room.begin() + 8);
            std::copy(points.begin(), points.begin() + 1,
                      room.begin() + 8 + static_cast<std::ptrdiff_t>(count));
            ASSERT_EQ(geometry::lowest_point_in_rounds(room.data() + 8, count, bounds.low.x),
                      static_cast<std::size_t>(lowest - points.begin()));
            std::vector<Point> copy(count + 3);
            geometry::copy_in_rounds(room.data() + 8, count, copy.data());
            ASSERT_TRUE(std::equal(points.begin(), points.end(), copy.begin()));
            geometry::copy_back_in_rounds(room.data() + 8 + count - 1, count, copy.data());
            ASSERT_TRUE(std::equal(points.rbegin(), points.rend(), copy.begin()));
        }
    }
}

// One repetition at every place, odd and even.
TEST(PointPairs, FindsEveryRepetition) {
    for (std::size_t count = 2; count <= 20; ++count) {
        for (std::size_t place = 0; place + 1 < count; ++place) {
            std::vector<Point> points(count);
            for (std::size_t i = 0; i < count; ++i) {
                points[i] = {static_cast<float>(i % 2), static_cast<float>(i)};
            }
            ASSERT_FALSE(geometry::repeats_a_point(points));
            points[place + 1] = points[place];
            ASSERT_TRUE(geometry::repeats_a_point(points)) << count << " points, at " << place;
        }
    }
}

} // namespace
