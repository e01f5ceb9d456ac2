#include "fracture/fragment_drafts.h"

#include <gtest/gtest.h>
#include <vector>

namespace {

using namespace cutout;
using fracture::FragmentDrafts;
using geometry::Point;

struct Corner {
    Point point;
    bool cut = false; // the edge that leaves it
};

bool add(FragmentDrafts& drafts, std::size_t cell, const std::vector<Corner>& ring) {
    drafts.start();
    for (const Corner& corner : ring) {
        drafts.add(corner.point, corner.cut);
    }
    return drafts.finish(cell, true);
}

TEST(FragmentDrafts, CutsCancelWhereBothSidesHaveThem) {
    FragmentDrafts drafts;
    drafts.begin(3);
    ASSERT_TRUE(add(drafts, 0, {{{0, 0}}, {{1, 0}, true}, {{1, 1}, true}}));
    EXPECT_FALSE(drafts.cuts_cancel());
    ASSERT_TRUE(add(drafts, 1, {{{1, 0}}, {{2, 1}}, {{1, 1}, true}}));
    EXPECT_FALSE(drafts.cuts_cancel()); // from (1, 1) to (0, 0) there is nobody yet
    ASSERT_TRUE(add(drafts, 2, {{{0, 0}, true}, {{1, 1}}, {{0, 1}}}));
    EXPECT_TRUE(drafts.cuts_cancel());
    // The same way round twice.
    ASSERT_TRUE(add(drafts, 2, {{{0, 0}, true}, {{1, 1}}, {{0, 2}}}));
    EXPECT_FALSE(drafts.cuts_cancel());
}

TEST(FragmentDrafts, CutsWithAnotherVertexOnOneSideDoNotCancel) {
    FragmentDrafts drafts;
    drafts.begin(2);
    ASSERT_TRUE(add(drafts, 0, {{{0, 0}}, {{2, 0}, true}, {{2, 2}}}));
    ASSERT_TRUE(add(drafts, 1, {{{2, 0}}, {{4, 0}}, {{2, 2}, true}, {{2, 1}, true}}));
    EXPECT_FALSE(drafts.cuts_cancel());
}

TEST(FragmentDrafts, ASliverBetweenBoundaryAndCutMovesTheBoundary) {
    FragmentDrafts drafts;
    drafts.begin(1);
    EXPECT_FALSE(add(drafts, 0, {{{0, 0}, true}, {{1, 0}, true}, {{1, 0}, true}}));
    EXPECT_FALSE(drafts.boundary_moved());
    EXPECT_FALSE(add(drafts, 0, {{{0, 0}}, {{1, 0}, true}, {{1, 0}, true}}));
    EXPECT_TRUE(drafts.boundary_moved());
    drafts.begin(1);
    EXPECT_FALSE(drafts.boundary_moved());
}

} // namespace
