from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from metacompress.files.atomic import (
    is_partial,
    new_directory,
    remove_orphans,
    replacing,
    write_text,
)


def test_an_error_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "table.csv"
    target.write_text("before")
    seen = []

    def fail() -> None:
        with replacing(target) as partial:
            partial.write_text("half")
            seen.append((partial.suffix, is_partial(partial.name), target.read_text()))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert seen == [(".csv", True, "before")]
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]
    assert target.read_text() == "before"


def test_links_stay_and_modes_too(tmp_path: Path) -> None:
    target, link = tmp_path / "real.txt", tmp_path / "link.txt"
    target.write_text("before")
    target.chmod(0o640)
    link.symlink_to(target)
    write_text(link, "after")
    assert link.is_symlink()
    assert target.read_text() == "after"
    assert target.stat().st_mode & 0o777 == 0o640
    with replacing(link, follow=False) as partial:
        partial.write_text("own")
    assert not link.is_symlink()
    assert target.read_text() == "after"


def test_devices_are_written_to_and_not_replaced(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_text(fifo, "line\n")
        assert os.read(reader, 100) == b"line\n"
    finally:
        os.close(reader)
    assert fifo.is_fifo()
    write_text(Path("/dev/null"), "nothing")
    assert Path("/dev/null").is_char_device()
    with pytest.raises(IsADirectoryError):
        write_text(tmp_path, "text")


def test_long_names_have_room(tmp_path: Path) -> None:
    for name in ("ü" * 120 + ".parquet", "a" * 255, "." + "ü" * 120):
        write_text(tmp_path / "new" / name, "text")
    assert len(list((tmp_path / "new").iterdir())) == 3


def test_a_directory_is_whole_or_not_there(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def fail() -> None:
        with new_directory(out) as made:
            (made / "file").write_text("half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert list(tmp_path.iterdir()) == []
    out.mkdir()
    with new_directory(out) as made:
        (made / "file").write_text("whole")
        assert list(out.iterdir()) == []
    assert (out / "file").read_text() == "whole"
    with pytest.raises(OSError, match="not empty"), new_directory(out):
        pass
    assert (out / "file").read_text() == "whole"


def test_what_a_killed_process_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "answers.csv"
    script = (
        "import os, sys; from pathlib import Path\n"
        "from metacompress.files.atomic import replacing\n"
        "with replacing(Path(sys.argv[1])) as partial:\n"
        "    partial.write_text('half'); os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(target)], check=False)
    (orphan,) = tmp_path.iterdir()
    assert is_partial(orphan.name)
    dead = orphan.name.split(".")[-3]
    others = [
        orphan.name.replace("answers", "other"),
        orphan.name.replace(dead, str(os.getpid())),
        ".answers.csv",
        "answers.csv",
    ]
    for name in others:
        (tmp_path / name).write_text("kept")
    remove_orphans(target)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(others)
    remove_orphans(tmp_path / "missing" / "answers.csv")
