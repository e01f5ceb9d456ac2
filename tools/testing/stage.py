"""A stage of the test command: one command with a time limit, a log, and a count of what passed and failed."""
import dataclasses
import os
import pathlib
import signal
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LOGS = ROOT / "build" / "test-logs"


@dataclasses.dataclass
class Outcome:
    passed: int = 0
    failed: int = 0
    notes: list = dataclasses.field(default_factory=list)  # what went wrong, or what a reader should know

    def fail(self, why, count=1):
        self.failed += count
        self.notes.append(why)


def describe_status(status):
    if status is None:
        return "ended by its time limit"
    if status >= 0:
        return f"ended with status {status}"
    try:
        return f"crashed: {signal.Signals(-status).name}"
    except ValueError:
        return f"crashed: signal {-status}"


def run(command, log, limit, env=None, first_sign=None):
    """Runs the command with all output into the log. Returns its status, or None when the limit was reached
    (then it and everything it started have been ended). first_sign, a text and seconds: the limit is also
    reached when that text is not in the log by then."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w", encoding="utf-8") as out:
        out.write("$ " + " ".join(str(c) for c in command) + "\n")
        out.flush()
        try:
            process = subprocess.Popen(
                [str(c) for c in command], cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                env={**os.environ, **(env or {})}, start_new_session=True)
        except OSError as error:
            out.write(f"cannot be started: {error}\n")
            return 127
        try:
            if first_sign is not None:
                text, seconds = first_sign
                try:
                    return process.wait(timeout=min(seconds, limit))
                except subprocess.TimeoutExpired:
                    if text not in log.read_text(encoding="utf-8", errors="replace"):
                        return None
                    limit -= seconds
            return process.wait(timeout=limit)
        except subprocess.TimeoutExpired:
            return None
        finally:
            # Also what the command may have left running in the background: a session of its own, so nothing else.
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


@dataclasses.dataclass
class Stage:
    name: str
    command: list
    limit: int  # seconds
    judge: object = None  # (status, text of the log) -> Outcome; without it the stage is one check
    env: dict = None
    needs: tuple = ()  # stages that must have passed, else this one counts as failed
    first_sign: tuple = None  # a text that must be in the log by so many seconds

    @property
    def log(self):
        return LOGS / (self.name.replace(" ", "-") + ".log")

    def execute(self):
        began = time.monotonic()
        status = run(self.command, self.log, self.limit, self.env, self.first_sign)
        text = self.log.read_text(encoding="utf-8", errors="replace")
        if self.judge is not None:
            outcome = self.judge(status, text)
        else:
            outcome = Outcome(passed=1 if status == 0 else 0)
        if status is None:
            outcome.fail(f"did not end within {self.limit} s" if self.first_sign is None else
                         f"did not begin within {self.first_sign[1]} s or did not end within {self.limit} s")
        elif status != 0 and outcome.failed == 0:
            outcome.fail(describe_status(status))
        return outcome, time.monotonic() - began
