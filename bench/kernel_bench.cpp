// The kernel against the usual way (peer_pipeline.h, as addons write it and trimmed), on the workloads of
// tests/support/workloads.h.
//
//     kernel_bench [--csv=FILE] [Google Benchmark's options]
//
// All sides are timed in one process, in turns of equal time: whole rounds over all variants until three
// milliseconds are over, as a game that shatters hundreds of polygons at once does. Each call is timed by
// itself. They begin with rings of floats and end with one vector of points for each fragment; ours checks
// the polygon first, as everybody's call does. Before anything is timed, they must agree about the number of
// pieces and the area.
//
// Columns: microseconds for one fracture, median and least of all runs; `ratio` is theirs ÷ ours of the
// medians. The CSV has the peer as addons write it. Google Benchmark's own columns are the time of all sides
// together.
#include "peer_pipeline.h"

#include "fracture/fracture.h"
#include "fracture/workspace.h"
#include "support/workloads.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace cutout;
using bench::Rings;
using geometry::Point;
using test::Workload;
using test::WorkloadCase;
using Clock = std::chrono::steady_clock;

// Ours: from rings to one vector of points for each fragment. Buffers are reused, as a worker does.
struct Buffers {
    std::vector<geometry::RingView> views;
    fracture::Workspace workspace;
    fracture::Fragments fragments;
};

void fracture_ours(Buffers& buffers, const WorkloadCase& variant, Rings& pieces) {
    pieces.clear();
    const std::vector<geometry::RingView>& views = buffers.views;
    buffers.views.assign(variant.rings.begin(), variant.rings.end());
    fracture::Fragments& fragments = buffers.fragments;
    const fracture::Control control{.workspace = &buffers.workspace};
    const geometry::Failure failure =
        variant.lines.empty() ? fracture::fracture_at_sites({views}, variant.sites, control, fragments)
                              : fracture::fracture_along_lines({views}, variant.lines, control, fragments);
    if (!failure.ok()) throw std::runtime_error(failure.message);
    pieces.reserve(fragments.size());
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        const auto ring = fragments.ring(i);
        pieces.emplace_back(ring.begin(), ring.end());
    }
}

template <typename Peer> void fracture_peer(Peer& peer, const WorkloadCase& variant, Rings& pieces) {
    if (variant.lines.empty()) {
        peer.voronoi(variant.rings, variant.sites, pieces);
    } else {
        peer.slices(variant.rings, variant.lines, pieces);
    }
}

double signed_area(const std::vector<Point>& ring) {
    double sum = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point p = ring[i];
        const Point q = ring[(i + 1) % ring.size()];
        sum += double{p.x} * double{q.y} - double{q.x} * double{p.y};
    }
    return 0.5 * sum;
}

// Empty when both gave the same pieces.
std::string difference(const WorkloadCase& variant, const Rings& ours, const Rings& peers) {
    double area = 0.0;
    for (std::size_t i = 0; i < variant.rings.size(); ++i) {
        area += (i == 0 ? 1.0 : -1.0) * std::abs(signed_area(variant.rings[i]));
    }
    double our_area = 0.0;
    for (const auto& piece : ours) {
        our_area += std::abs(signed_area(piece));
    }
    double peer_area = 0.0;
    std::size_t outlines = 0;
    std::size_t holes = 0;
    for (const auto& piece : peers) {
        peer_area += signed_area(piece);
        ++(signed_area(piece) > 0.0 ? outlines : holes);
    }
    const auto differs = [&](double other) { return std::abs(other - area) > 1e-6 * area; };
    if (differs(our_area) || differs(peer_area)) {
        return "areas differ: polygon " + std::to_string(area) + ", ours " + std::to_string(our_area) +
               ", peer " + std::to_string(peer_area);
    }
    // A piece with holes is one outline and its holes there, and here at most one piece more for each hole.
    if (ours.size() < outlines || ours.size() > outlines + holes) {
        return "numbers of pieces differ: ours " + std::to_string(ours.size()) + ", peer " +
               std::to_string(outlines) + " and " + std::to_string(holes) + " holes";
    }
    return {};
}

struct Times {
    double median = 0.0;
    double least = 0.0;
};

Times summary(std::vector<double>& samples) {
    const auto middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
    std::nth_element(samples.begin(), middle, samples.end());
    return {*middle, *std::min_element(samples.begin(), samples.end())};
}

struct Row {
    std::string name;
    std::string what;
    Times ours;
    Times addon;
    Times trimmed;
};

double ratio(const Times& theirs, const Times& ours) {
    return theirs.median / ours.median;
}

class Report {
public:
    void set(const Row& row) {
        const auto same =
            std::find_if(rows_.begin(), rows_.end(), [&](const Row& r) { return r.name == row.name; });
        if (same == rows_.end()) {
            rows_.push_back(row);
        } else {
            *same = row;
        }
    }
    void fail(const std::string& why) {
        failed_ = true;
        std::cerr << "error: " << why << "\n";
    }
    [[nodiscard]] bool failed() const { return failed_; }

    void print() const {
        std::printf("\n%-49s %18s %19s  ratio %19s  ratio\n", "microseconds, median (least)", "ours",
                    "as addons write it", "trimmed");
        for (const Row& row : rows_) {
            std::printf("%-4s %-44s %8.2f (%7.2f)", row.name.c_str(), row.what.c_str(), row.ours.median,
                        row.ours.least);
            for (const Times& peer : {row.addon, row.trimmed}) {
                std::printf(" %9.2f (%7.2f) %6.1f", peer.median, peer.least, ratio(peer, row.ours));
            }
            std::printf("\n");
        }
    }
    [[nodiscard]] bool write_csv(const std::string& path) const {
        std::ofstream out(path);
        out << "workload,ours_us,peer_us,ratio\n";
        for (const Row& row : rows_) {
            char line[160];
            std::snprintf(line, sizeof line, "%s,%.3f,%.3f,%.2f\n", row.name.c_str(), row.ours.median,
                          row.addon.median, ratio(row.addon, row.ours));
            out << line;
        }
        return out.flush().good();
    }

private:
    std::vector<Row> rows_;
    bool failed_ = false;
};

double microseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::micro>(duration).count();
}

// How long one side's turn is at least. It ends with a whole round.
constexpr std::chrono::milliseconds turn{3};

// Appends the time of each call.
template <typename Cut> void take_turn(const Workload& workload, const Cut& cut, std::vector<double>& times) {
    const auto start = Clock::now();
    while (Clock::now() - start < turn) {
        for (const WorkloadCase& variant : workload.variants) {
            const auto begin = Clock::now();
            cut(variant);
            times.push_back(microseconds(Clock::now() - begin));
        }
    }
}

// Empty when they agree about all variants.
template <typename Peer> std::string differences(const Workload& workload, Buffers& buffers, Peer& peer) {
    Rings ours;
    Rings theirs;
    for (std::size_t k = 0; k < workload.variants.size(); ++k) {
        fracture_ours(buffers, workload.variants[k], ours);
        fracture_peer(peer, workload.variants[k], theirs);
        const std::string why = difference(workload.variants[k], ours, theirs);
        if (!why.empty()) return workload.name + ", variant " + std::to_string(k) + ": " + why;
    }
    return {};
}

void compare(benchmark::State& state, const Workload& workload, Report& report) {
    Buffers buffers;
    bench::AddonPipeline addon;
    bench::TrimmedPipeline trimmed;
    for (const std::string& why :
         {differences(workload, buffers, addon), differences(workload, buffers, trimmed)}) {
        if (why.empty()) continue;
        report.fail(why);
        state.SkipWithError("ours and the peer do not agree");
        return;
    }
    Rings pieces;
    std::vector<double> our_times;
    std::vector<double> addon_times;
    std::vector<double> trimmed_times;
    const auto peer_turn = [&](auto& peer, std::vector<double>& times) {
        take_turn(
            workload,
            [&](const WorkloadCase& variant) {
                fracture_peer(peer, variant, pieces);
                benchmark::DoNotOptimize(pieces.data());
            },
            times);
    };
    for (auto _ : state) {
        take_turn(
            workload,
            [&](const WorkloadCase& variant) {
                fracture_ours(buffers, variant, pieces);
                benchmark::DoNotOptimize(pieces.data());
            },
            our_times);
        peer_turn(addon, addon_times);
        peer_turn(trimmed, trimmed_times);
    }
    const Row row{workload.name, workload.what, summary(our_times), summary(addon_times),
                  summary(trimmed_times)};
    state.counters["ours_us"] = row.ours.median;
    state.counters["ours_least"] = row.ours.least;
    state.counters["peer_us"] = row.addon.median;
    state.counters["peer_least"] = row.addon.least;
    state.counters["trimmed_us"] = row.trimmed.median;
    state.counters["ratio"] = ratio(row.addon, row.ours);
    report.set(row);
}

} // namespace

int main(int argc, char** argv) {
    std::string csv;
    int kept = 1;
    for (int i = 1; i < argc; ++i) {
        if (std::strncmp(argv[i], "--csv=", 6) == 0) {
            csv = argv[i] + 6;
        } else {
            argv[kept++] = argv[i];
        }
    }
    argc = kept;
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    Report report;
    const std::vector<Workload> all = test::workloads();
    for (const Workload& workload : all) {
        benchmark::RegisterBenchmark(workload.name.c_str(), [&workload, &report](benchmark::State& state) {
            compare(state, workload, report);
        })->Unit(benchmark::kMicrosecond);
    }
    benchmark::RunSpecifiedBenchmarks();
    if (report.failed()) return 1;
    report.print();
    if (!csv.empty() && !report.write_csv(csv)) {
        std::cerr << "error: cannot write " << csv << "\n";
        return 1;
    }
    return 0;
}
