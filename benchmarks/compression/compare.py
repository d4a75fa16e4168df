"""One student of each technique beside its teacher: made, checked, attacked, timed.

    python benchmarks/compression/compare.py recipes/cpu.toml devign --out runs/compression

Everything is kept below --out; run again after an interruption, it goes on. The table goes to
standard output and, with every figure, to --out/NAME/table.json.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
import tomllib
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import metacompress
from metacompress.compression.techniques.registry import TECHNIQUES
from metacompress.models.encoder_cost import Shape, exact_cost
from metacompress.runs.progress import TerminalProgress

SHARED = Path(__file__).resolve().parents[3] / "shared"
ORDER = ("compressor", "avatar", "morph")
RELATIONS = {
    "prediction-agreement": "MR1",
    "distribution-similarity": "MR2",
    "confidence-preservation": "MR3",
    "calibration-alignment": "MR4",
    "invariance-inheritance": "inherit",
}
TIMED = 64


def main() -> None:
    raw = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("name", help="a section of the recipe: devign, bigclonebench, ...")
    parser.add_argument("--out", type=Path, default=Path("runs/compression"))
    parser.add_argument("--technique", choices=ORDER, action="append")
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    recipe = tomllib.loads(given.recipe.read_text(encoding="utf-8"))
    comparison = Comparison(recipe, given.name, given.out / given.name, given.jobs)
    rows = comparison.references()
    for technique in given.technique or ORDER:
        rows.append(comparison.technique(technique))
        (comparison.out / "table.json").write_text(json.dumps(rows, indent=2))
    print_table(rows)


class Comparison:
    """All figures of one setting."""

    def __init__(self, recipe: dict[str, Any], name: str, out: Path, jobs: int) -> None:
        self.recipe, self.out, self.jobs = recipe, out, jobs
        self.setting = recipe[name]
        self.task = self.setting["task"]
        self.data = str(SHARED / self.setting["data"])
        self.teacher = located(self.setting["teacher"])
        self.reference = located(self.setting.get("reference", self.setting["teacher"]))
        self.progress = TerminalProgress()
        # The reference is asked the same of every student.
        self.store = str(out.parent / f"{self.task}.sqlite")
        out.mkdir(parents=True, exist_ok=True)

    def technique(self, technique: str) -> dict[str, Any]:
        students = {
            **self.recipe["students"],
            **self.setting.get("students", {}),
            **self.setting.get(technique, {}),
        }
        known = set(TECHNIQUES.get(technique).space.names)
        space = {
            **students.pop("space", {}),
            **self.setting.get("space", {}),
            **self.recipe.get(technique, {}).get("space", {}),
        }
        if "hold_out" in self.setting:
            # A recorded teacher has answers for some of the training pairs only.
            parts = {"hold_out": self.setting["hold_out"]}
            students["missing"] = "skip"
        else:
            parts = {"valid_split": "valid", "test_split": "test"}
        result = metacompress.compress(
            self.teacher,
            self.data,
            technique=technique,
            task=self.task,
            out=self.out / technique,
            split="train",
            space={name: values for name, values in space.items() if name in known},
            variant_labels=self.setting.get("variant_labels", "asked"),
            jobs=self.jobs,
            store=self.store,
            progress=self.progress,
            **parts,
            **students,
        )
        measured = [
            self.measured(f"{technique}-{student.seed}", str(student.model))
            for student in result.students
            if student.failure is None
        ]
        return {"model": technique, "chosen": result.chosen, **together(measured)}

    def references(self) -> list[dict[str, Any]]:
        rows = [{"model": "teacher", **self.measured("teacher", self.reference)}]
        published = located(self.setting["published"])
        if published != self.reference:
            rows.append({"model": "published", **self.measured("published", published)})
        return [*rows, {"model": "bag of tokens", **self.bag_of_tokens()}]

    def measured(self, name: str, model: str) -> dict[str, Any]:
        """Accuracy, cost, latency, relations and attack of one model against the reference."""
        kept = self.out / "measured" / f"{name}.json"
        if kept.exists():
            return json.loads(kept.read_text())
        check = metacompress.check(
            self.reference,
            model,
            self.data,
            report=False,
            task=self.task,
            split="test",
            run=self.out / "checks" / name,
            store=self.store,
            progress=self.progress,
            **self.recipe["check"],
        )
        attack = metacompress.attack(
            self.reference,
            model,
            self.data,
            task=self.task,
            split="test",
            control=False,
            run=self.out / "attacks" / name,
            store=self.store,
            progress=self.progress,
            **self.recipe["attack"],
        )
        rates = {
            f"{short} {part.words.removesuffix('s')}": judged.rate
            for relation, short in RELATIONS.items()
            for part, judged in check.relations[relation].parts()
        }
        (attacked,) = attack.summary.attacks
        victim = attack.victim(attacked, "student")
        found = {
            **self.scores(model),
            **self.cost(model),
            "latency_ms": self.latency(model),
            **rates,
            "attack": victim.valid_success_rate,
            "attack_drop": victim.accuracy_drop,
        }
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(found, indent=2))
        return found

    def scores(self, model: str) -> dict[str, float]:
        """On the whole test split."""
        found = metacompress.predict(
            model, self.data, task=self.task, split="test", progress=self.progress
        ).summary()
        return {"accuracy": found.accuracy, "f1": found.f1}

    def cost(self, model: str) -> dict[str, float]:
        config = Path(model) / "config.json"
        if not config.is_file():
            return {}
        shape = Shape.of(json.loads(config.read_text()))
        tokenizer = json.loads((Path(model) / "tokenizer_config.json").read_text())
        cost = exact_cost(shape, tokenizer["model_max_length"])
        return {"megabytes": cost.megabytes, "gflops": cost.gflops}

    def latency(self, model: str) -> float:
        """Milliseconds an input, one at a time, one thread; the median of the first test inputs."""
        classifier = metacompress.load_classifier(model, self.task)
        examples = metacompress.load_dataset(
            self.data, self.task, split="test", limit=TIMED, head=True
        ).examples
        classifier.predict(examples[:4])
        taken = []
        for example in examples:
            start = time.perf_counter()
            classifier.predict([example])
            taken.append(time.perf_counter() - start)
        return 1000 * statistics.median(taken)

    def bag_of_tokens(self) -> dict[str, float]:
        """TF-IDF and logistic regression on the whole training split, labels and not a teacher."""
        import numpy as np
        from scipy import sparse
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.metrics import accuracy_score, f1_score

        kept = self.out / "measured" / "bag-of-tokens.json"
        if kept.exists():
            return json.loads(kept.read_text())
        parts = {
            split: metacompress.load_dataset(self.data, self.task, split=split).examples
            for split in ("train", "test")
        }
        tokens = TfidfVectorizer(token_pattern=r"\w+|[^\w\s]", min_df=2, sublinear_tf=True)
        tokens.fit([p.text for example in parts["train"] for p in example.programs])

        def features(examples):
            columns = [
                tokens.transform([example.programs[place].text for example in examples])
                for place in range(len(examples[0].programs))
            ]
            if len(columns) == 1:
                return columns[0]
            first, second = columns
            alike = sparse.csr_matrix(np.asarray(first.multiply(second).sum(axis=1)))
            return sparse.hstack([abs(first - second), first.multiply(second), alike]).tocsr()

        labels = {split: [example.label for example in part] for split, part in parts.items()}
        model = LogisticRegression(max_iter=1000).fit(features(parts["train"]), labels["train"])
        predicted = model.predict(features(parts["test"]))
        found = {
            "accuracy": float(accuracy_score(labels["test"], predicted)),
            "f1": float(f1_score(labels["test"], predicted)),
        }
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(found))
        return found


def located(model: str) -> str:
    kind, _, path = model.rpartition(":")
    return f"{kind}:{SHARED / path}" if kind else str(SHARED / path)


def together(measured: list[dict[str, Any]]) -> dict[str, Any]:
    """Median, lowest and highest of the seeds."""
    return {
        name: [
            statistics.median(one[name] for one in measured),
            min(one[name] for one in measured),
            max(one[name] for one in measured),
        ]
        for name in measured[0]
    }


def print_table(rows: list[dict[str, Any]]) -> None:
    found = dict.fromkeys(name for row in rows for name in row)
    names = [name for name in found if name not in ("model", "chosen")]
    print("| model | " + " | ".join(names) + " |")
    print("|---" * (len(names) + 1) + "|")
    for row in rows:
        cells = (cell(name, row.get(name)) for name in names)
        print(f"| {row['model']} | {' | '.join(cells)} |")


def cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        median, low, high = (cell(name, one) for one in value)
        return median if low == high else f"{median} ({low} to {high})"
    return f"{value:.2f}" if name in ("megabytes", "gflops", "latency_ms") else f"{100 * value:.1f}"


if __name__ == "__main__":
    main()
