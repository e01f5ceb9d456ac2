// Hashes of fractures drawn at random, to be compared between processors, compilers and optimisation levels.
//
//     case_hashes <number of cases>
//
// One line for every hundred cases: how many were fractured, and a hash of all their bits and all statuses.
// The cases are of the portable kind (Draw::portable): they are the same on every machine.
#include "fracture/crater.h"
#include "fracture/derived.h"
#include "fracture/fracture.h"
#include "fracture/workspace.h"
#include "support/case_draw.h"
#include "support/fracture_checker.h"

#include <bit>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace cutout;

void mix(std::uint64_t& hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x100000001B3ULL;
    hash ^= hash >> 31U;
}

geometry::Failure run(const test::FractureCase& c, fracture::Workspace& workspace, fracture::Fragments& out,
                      fracture::Remains& rest) {
    const auto views = test::views(c.rings);
    const fracture::Control control{.workspace = &workspace};
    if (c.way == test::Way::sites) return fracture::fracture_at_sites({views}, c.sites, control, out);
    if (c.way == test::Way::lines) return fracture::fracture_along_lines({views}, c.lines, control, out);
    if (c.way == test::Way::crater) {
        return fracture::damage({views}, c.craters.front(), control, out, rest);
    }
    fracture::Params params;
    if (geometry::Failure failure = test::params_of(c, params); !failure.ok()) return failure;
    return fracture::fracture({views}, params, control, out);
}

} // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 0;
    if (count < 100) {
        std::fprintf(stderr, "usage: case_hashes <number of cases, at least 100>\n");
        return 2;
    }
    fracture::Workspace workspace;
    std::uint64_t hash = 0;
    int fractured = 0;
    for (int i = 1; i <= count; ++i) {
        test::RandomDraw draw(static_cast<std::uint64_t>(i));
        draw.portable = true;
        fracture::Fragments out;
        fracture::Remains rest;
        const geometry::Failure failure = run(test::draw_case(draw), workspace, out, rest);
        mix(hash, static_cast<std::uint64_t>(failure.status));
        if (failure.ok()) {
            ++fractured;
            mix(hash, test::hash_fragments(out));
            for (const geometry::Point p : rest.points) {
                mix(hash, std::bit_cast<std::uint32_t>(p.x));
                mix(hash, std::bit_cast<std::uint32_t>(p.y));
            }
            fracture::Triangles triangles;
            fracture::FragmentParts parts;
            if (fracture::find_triangles(out, {}, triangles).ok() &&
                fracture::find_convex_parts(out, 8, 0.0, {}, parts).ok()) {
                for (const std::uint32_t corner : triangles.corners) {
                    mix(hash, corner);
                }
                for (const std::uint32_t offset : parts.offsets) {
                    mix(hash, offset);
                }
            }
        }
        if (i % 100 == 0) {
            std::printf("%d cases, %d fractured: %016llx\n", i, fractured,
                        static_cast<unsigned long long>(hash));
        }
    }
    return 0;
}
