"""Threads: how many, and that they change no bit of an answer."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from metacompress.threads import limit_threads, limited_threads, thread_limit

if TYPE_CHECKING:
    from pathlib import Path


def test_a_limit_ends_with_its_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with limited_threads(1):
        assert thread_limit() == 1
        assert os.environ["MKL_NUM_THREADS"] == "1"
    assert thread_limit() == 3
    assert "MKL_NUM_THREADS" not in os.environ


def test_a_limit_reaches_torch() -> None:
    torch = pytest.importorskip("torch")
    before = torch.get_num_threads()
    with limited_threads(before + 1):
        assert torch.get_num_threads() == before + 1
        limit_threads(1)
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == before


def test_torch_answers_with_the_same_bits_at_any_number_of_threads(shared: Path) -> None:
    """Workers have one thread each, and a process without workers has all of them."""
    pytest.importorskip("torch")
    script = f"""
        import sys
        from metacompress.data.loading import load_dataset
        from metacompress.models.loading import load_classifier

        task = "vulnerability-prediction"
        data = load_dataset({str(shared / "data/devign/test.jsonl.gz")!r}, task, limit=20)
        model = load_classifier({str(shared / "models/devign_teacher")!r}, task)
        import torch

        answers = set()
        for threads in (1, 2, 3):
            torch.set_num_threads(threads)
            model.forget()
            answers.add(model.predict(data.examples).probabilities.tobytes())
        sys.exit(len(answers) - 1)
    """
    environment = {
        **{name: value for name, value in os.environ.items() if name != "MKL_CBWR"},
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], env=environment)
    assert done.returncode == 0


def test_threads_of_torch_wait_without_work() -> None:
    """A training beside other work took four times its processor time."""
    pytest.importorskip("torch")
    script = "from metacompress.extras import needing\nwith needing('training'): import torch"
    environment = {
        **{name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"},
        "PYTHONPATH": os.pathsep.join(sys.path),
        "OMP_DISPLAY_ENV": "verbose",
    }
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "GOMP_SPINCOUNT = '0'" in done.stderr
