"""Reads what the test programs printed. Each judge trusts a result only when the program's own closing line
is there: a run that breaks off in the middle has failed, whatever its exit status says."""
import re

from stage import Outcome, describe_status

GTEST_CLOSING = re.compile(r"^\[==========\] (\d+) tests? from .* ran\.", re.M)
GTEST_OK = re.compile(r"^\[       OK \] ", re.M)
GTEST_FAILED = re.compile(r"^\[  FAILED  \] (\S+)(?:, where .*)? \(\d+ ms\)$", re.M)
GTEST_SKIPPED = re.compile(r"^\[  SKIPPED \] (\S+) \(\d+ ms\)$", re.M)
GTEST_ENDED = re.compile(r"^\[ +(?:OK|FAILED|SKIPPED) +\] ([^\s,]+)(?:, where .*)? \(\d+ ms\)$", re.M)
GTEST_SHARD = re.compile(r"^\[  SHARD   \] \d+ of (\d+)", re.M)
GTEST_RUN = re.compile(r"^\[ RUN      \] (\S+)", re.M)
GTEST_DISABLED = re.compile(r"YOU HAVE (\d+) DISABLED TEST")
SANITIZER = re.compile(r"^.*(?:ERROR: \w+Sanitizer|WARNING: ThreadSanitizer|runtime error:).*$", re.M)


def gtest(status, text):
    outcome = Outcome(passed=len(GTEST_OK.findall(text)))
    for name in GTEST_FAILED.findall(text):
        outcome.fail(f"{name} failed")
    for name in GTEST_SKIPPED.findall(text):
        outcome.notes.append(f"{name} was skipped: it counts neither way")
    for line in SANITIZER.findall(text):
        outcome.fail(line.strip())
    disabled = GTEST_DISABLED.search(text)
    if disabled:
        outcome.fail(f"{disabled.group(1)} disabled tests: repair or remove them", int(disabled.group(1)))
    closings = GTEST_CLOSING.findall(text)
    parts = GTEST_SHARD.findall(text)
    if len(closings) != max(1, len(parts)) or (parts and len(parts) != int(parts[0])):
        # A part that broke off has begun one test more than it has ended.
        ended = set(GTEST_ENDED.findall(text))
        running = [name for name in GTEST_RUN.findall(text) if name not in ended]
        where = f" in {running[-1]}" if running else ""
        outcome.fail(f"broke off{where} ({describe_status(status)})")
    elif sum(int(count) for count in closings) == 0:
        outcome.fail("it holds no test")
    return outcome


ENGINE_BEGIN = re.compile(r"^CUTOUT-TESTS begin$", re.M)
ENGINE_DONE = re.compile(r"^CUTOUT-TESTS passed=(\d+) failed=(\d+) done$", re.M)
ENGINE_FAIL = re.compile(r"^FAIL (.*)$", re.M)
ENGINE_ERROR = re.compile(r"^(?:.*\b)?(?:SCRIPT ERROR|USER ERROR|ERROR|SHADER ERROR): .*$", re.M)
ENGINE_CRASH = re.compile(r"^.*(?:handle_crash|Program crashed with signal).*$", re.M)
ENGINE_LEAK = re.compile(
    r"^.*(?:ObjectDB instances? (?:was |were )?leaked|resources? still in use|RID allocations? of type .* leaked"
    r"|RIDs? of type .* leaked|Leaked (?:instance|unreferenced string)|Orphan StringName|StringName: \d+ unclaimed"
    r"|BUG: Unreferenced static string).*$", re.M | re.I)


def engine_log(status, text):
    """A run of the engine without tests of its own (an import): one check, that it complains of nothing."""
    outcome = Outcome()
    for pattern in (ENGINE_ERROR, ENGINE_CRASH, ENGINE_LEAK):
        for line in pattern.findall(text):
            outcome.fail(line.strip())
    if status != 0:
        outcome.fail(describe_status(status))
    if outcome.failed == 0:
        outcome.passed = 1
    return outcome


def engine_tests(status, text):
    """The runner's own counts, and what it cannot see: errors before its log stands and after it is gone."""
    outcome = Outcome()
    begin, done = ENGINE_BEGIN.search(text), ENGINE_DONE.search(text)
    outcome.notes += [f"FAIL {line}" for line in ENGINE_FAIL.findall(text)]
    if done:
        outcome.passed, outcome.failed = int(done.group(1)), int(done.group(2))
        if outcome.passed + outcome.failed == 0:
            outcome.fail("no test ran")
    else:
        outcome.passed = len(re.findall(r"^PASS ", text, re.M))
        outcome.failed = len({line.split(":")[0] for line in ENGINE_FAIL.findall(text)})
        outcome.fail(f"the closing line is missing ({describe_status(status)})")
    before = text[:begin.start()] if begin else ""
    after = text[done.end():] if done else ""
    for part, when in ((before, "before the tests"), (after, "after the tests")):
        for line in ENGINE_ERROR.findall(part):
            outcome.fail(f"{when}: {line.strip()}")
    for pattern in (ENGINE_CRASH, ENGINE_LEAK):
        for line in pattern.findall(text):
            outcome.fail(line.strip())
    if status != 0 and outcome.failed == 0:
        outcome.fail(describe_status(status))
    return outcome
