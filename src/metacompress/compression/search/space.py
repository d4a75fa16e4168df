"""Spaces of student configurations: what a search chooses from.

A configuration is a dictionary from a dimension's name to one of its values; a search works on
*points*, vectors of indices into the values. The names are those of ``metacompress distill``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

Configuration = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One hyper-parameter.

    Attributes:
        name: an option of ``metacompress distill``, with underscores.
        values: numbers in ascending order, or names in any.
    """

    name: str
    values: tuple[Any, ...]

    @property
    def is_numeric(self) -> bool:
        """Whether the order of the values means something."""
        return not isinstance(self.values[0], str)


class SearchSpace:
    """The product of dimensions.

    Args:
        *dimensions: in the order of a point's entries.
    """

    def __init__(self, *dimensions: Dimension) -> None:
        self.dimensions = dimensions
        self.names = tuple(dimension.name for dimension in dimensions)

    @property
    def last(self) -> NDArray[np.int64]:
        """The largest index of each dimension; the smallest is 0."""
        return np.array([len(dimension.values) - 1 for dimension in self.dimensions])

    def __getitem__(self, name: str) -> Dimension:
        return self.dimensions[self.names.index(name)]

    def configuration(self, point: NDArray[np.int64]) -> Configuration:
        """The configuration at ``point``."""
        return {
            dimension.name: dimension.values[int(index)]
            for dimension, index in zip(self.dimensions, point, strict=True)
        }

    def point(self, configuration: Mapping[str, Any]) -> NDArray[np.int64]:
        """Where a configuration is.

        Raises:
            UsageError: it is outside of the space.
        """
        try:
            return np.array(
                [
                    dimension.values.index(configuration[dimension.name])
                    for dimension in self.dimensions
                ]
            )
        except (KeyError, ValueError) as error:
            raise UsageError(
                f"{configuration} is outside of the space ({error})", option="space"
            ) from None

    def features(self, points: NDArray[np.int64]) -> NDArray[np.float64]:
        """What a surrogate sees of points (n, d): numbers in [0, 1], names as indicators.

        Dimensions with one value are left out.
        """
        columns: list[NDArray[np.float64]] = []
        for dimension, indices in zip(self.dimensions, points.T, strict=True):
            values = np.arange(len(dimension.values))
            if len(values) == 1:
                continue
            if dimension.is_numeric:
                scale = np.array(dimension.values, dtype=np.float64)
                scale = (scale - scale[0]) / (scale[-1] - scale[0])
                columns.append(scale[indices][:, None])
            else:
                columns.append((indices[:, None] == values).astype(np.float64))
        return np.hstack([np.zeros((len(points), 0)), *columns])

    def restricted(self, allowed: Mapping[str, Sequence[Any]]) -> SearchSpace:
        """The same space with other values for some dimensions.

        Raises:
            UsageError: there is no such dimension, or it would have no value.
        """
        for name, values in allowed.items():
            if name not in self.names:
                raise UsageError(
                    f"the space has no dimension {name!r}; it has {', '.join(self.names)}",
                    option="space",
                )
            if not values:
                raise UsageError(f"no value is left for {name}", option="space")
        return SearchSpace(
            *(Dimension(d.name, tuple(allowed.get(d.name, d.values))) for d in self.dimensions)
        )


def parse_restriction(text: str, space: SearchSpace) -> tuple[str, tuple[Any, ...]]:
    """A dimension's name and values from ``NAME=VALUE,VALUE``.

    Numbers need not be values that the dimension has, so that a search can be made smaller or
    larger.

    Raises:
        UsageError: it is written otherwise, or a value is of another type.
    """
    name, equals, listed = text.partition("=")
    name = name.replace("-", "_")
    if not equals or not listed:
        raise UsageError(f"--space is written NAME=VALUE,VALUE, not {text!r}", option="space")
    if name not in space.names:
        raise UsageError(f"--space {text}: the space has {', '.join(space.names)}", option="space")
    dimension = space[name]
    kind = type(dimension.values[-1])
    try:
        values = [kind(value) for value in listed.split(",")]
    except ValueError:
        raise UsageError(
            f"--space {text}: {name} takes values of type {kind.__name__}", option="space"
        ) from None
    if not dimension.is_numeric:
        unknown = [value for value in values if value not in dimension.values]
        if unknown:
            raise UsageError(
                f"--space {text}: {name} is one of {', '.join(dimension.values)}", option="space"
            )
        return name, tuple(dict.fromkeys(values))
    return name, tuple(sorted(set(values)))
