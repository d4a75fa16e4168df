from __future__ import annotations

import subprocess
import sys

import metacompress


def test_every_exported_name_can_be_imported() -> None:
    for name in metacompress.__all__:
        assert getattr(metacompress, name) is not None
    assert sorted(metacompress.__all__) == sorted({*metacompress._EXPORTS, "__version__"})


def test_imports_stay_light() -> None:
    code = (
        "import sys, metacompress, metacompress.cli.app\n"
        "heavy = {'torch', 'transformers', 'matplotlib', 'scipy', 'numpy', 'pyarrow', 'pydantic'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
