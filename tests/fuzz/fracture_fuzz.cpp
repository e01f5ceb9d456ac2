// libFuzzer's target: bytes become a case (case_draw.h), and the case must hold every promise (case_check.h).
// `make fuzz` builds and runs it, shrinks what it finds and keeps it as text.
//
// With CUTOUT_FUZZ_TEXT in the environment it only prints the case.
#include "fracture/workspace.h"
#include "support/case_check.h"
#include "support/case_draw.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace cutout::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static cutout::fracture::Workspace workspace; // used again and again, as a worker's is
    ByteDraw draw({data, size});
    const FractureCase fracture_case = draw_case(draw);
    if (std::getenv("CUTOUT_FUZZ_TEXT") != nullptr) {
        std::fputs(to_text(fracture_case).c_str(), stdout);
        std::fflush(stdout);
        std::_Exit(0); // once: libFuzzer runs an input again when it looks for leaks
    }
    // The dear checks on some inputs only: the bytes say which.
    const unsigned last = size > 0 ? data[size - 1] : 0U;
    const CaseReport report = check_case(
        fracture_case, {.workspace = &workspace, .other_ways = last % 4 == 0, .derived = last % 4 == 1});
    if (!report.faults.empty()) {
        std::fprintf(stderr, "FAULT: %s\n%s", report.faults.front().c_str(), to_text(fracture_case).c_str());
        std::abort();
    }
    return 0;
}
