// Draws, fractures and checks cases until its time is over; a failing one is shrunk and kept as a text file.
//
//     fracture_soak <seconds> <first seed> <folder for what it finds> [craters]     of all drawn, or only
//     those fracture_soak <file>...              only these cases fracture_soak shrink <file> <file for the
//     shrunk case>
//
// The cases are run in a child process, so a crash is found, shrunk and kept like any other fault, and so is
// a case that takes longer than a minute. Exit status 1 when something failed. `make soak` runs it.
#include "fracture/workspace.h"
#include "support/case_check.h"
#include "support/case_draw.h"
#include "support/case_shrink.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <new>
#include <string>

namespace {

using namespace cutout::test;
using Clock = std::chrono::steady_clock;

constexpr unsigned most_seconds = 60; // of one case
constexpr int most_found = 20;

// What the child tells the parent, and leaves behind when it dies.
struct Board {
    std::uint64_t seed = 0; // of the case at hand
    std::uint64_t cases = 0;
    std::uint64_t fractured = 0;
    std::uint64_t fragments = 0;
    std::uint64_t fell_back = 0;
    std::uint64_t vanished = 0;
    char fault[512] = {};
};

Board* shared_board() {
    void* memory = mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        std::perror("mmap");
        std::exit(2);
    }
    return new (memory) Board;
}

void write_fault(Board& board, const std::string& text) {
    std::snprintf(board.fault, sizeof board.fault, "%s", text.c_str());
}

// Runs it in a child. True: the child found its work done without fault. Else the board says what was wrong.
bool apart(Board& board, const std::function<bool()>& work) {
    std::fflush(stdout);
    const pid_t child = fork();
    if (child < 0) {
        std::perror("fork");
        std::exit(2);
    }
    if (child == 0) _exit(work() ? 0 : 1);
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) <= 1) return WEXITSTATUS(status) == 0;
    const bool late = WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM;
    write_fault(board, late ? "takes longer than a minute" : "crashes");
    return false;
}

bool is_sound(Board& board, const FractureCase& fracture_case) {
    alarm(most_seconds);
    const CaseReport report = check_case(fracture_case, {});
    if (!report.faults.empty()) write_fault(board, report.faults.front());
    return report.faults.empty();
}

FractureCase case_of(std::uint64_t seed) {
    RandomDraw draw(seed);
    return draw_case(draw);
}

// Cases from board.seed on. False: that one is not sound.
bool run_cases(Board& board, Clock::time_point end, bool only_craters) {
    cutout::fracture::Workspace workspace;
    for (; Clock::now() < end; ++board.seed) {
        alarm(most_seconds);
        const FractureCase fracture_case = case_of(board.seed);
        if (only_craters && fracture_case.way != Way::crater) continue;
        const CaseReport report = check_case(fracture_case, {.workspace = &workspace});
        ++board.cases;
        board.fractured += report.fragments > 0 ? 1 : 0;
        board.fragments += report.fragments;
        board.fell_back += report.fell_back ? 1 : 0;
        board.vanished += report.vanished_tip ? 1 : 0;
        if (!report.faults.empty()) {
            write_fault(board, report.faults.front());
            return false;
        }
    }
    return true;
}

// Writes the smallest case like it that still fails. False: it does not fail.
bool shrink_to(Board& board, const FractureCase& found, const std::filesystem::path& path) {
    const auto fails = [&](const FractureCase& c) {
        return !apart(board, [&] { return is_sound(board, c); });
    };
    if (!fails(found)) return false;
    const FractureCase small = shrink(found, fails);
    (void)fails(small); // the board gets its fault
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << "# " << board.fault << "\n" << to_text(small);
    std::printf("FOUND %s\n%s\n%s\n", path.c_str(), board.fault, to_text(small).c_str());
    return true;
}

void keep(Board& board, const std::string& folder) {
    const FractureCase found = case_of(board.seed);
    const std::string first_fault = board.fault;
    if (shrink_to(board, found, folder + "/seed-" + std::to_string(board.seed) + ".txt")) return;
    std::printf("FOUND only after other cases: seed %llu: %s\n%s\n",
                static_cast<unsigned long long>(board.seed), first_fault.c_str(), to_text(found).c_str());
}

FractureCase read_case(const char* file) {
    std::ifstream in(file);
    return case_from_text({std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
}

int replay(Board& board, int count, char** files) {
    int failed = 0;
    for (int i = 0; i < count; ++i) {
        const FractureCase fracture_case = read_case(files[i]);
        const bool sound = apart(board, [&] { return is_sound(board, fracture_case); });
        std::printf("%s: %s\n", files[i], sound ? "sound" : board.fault);
        failed += sound ? 0 : 1;
    }
    return failed == 0 ? 0 : 1;
}

unsigned long long number(std::uint64_t value) {
    return value;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(
            stderr,
            "usage: fracture_soak <seconds> <first seed> <folder> [craters] | fracture_soak <file>... | "
            "fracture_soak shrink <file> <file>\n");
        return 2;
    }
    Board& board = *shared_board();
    if (argc == 4 && std::strcmp(argv[1], "shrink") == 0) {
        if (shrink_to(board, read_case(argv[2]), argv[3])) return 0;
        std::printf("%s does not fail\n", argv[2]);
        return 1;
    }
    if (std::filesystem::exists(argv[1])) return replay(board, argc - 1, argv + 1);
    const auto end = Clock::now() + std::chrono::milliseconds(static_cast<int>(1000.0 * std::atof(argv[1])));
    board.seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
    const std::string folder = argc > 3 ? argv[3] : "found";
    const bool only_craters = argc > 4 && std::strcmp(argv[4], "craters") == 0;
    int found = 0;
    while (Clock::now() < end && found < most_found) {
        if (apart(board, [&] { return run_cases(board, end, only_craters); })) break;
        ++found;
        keep(board, folder);
        ++board.seed;
    }
    std::printf(
        "soak: %llu cases (next seed %llu), %llu fractured into %llu fragments, %llu by the slow way, "
        "%llu with a vanished tip, %d faults\n",
        number(board.cases), number(board.seed), number(board.fractured), number(board.fragments),
        number(board.fell_back), number(board.vanished), found);
    return found == 0 ? 0 : 1;
}
