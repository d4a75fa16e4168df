"""One student of each technique beside its teacher: made, checked, attacked, timed.

    python benchmarks/compression/compare.py recipes/cpu.toml devign > compression-devign.json

Everything is kept below --out; run again after an interruption, it goes on. Prints JSON: a figure
of a technique is the median of its seeds, the lowest and the highest.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import metacompress
from metacompress.compression.techniques.registry import TECHNIQUES
from metacompress.models.costs.encoder import Shape, exact_cost
from metacompress.runs.progress import TerminalProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARED = Path(__file__).resolve().parents[3] / "shared"
ORDER = ("compressor", "avatar", "morph")
RELATIONS = (
    "prediction-agreement",
    "distribution-similarity",
    "confidence-preservation",
    "calibration-alignment",
    "invariance-inheritance",
)
ATTACKED = ("attack_success", "attack_drop")
COST = ("megabytes", "gflops")
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
    models = comparison.models(given.technique or ORDER)
    print(json.dumps({"setting": given.name, "models": models}, indent=1))


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
        return {"chosen": result.chosen, **together(measured)}

    def models(self, techniques: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Figures by model; None where a model has no such figure."""
        teacher = self.alone(self.reference)
        published = located(self.setting["published"])
        students = {}
        if published != self.reference:
            students["published"] = self.measured("published", published)
        for technique in techniques:
            students[technique] = self.technique(technique)
        for student in students.values():
            # Every study of a student attacks the teacher, too, and alike.
            teacher |= {name: student.pop(f"teacher_{name}") for name in ATTACKED}
        models = {"teacher": teacher, **students, "bag of tokens": self.bag_of_tokens()}
        every = dict.fromkeys(name for one in models.values() for name in one)
        return {name: {**every, **one} for name, one in models.items()}

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
            f"{relation}_{part}".replace("-", "_"): judged.value
            for relation in RELATIONS
            for part, judged in check.relations[relation].parts()
        }
        (attacked,) = attack.summary.attacks
        found = {**self.alone(model), **rates}
        for role, prefix in (("student", ""), ("teacher", "teacher_")):
            victim = attack.victim(attacked, role)
            drops = (victim.valid_success_rate, victim.accuracy_drop)
            found |= {f"{prefix}{name}": one for name, one in zip(ATTACKED, drops, strict=True)}
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(found, indent=2))
        return found

    def alone(self, model: str) -> dict[str, Any]:
        """Accuracy, cost and latency."""
        return {**self.scores(model), **self.cost(model), "latency_ms": self.latency(model)}

    def scores(self, model: str) -> dict[str, float]:
        """On the whole test split."""
        found = metacompress.predict(
            model, self.data, task=self.task, split="test", progress=self.progress
        ).summary()
        return {"accuracy": found.accuracy, "f1": found.f1}

    def cost(self, model: str) -> dict[str, float]:
        config = Path(model) / "config.json"
        if not config.is_file():
            return dict.fromkeys(COST)
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
    found = {}
    for name in measured[0]:
        values = [one[name] for one in measured if one[name] is not None]
        found[name] = [pick(values) for pick in (statistics.median, min, max)] if values else None
    return found


if __name__ == "__main__":
    main()
