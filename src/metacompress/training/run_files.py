"""Names of the files that trainings write: all that they ever remove."""

from __future__ import annotations

from metacompress.runs.kind import RunKind
from metacompress.runs.run_files import IDENTITY_FILES, RECOGNITION, store_files

# Below the model's directory: what a training needs to go on, and that it is finished.
WORK = ".training"
TEACHER_STORE = "teacher.sqlite"
RESULT = "result.json"
START_SCORES = "start.json"
PUBLISHED = "published.json"

# As transformers and tokenizers call them, and our cards.
MODEL_FILES = (
    "config.json",
    "generation_config.json",
    "model.safetensors",
    "model-*.safetensors",
    "model.safetensors.index.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "chat_template.jinja",
    "vocab.json",
    "vocab.txt",
    "merges.txt",
    "spiece.model",
    "tokenizer.model",
    "sentencepiece.bpe.model",
    "training_args.bin",
    "card.json",
    "README.md",
)
# As safetensors calls a file that it is writing; a kill leaves it behind.
_UNFINISHED = (".tmp*",)
_CHECKPOINT_FILES = (
    *MODEL_FILES,
    *_UNFINISHED,
    "optimizer.pt",
    "scheduler.pt",
    "scaler.pt",
    "rng_state*.pth",
    "trainer_state.json",
    "averaged.pt",
    "clock.json",
)


def below(directory: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns ``names``, of a directory further down."""
    return tuple(f"{directory}/{name}" for name in names)


TRAINING_FILES = (
    *IDENTITY_FILES,
    RECOGNITION,
    RESULT,
    START_SCORES,
    PUBLISHED,
    *store_files(TEACHER_STORE),
    *below("model", (*MODEL_FILES, *_UNFINISHED)),
    *below("checkpoints/*", _CHECKPOINT_FILES),
)
TRAINING = RunKind(
    name="training",
    option="--out",
    files=TRAINING_FILES,
    results=(RESULT,),
    still_valid=lambda different: (PUBLISHED, *store_files(TEACHER_STORE)),
    # The directory of the training is in that of the model.
    models=("..",),
)
