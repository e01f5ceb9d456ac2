"""The stages of `make test`, in order, and the closing line."""
import os
import shutil
import signal
import subprocess
import sys
import time

import judges
from stage import LOGS, ROOT, Outcome, Stage

TOOLS = ROOT / "tools"
SHARDS = TOOLS / "testing" / "shards"  # a test program in as many parts as there are processors
# A runner that does not even compile would let the engine run idle until the time limit.
BEGIN = ("CUTOUT-TESTS begin", 45)


def fixed_addresses():
    """The sanitizers want a predictable address space; setarch gives it where the system allows."""
    if shutil.which("setarch") and subprocess.run(["setarch", "-R", "true"], capture_output=True).returncode == 0:
        return ["setarch", "-R"]
    return []


def test_programs(rooms):
    """All rooms that have tests, as tests/CMakeLists.txt names them."""
    text = (ROOT / "tests" / "CMakeLists.txt").read_text(encoding="utf-8")
    return [room for room in rooms if f"cutout_tests({room} " in text]


def engine_run(*arguments):
    return [TOOLS / "engine", "run", "--headless", "--path", "project", *arguments]


def stages():
    rooms = test_programs(["geometry", "fracture", "debris", "batch", "gdextension"])
    plain_rooms = [r for r in rooms if r != "gdextension"]  # the sanitizers build no extension
    yield Stage("doors", [TOOLS / "check_doors"], 60)
    yield Stage("lengths", [TOOLS / "check_lengths"], 60)
    yield Stage("lists", [TOOLS / "check_lists"], 60)
    yield Stage("format", [TOOLS / "format", "--check"], 120)

    yield Stage("build release", [TOOLS / "build", "release", "-DCUTOUT_TESTS=ON"], 900)
    for room in rooms:
        yield Stage(f"release {room}", [SHARDS, f"build/release/tests/{room}_tests"], 180, judges.gtest,
                    needs=("build release",))

    # What compares with Clipper2 runs on its libraries, which no sanitizer's runtime fits.
    yield Stage("release oracle", ["build/release/tests/oracle_tests"], 180, judges.gtest,
                needs=("build release",))

    yield Stage("import", [TOOLS / "import", "--strict"], 180, needs=("build release",))
    yield Stage("scripts", engine_run("res://tests/runner.tscn", "--", "--scripts"), 120, judges.engine_tests,
                needs=("import",), first_sign=BEGIN)
    yield Stage("engine", engine_run("res://tests/runner.tscn"), 400, judges.engine_tests, needs=("import",),
                first_sign=BEGIN)
    yield Stage("editor", [TOOLS / "check_editor"], 300, needs=("import",))
    # The real renderer, in software: whole objects and their pieces, pixel by pixel.
    for pictures in ("first_frames", "debris_order"):
        yield Stage(f"pictures {pictures}",
                    [TOOLS / "engine", "picture", "--path", "project", f"res://tests/pictures/{pictures}.tscn"],
                    300, judges.engine_tests, needs=("import",))
    # One game and one sequence of quits; make soak runs others, and far longer ones.
    yield Stage("engine soak", [TOOLS / "soak_engine", "--jobs=20000", "--quits=10", "--seed=1"], 240,
                needs=("import",))

    steady = fixed_addresses()
    yield Stage("build asan", [TOOLS / "build", "asan", "-DCUTOUT_TESTS=ON",
                               *(f"--target={room}_tests" for room in plain_rooms)], 900)
    for room in plain_rooms:
        yield Stage(f"asan {room}", [*steady, SHARDS, f"build/asan/tests/{room}_tests"], 600, judges.gtest,
                    env={"ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1",
                         "UBSAN_OPTIONS": "print_stacktrace=1"},
                    needs=("build asan",))
    yield Stage("build tsan", [TOOLS / "build", "tsan", "-DCUTOUT_TESTS=ON", "--target=batch_tests"], 900)
    for room in plain_rooms:
        if room == "batch":  # the rooms below it know no threads
            yield Stage(f"tsan {room}", [*steady, f"build/tsan/tests/{room}_tests"], 600, judges.gtest,
                        env={"TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1"}, needs=("build tsan",))

    yield Stage("clang-tidy", [TOOLS / "check_tidy"], 900, needs=("build release",))


def main():
    # Ended from outside: unwind, so that the stage that runs is ended too.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit("the tests were broken off"))
    chosen = sys.argv[1:]
    began = time.monotonic()
    shutil.rmtree(LOGS, ignore_errors=True)
    passed = failed = 0
    bad = set()
    some = False
    for stage in stages():
        if chosen and not any(part in stage.name for part in chosen):
            continue
        some = True
        broken = [need for need in stage.needs if need in bad]
        if broken:
            outcome, took = Outcome(failed=1, notes=[f"not run, because '{broken[0]}' failed"]), 0.0
        else:
            outcome, took = stage.execute()
        passed += outcome.passed
        failed += outcome.failed
        word = "FAILED" if outcome.failed else "ok"
        print(f"[{time.monotonic() - began:4.0f}s] {stage.name:<18} {word:<7} "
              f"{outcome.passed} passed, {outcome.failed} failed ({took:.1f} s)", flush=True)
        for note in outcome.notes[:20]:
            print(f"        {note}")
        if len(outcome.notes) > 20:
            print(f"        ... and {len(outcome.notes) - 20} more")
        if outcome.failed:
            bad.add(stage.name)
            if stage.log.exists() and not broken:
                print(f"        ---- the end of {os.path.relpath(stage.log, ROOT)}:")
                tail = stage.log.read_text(encoding="utf-8", errors="replace").splitlines()[-30:]
                print("\n".join("        | " + line for line in tail), flush=True)
    if not some:
        print("no stage has such a name")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
