"""The ``metacompress`` command: its commands by import path, loaded when they are called."""

from __future__ import annotations

from contextlib import nullcontext
from inspect import cleandoc
from typing import TYPE_CHECKING

from cyclopts import App, CycloptsError

from metacompress import __version__
from metacompress.cli.exits import EXIT_USAGE
from metacompress.cli.misuse import described
from metacompress.cli.reserved import reserved_output
from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HELP_FLAGS = ("--help", "-h")
_PACKAGE = "metacompress.cli"
# Name to the function that runs it, and what it does: help texts must not import the commands.
COMMANDS = {
    "check": ("check:check", "Check whether a student behaves like its teacher."),
    "plan": ("plan:plan", "Plan a check: the sources that it needs, its calls and its time."),
    "compare": ("compare:compare", "Compare the students of two finished checks."),
    "attack": ("attack:attack", "Attack teacher and student with valid programs, and compare."),
    "fidelity": ("fidelity:fidelity", "Compare language models with their teacher, by token."),
    "completions": (
        "completions:completions",
        "Compare how language models complete programs with their teacher.",
    ),
    "locate": ("locate:locate", "Find the tensors of a student that carry its violations."),
    "repair": ("repair:repair", "Make a student more faithful, proved on held-out sources."),
    "replay": ("replay:replay", "Ask a student about counterexamples of an earlier check."),
    "predict": ("predict:predict", "Predict a data set with one model and score it."),
    "report": ("report:report", "Render the report of a finished run again."),
    "table": ("table:table", "Print finished runs as a table: Markdown, LaTeX or CSV."),
    "card": ("card:card", "Print what a model card says of a finished check."),
    "transform": ("transform:transform", "Rewrite programs so that they behave the same."),
    "train": ("train:train", "Train a classifier of code: fine-tune one, or from scratch."),
    "distill": ("train:distill", "Distil a student from a teacher's soft labels."),
    "export": ("export:export", "Write a classifier as ONNX, to run without torch."),
    "demo": ("demo:demo", "Check a small student against its teacher; needs nothing else."),
    "list": ("list:list_names", "List models, transformations, attacks, relations and more."),
    "schema": ("schema:schema", "Print the JSON Schema of what a command prints with --json."),
}
COMPRESS_COMMANDS = {
    "compressor": ("compress:compressor", "Compressor (ASE 2022): the most operations at a size."),
    "avatar": ("compress:avatar", "AVATAR (ICSE-SEIS 2024): size, accuracy and operations."),
    "morph": ("compress:morph", "MORPH (ICSE 2025): as AVATAR, and few flips on variants."),
    "quantize": ("quantize:quantize", "Quantise a classifier to int8, or a language model."),
    "prune": ("prune:prune", "Take the least important parts of a model away."),
}


def _app(name: str, text: str, commands: Mapping[str, tuple[str, str]], **settings: object) -> App:
    app = App(
        name=name,
        help=text,
        help_flags=HELP_FLAGS,
        help_format="plaintext",
        result_action="return_value",
        **settings,  # type: ignore[arg-type]
    )
    for order, (command, (path, summary)) in enumerate(commands.items()):
        app.command(f"{_PACKAGE}.{path}", name=command, help=summary, sort_key=order)
    return app


app = _app(
    "metacompress",
    "Does a compressed model of code behave like the model it came from?",
    COMMANDS,
    version=f"metacompress {__version__}",
)
app.command(
    _app(
        "compress",
        "Make students: by the published techniques, or from a model as it is.",
        COMPRESS_COMMANDS,
        version_flags=(),
        sort_key=list(COMMANDS).index("export"),
    )
)
app.register_install_completion_command(help="Install completion for bash, zsh or fish, and exit.")


def run_command(arguments: Sequence[str]) -> int | None:
    """Run the command that ``arguments`` name, and return its exit status; None stands for 0.

    Under ``--json``, standard output is kept for the command's one JSON object.

    Raises:
        UsageError: the arguments are wrong.
        BaseException: what the command raises; the library sees none of it.
    """
    before_rest = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if not set(HELP_FLAGS).isdisjoint(before_rest) and _told_all(before_rest):
        return None
    try:
        command, bound, _ = app.parse_args(
            _with_standard_input(arguments), print_error=False, exit_on_error=False, verbose=False
        )
    except CycloptsError as error:
        raise UsageError(described(error)) from None
    with reserved_output() if bound.arguments.get("json") else nullcontext():
        status: int | None = command(*bound.args, **bound.kwargs)
    shows_help = not arguments or list(arguments) == ["compress"]
    return EXIT_USAGE if shows_help else status


def _with_standard_input(arguments: Sequence[str]) -> list[str]:
    """The same, with ``-`` after ``--``: the library would take it for an option."""
    if "-" not in arguments or "--" in arguments:
        return list(arguments)
    return [*(one for one in arguments if one != "-"), "--", "-"]


def _told_all(arguments: Sequence[str]) -> bool:
    """Show the help of the command that ``arguments`` name, with its whole docstring.

    The library would show one line of it, and would first bind the arguments, which takes as long
    as showing the options.
    """
    named, words = app, list[str]()
    for word in arguments:
        if word.startswith("-") or word not in named:
            break
        named = named[word]
        words.append(word)
    if named.default_command is None:
        return False
    paragraphs = cleandoc(named.default_command.__doc__ or "").split("\n\n")
    named.help = "\n\n".join(" ".join(one.split()) for one in paragraphs)
    app.help_print(words)
    return True
