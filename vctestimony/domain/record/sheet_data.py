"""The one place that writes a finished sheet as plain data, and reads it back as the very same sheet."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

Sheet = TypeVar("Sheet")
Untyped = Any
"""What type hints and JSON give; everything read of it is checked by use."""


class NotASheet(Invalid):
    """The data is not what `as_data` writes of such a sheet."""

    text = N_("This data does not hold a paper that this version of the service can read.")


def as_data(value: object) -> object:
    """What JSON can keep of a sheet: dataclasses as objects, tuples as lists, instants and wall times in ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [as_data(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def from_data(kind: type[Sheet], data: object) -> Sheet:
    """The sheet of that kind; NotASheet when the data is of another shape."""
    try:
        return cast("Sheet", _read(kind, data))
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise NotASheet() from problem


def _read(kind: Untyped, data: Untyped) -> object:
    origin: Untyped = get_origin(kind)
    arguments = get_args(kind)
    if origin in {UnionType, Union}:
        return None if data is None else _read(next(one for one in arguments if one is not NoneType), data)
    if origin is tuple:
        return tuple(_read(arguments[0], one) for one in data)
    if is_dataclass(kind):
        return _dataclass(kind, data)
    if kind is datetime:
        return datetime.fromisoformat(data)
    if issubclass(kind, Enum):
        return kind(data)
    if type(data) is not kind:
        raise TypeError(kind)
    return data


def _dataclass(kind: Untyped, data: Mapping[str, object]) -> object:
    hints = get_type_hints(kind)
    return kind(**{name: _read(hints[name], value) for name, value in data.items()})
