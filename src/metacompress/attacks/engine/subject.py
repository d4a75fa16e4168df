"""The example under attack: what can be changed in it, and whether a change is still valid."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from metacompress.attacks.engine.goal import Flip
from metacompress.lang.edits import Origins
from metacompress.lang.names import is_legal_function_name, is_legal_name, words
from metacompress.lang.program import AnalysedProgram
from metacompress.lang.scopes import BindingKind
from metacompress.transforms.gate import DEFAULT_GATE
from metacompress.transforms.lexical.rename_identifiers import RenameIdentifiers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from metacompress.attacks.engine.goal import Goal
    from metacompress.attacks.engine.name_tokens import NameTokens
    from metacompress.attacks.substitutes.base import Substitutes
    from metacompress.data.example import Example
    from metacompress.lang.scopes import Binding
    from metacompress.transforms.gate import Gate, Step
    from metacompress.transforms.naming import Naming
    from metacompress.transforms.validity import Refusal

UNKNOWN = "<unk>"
_RENAME = RenameIdentifiers()


class Identifier(NamedTuple):
    """A name that can be changed: all renameable bindings of one program that have it.

    Attributes:
        program: position of the program in its example.
        name: as it stands in the source.
    """

    program: int
    name: str


Renaming = dict[Identifier, str]


@dataclass(frozen=True, eq=False)
class Candidate:
    """An input that an attack asks the victim about.

    Attributes:
        make: builds what the victim sees; not called for what a budget does not cover.
        renaming: the identifiers that have another name than in the source.
        rewritten: programs that transformations rewrote, by position.
        steps: those transformations, each with the position of the program it was applied to.
        base: what they were applied to; it has to be valid itself.
        is_program: False for a probe that no compiler would take, with ``<unk>`` in it.
    """

    make: Callable[[], Example]
    renaming: Renaming = field(default_factory=dict)
    rewritten: Mapping[int, AnalysedProgram] = field(default_factory=dict)
    steps: tuple[tuple[int, Step], ...] = ()
    base: Candidate | None = None
    is_program: bool = True

    @cached_property
    def example(self) -> Example:
        """What the victim sees."""
        return self.make()


class Subject:
    """One example with its label, as attacks see it.

    Args:
        example: the source input.
        label: what the victim predicts for it.
        sources: the attacked programs by position; the others stay as they are.
        substitutes: proposes names in the order of their promise.
        vocabulary: proposes names at random.
        gate: what an adversarial program must pass.
        goal: what an attack looks for; unless given, another prediction.
        name_tokens: how each model of the victim reads names, where all weights are at hand.

    Attributes:
        identifiers: in the order of programs and of first occurrences.
        refusals: why variants that reach the goal did not count, by reason.
    """

    def __init__(
        self,
        example: Example,
        label: int,
        sources: Mapping[int, AnalysedProgram],
        *,
        substitutes: Substitutes,
        vocabulary: Naming,
        gate: Gate = DEFAULT_GATE,
        goal: Goal | None = None,
        name_tokens: Sequence[NameTokens] = (),
    ) -> None:
        self.example = example
        self.label = label
        self.sources = dict(sources)
        self.gate = gate
        self.goal = goal or Flip(label)
        self.name_tokens = tuple(name_tokens)
        self.refusals: Counter[str] = Counter()
        self._templates = {program: _Template(source) for program, source in sources.items()}
        self.identifiers = tuple(
            Identifier(program, name)
            for program, template in self._templates.items()
            for name in template.bindings
        )
        self._substitutes = substitutes
        self._vocabulary = vocabulary
        self._proposed: dict[Identifier, list[str]] | None = None
        # What reaches the goal is judged by the scheduler and by the search.
        self._verdicts: WeakKeyDictionary[Candidate, Refusal | None] = WeakKeyDictionary()
        self._words = {program: words(source.source) for program, source in self.sources.items()}

    @property
    def unchanged(self) -> Candidate:
        """The source itself."""
        return Candidate(lambda: self.example)

    def bindings(self, identifier: Identifier) -> Sequence[Binding]:
        """What has this name and can be renamed."""
        return self._templates[identifier.program].bindings[identifier.name]

    def substitutes(self, identifier: Identifier) -> list[str]:
        """Other names for it, best first; each is legal and nowhere in the program.

        Renaming to one of them captures nothing and is not captured: two names of one renaming
        only have to differ.
        """
        if self._proposed is None:
            self._proposed = self._all_substitutes()
        return self._proposed[identifier]

    @property
    def renamings(self) -> int:
        """Number of renamings of one identifier each, by its substitutes."""
        return sum(len(self.substitutes(identifier)) for identifier in self.identifiers)

    def random_names(self, identifier: Identifier, rng: Generator) -> list[str]:
        """Names for it, drawn from the vocabulary anew; as legal as substitutes."""
        program = identifier.program
        binding = self.bindings(identifier)[0]
        return self._legal(
            identifier, self._vocabulary.propose(self.sources[program], binding, rng)
        )

    def naming(self, program: int) -> Naming:
        """Names for transformations of a program: its substitutes in random order, then the
        vocabulary.
        """
        return _SubjectNaming(self, program, self._vocabulary)

    def _all_substitutes(self) -> dict[Identifier, list[str]]:
        found: dict[Identifier, list[str]] = {}
        for program, source in self.sources.items():
            names = self._templates[program].bindings
            program_id = self.example.program_ids[program]
            # The same names whatever was drawn before: they belong to the program.
            rng = np.random.default_rng(zlib.crc32(source.source))
            proposed = self._substitutes.propose(program_id, source, names, rng)
            for name in names:
                identifier = Identifier(program, name)
                found[identifier] = self._legal(identifier, proposed.get(name, ()))
        return found

    def _legal(self, identifier: Identifier, names: Iterable[str]) -> list[str]:
        program = identifier.program
        language = self.sources[program].language
        kinds = {binding.kind for binding in self.bindings(identifier)}
        of_function = BindingKind.FUNCTION in kinds
        is_legal = is_legal_function_name if of_function else is_legal_name
        stripped = dict.fromkeys(name.strip() for name in names)
        return [
            name
            for name in stripped
            if name not in self._words[program] and is_legal(name, language)
        ]

    def renamed(self, renaming: Renaming) -> Candidate:
        """The source under ``renaming``, whose new names differ within each program."""
        texts = {}
        for program in {identifier.program for identifier in renaming}:
            names = {i.name: new for i, new in renaming.items() if i.program == program}
            texts[program] = partial(self._templates[program].text, names)
        return Candidate(lambda: self._with_texts(self.example, texts), renaming)

    @staticmethod
    def _with_texts(example: Example, texts: Mapping[int, Callable[[], str]]) -> Example:
        programs = [
            replace(program, text=texts[place]()) if place in texts else program
            for place, program in enumerate(example.programs)
        ]
        return replace(example, programs=tuple(programs))

    def transformed(
        self, base: Candidate, program: int, variant: AnalysedProgram, steps: Sequence[Step]
    ) -> Candidate:
        """``base`` with one program rewritten by transformations that passed the gate."""
        return Candidate(
            lambda: self._with_texts(base.example, {program: variant.source.decode}),
            base.renaming,
            rewritten={**base.rewritten, program: variant},
            steps=(*base.steps, *((program, step) for step in steps)),
            base=base,
        )

    def analysed(self, candidate: Candidate, program: int) -> AnalysedProgram:
        """One program of a candidate, for transformations to be applied to."""
        if program in candidate.rewritten:
            return candidate.rewritten[program]
        source = self.sources[program]
        if not any(identifier.program == program for identifier in candidate.renaming):
            return source
        return AnalysedProgram.of(candidate.example.programs[program].text, source.language)

    def alternatives(
        self, base: Renaming, identifier: Identifier, names: Iterable[str]
    ) -> list[Candidate]:
        """``base`` with ``identifier`` called each of ``names``, without those that are taken."""
        taken = {
            new
            for other, new in base.items()
            if other.program == identifier.program and other != identifier
        }
        return [self.renamed({**base, identifier: name}) for name in names if name not in taken]

    def masked(self, identifier: Identifier) -> list[Candidate]:
        """The source with one occurrence of ``identifier`` unknown, for each occurrence."""
        program, name = identifier
        template = self._templates[program]
        return [
            Candidate(
                partial(self._with_texts, self.example, {program: partial(template.masked, slot)}),
                is_program=False,
            )
            for slot in template.slots(name)
        ]

    def places(self, candidate: Candidate, program: int) -> list[tuple[str, int, int]]:
        """Where identifiers stand in a renamed program: name in the source, first and last
        character, half-open.
        """
        names = {i.name: new for i, new in candidate.renaming.items() if i.program == program}
        return self._templates[program].places(names)

    def first_adversarial(
        self, candidates: Sequence[Candidate], answers: NDArray[np.float64]
    ) -> Candidate | None:
        """The first candidate that reaches the goal and is a valid program.

        Args:
            candidates: what was asked.
            answers: probabilities (m, w) of the first m, all where the budget allowed it.
        """
        for row in map(int, self.goal.is_reached(answers).nonzero()[0]):
            if not candidates[row].is_program:
                continue
            refusal = self.refusal(candidates[row])
            if refusal is None:
                return candidates[row]
            self.refusals[str(refusal)] += 1
        return None

    def is_valid(self, candidate: Candidate) -> bool:
        """Whether ``candidate`` is a program that passes the gate."""
        return candidate.is_program and self.refusal(candidate) is None

    def refusal(self, candidate: Candidate) -> Refusal | None:
        """Why ``candidate`` is not a valid variant; None where it is one."""
        if candidate not in self._verdicts:
            self._verdicts[candidate] = self._judge(candidate)
        return self._verdicts[candidate]

    def _judge(self, candidate: Candidate) -> Refusal | None:
        if candidate.base is not None:
            # What transformations did has passed the gate step by step.
            return self.refusal(candidate.base)
        for program in {identifier.program for identifier in candidate.renaming}:
            source = self.sources[program]
            variant = AnalysedProgram.of(candidate.example.programs[program].text, source.language)
            refusal = self.gate.refusal(_RENAME, source, variant, Origins(()))
            if refusal is not None:
                return refusal
        return None


class _SubjectNaming:
    """See Subject.naming."""

    def __init__(self, subject: Subject, program: int, vocabulary: Naming) -> None:
        self._subject = subject
        self._program = program
        self._vocabulary = vocabulary

    def propose(
        self, program: AnalysedProgram, binding: Binding | None, rng: Generator
    ) -> Iterator[str]:
        identifier = Identifier(self._program, "" if binding is None else binding.name)
        if identifier in self._subject.identifiers:
            names = self._subject.substitutes(identifier)
            yield from (names[index] for index in rng.permutation(len(names)))
        yield from self._vocabulary.propose(program, binding, rng)


class _Template:
    """A program's text, cut at the names that can be changed."""

    def __init__(self, program: AnalysedProgram) -> None:
        self.bindings: dict[str, list[Binding]] = {}
        for site in _RENAME.all_sites(program):
            self.bindings.setdefault(site.target.name, []).append(site.target)
        spans = sorted(
            (span, name, span in binding.keyed)
            for name, bindings in self.bindings.items()
            for binding in bindings
            for span in binding.occurrences
        )
        self._names = [name for _, name, _ in spans]
        # As in ``{a}`` of JavaScript, which another name makes ``{a: b}``.
        self._keys = [f"{name}: " if is_key else "" for _, name, is_key in spans]
        self._between: list[str] = []
        position = 0
        for span, _, _ in spans:
            self._between.append(program.source[position : span.start].decode())
            position = span.end
        self._rest = program.source[position:].decode()

    def text(self, renaming: Mapping[str, str]) -> str:
        return self._joined([renaming.get(name, name) for name in self._names])

    def slots(self, name: str) -> list[int]:
        return [slot for slot, other in enumerate(self._names) if other == name]

    def masked(self, slot: int) -> str:
        return self._joined([*self._names[:slot], UNKNOWN, *self._names[slot + 1 :]])

    def places(self, renaming: Mapping[str, str]) -> list[tuple[str, int, int]]:
        found = []
        position = 0
        renamed = [renaming.get(name, name) for name in self._names]
        for before, name, other in zip(self._before(renamed), self._names, renamed, strict=True):
            start = position + len(before)
            position = start + len(other)
            found.append((name, start, position))
        return found

    def _joined(self, names: Sequence[str]) -> str:
        pieces = [piece for pair in zip(self._before(names), names, strict=True) for piece in pair]
        return "".join([*pieces, self._rest])

    def _before(self, names: Sequence[str]) -> list[str]:
        """The text in front of each name, with the key of a property that loses its shorthand."""
        return [
            before if name == own else before + key
            for before, key, own, name in zip(
                self._between, self._keys, self._names, names, strict=True
            )
        ]
