"""The one place that starts, hears and ends planning processes: planning never holds up pages or mail."""

import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from vctestimony.domain.backlog.wire import Report, Task

MEMORY_MB = 1024
_PACKAGE = Path(__file__).parent.parent
# As for printing: the package is given by its folder, so that its __init__, the composition root, is not run.
_START = (
    "import sys, types; package = types.ModuleType('vctestimony'); package.__path__ = [sys.argv[1]]; "
    "sys.modules['vctestimony'] = package; from vctestimony.adapters.plan_child import main; main(*sys.argv[2:])"
)


@dataclass(slots=True)
class PlanRun:
    """One planning process, heard by a thread of its own. When whoever started it is gone, its next word ends it."""

    process: subprocess.Popen[str]
    _latest: Report | None = None
    _heard: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self._heard = threading.Thread(target=self._listen, name="planning", daemon=True)
        self._heard.start()

    @property
    def latest(self) -> Report | None:
        """The newest report; None before the first."""
        return self._latest

    def wait(self, seconds: float) -> bool:
        """Whether it has ended, after at most so long."""
        self._heard.join(seconds)
        return not self._heard.is_alive()

    def kill(self) -> None:
        """End it now, and leave nothing behind."""
        self.process.kill()
        self.process.wait()
        self._heard.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self._latest = Report.from_json(line)


@dataclass(frozen=True, slots=True)
class PlanRunner:
    """Starts planning processes."""

    memory_mb: int = MEMORY_MB

    def start(self, task: Task) -> PlanRun:
        """One process for one task."""
        process = subprocess.Popen(  # noqa: S603  # the command is ours, from first word to last
            (sys.executable, "-I", "-c", _START, str(_PACKAGE), str(self.memory_mb)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": "/usr/bin", "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"},
            text=True,
            start_new_session=True,
        )
        run = PlanRun(process)
        _tell(process.stdin, task)
        return run


def _tell(pipe: IO[str] | None, task: Task) -> None:
    if pipe is None:
        raise ValueError("a planning process is told its task")
    try:
        pipe.write(task.to_json() + "\n")
        pipe.flush()
    except BrokenPipeError:
        return
