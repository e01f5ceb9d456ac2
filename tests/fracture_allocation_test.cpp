// No memory is test::asked for on the hot path: counts what operator new is called for.
//
// (Not where a sanitizer has its own operator new.)
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include "fracture/fracture.h"
#include "fracture/workspace.h"
#include "support/operator_new.h"
#include "support/workloads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>

namespace cutout {
namespace {

// Of one fracture with buffers that were used before: the list of lines is copied, and a copy of the views is
// none of the kernel's.
constexpr std::size_t most_for_a_fracture = 1;

std::size_t fracture_and_count(const test::WorkloadCase& variant, fracture::Workspace& workspace,
                               fracture::Fragments& out) {
    const std::vector<geometry::RingView> views(variant.rings.begin(), variant.rings.end());
    const fracture::Control control{.workspace = &workspace};
    const std::size_t before = test::asked;
    const geometry::Failure failure =
        variant.lines.empty() ? fracture::fracture_at_sites({views}, variant.sites, control, out)
                              : fracture::fracture_along_lines({views}, variant.lines, control, out);
    const std::size_t after = test::asked;
    EXPECT_TRUE(failure.ok()) << failure.message;
    EXPECT_FALSE(out.fell_back);
    return after - before;
}

TEST(Allocation, IsCounted) {
    const std::size_t before = test::asked;
    const std::vector<int> one(1);
    EXPECT_EQ(test::asked, before + one.size());
}

TEST(Allocation, NoneForAFragmentOnceBuffersAreThere) {
    for (const test::Workload& workload : test::workloads()) {
        fracture::Workspace workspace;
        fracture::Fragments fragments;
        std::size_t first = 0;
        for (const test::WorkloadCase& variant : workload.variants) {
            first += fracture_and_count(variant, workspace, fragments);
        }
        EXPECT_GT(first, 20U) << "new buffers were got without operator new";
        std::size_t most = 0;
        std::size_t pieces = 0;
        for (const test::WorkloadCase& variant : workload.variants) {
            most = std::max(most, fracture_and_count(variant, workspace, fragments));
            pieces += fragments.size();
        }
        EXPECT_GT(pieces, 10 * workload.variants.size());
        EXPECT_LE(most, most_for_a_fracture) << workload.name;
    }
}

} // namespace
} // namespace cutout

#endif
