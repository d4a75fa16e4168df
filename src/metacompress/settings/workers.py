"""Settings of workers: how many share the work, and where they run."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from metacompress.settings.base import Settings
from metacompress.settings.fields import Group, Shown

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from metacompress.workers.job import Executor

FEW_EXAMPLES = 256
"""So many examples are not shared out unless it is asked for: workers take seconds to start."""
# Bytes of memory that a worker is taken to need beside its models.
_EACH = 2 << 30
_LOCAL, _RAY, _RAY_ADDRESS = "local", "ray", "ray://"


def _known_executor(value: str) -> str:
    if value in (_LOCAL, _RAY) or (value.startswith(_RAY_ADDRESS) and value != _RAY_ADDRESS):
        return value
    raise ValueError(f"write local, ray or ray://HOST:PORT, not {value!r}")


class WorkerSettings(Settings):
    """Workers share the work of a command; they change no result."""

    workers: Annotated[int | None, Shown(Group.RUN)] = Field(
        default=None,
        ge=1,
        description="Workers that share the work, with one model and one thread each; 1 does it "
        f"all in this process; default: 1 for up to {FEW_EXAMPLES} examples and on a machine with "
        "a GPU, or else one for each physical core with free memory for its models and 2 GiB, or "
        "for each CPU of a Ray cluster; changes no result",
        examples=[4],
    )
    executor: Annotated[str, AfterValidator(_known_executor), Shown(Group.RUN, "NAME")] = Field(
        default=_LOCAL,
        description="Place of the workers: local for processes on this machine, ray for the Ray "
        "cluster of this machine (one is started if there is none), ray://HOST:PORT for another "
        "one; changes no result",
    )
    worker_cpus: Annotated[float, Shown(Group.RUN)] = Field(
        default=0.5,
        gt=0,
        description="CPUs that each worker takes of a Ray cluster; a share leaves room for what "
        "Ray itself needs",
    )
    worker_gpus: Annotated[float, Shown(Group.RUN)] = Field(
        default=0.0,
        ge=0,
        description="GPUs that each worker takes of a Ray cluster; several workers may share one",
    )

    def open_executor(self, examples: int, memory: int = 0) -> AbstractContextManager[Executor]:
        """What runs the jobs of a command about so many examples, as a context manager.

        Args:
            examples: how many.
            memory: bytes that the models of one worker take.

        Raises:
            MissingDependencyError: the executor is Ray, which is not installed.
            WorkerError: the cluster cannot be reached.
        """
        from metacompress.workers.in_process import InProcess

        if self.workers == 1 or (self.workers is None and examples <= FEW_EXAMPLES):
            return nullcontext(InProcess())
        from metacompress.workers.pool import Pool

        if self.executor == _LOCAL:
            from metacompress.workers import cores
            from metacompress.workers.processes import Processes

            workers = self.workers
            if workers is None:
                # Several copies of a model may not fit on a GPU, and are no quicker there.
                workers = cores.with_memory(cores.physical_cores(), _EACH + memory)
                workers = 1 if cores.has_gpu() else workers
            if workers == 1:
                return nullcontext(InProcess())
            return Pool(Processes(), workers)
        from metacompress.extras import needing

        with needing(f"the executor {self.executor}"):
            from metacompress.workers.actors import Actors
        address = None if self.executor == _RAY else self.executor
        actors = Actors(address, cpus=self.worker_cpus, gpus=self.worker_gpus)
        return Pool(actors, self.workers or actors.room)
