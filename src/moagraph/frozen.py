"""Frozen values that cost nothing until one is made.

`class Point(Frozen)` with annotated fields behaves as a frozen dataclass with slots: the same
constructor, equality, hash and repr, and `dataclasses.fields` and `replace` work on it. The
difference is when the work is done. A dataclass compiles half a dozen methods for each class at
import, which is most of the start-up time of a program with sixty of them; here the methods are
shared, and a constructor is compiled at its first call.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import Field

_MISSING: Any = object()


class _Default:
    """What a field is when nothing is given, where the value alone does not tell."""

    __slots__ = ("compare", "factory", "value")

    def __init__(self, value: Any, factory: Callable[[], Any] | None, compare: bool) -> None:
        self.value = value
        self.factory = factory
        self.compare = compare


def field(
    *,
    default: Any = _MISSING,
    default_factory: Callable[[], Any] | None = None,
    compare: bool = True,
) -> Any:
    """Describe a field: its default, or what makes one; `compare` False keeps it out of equality.

    A field that does not compare is left out of the repr too.
    """
    return _Default(default, default_factory, compare)


class _LazyFields:
    """`__dataclass_fields__`, made when the standard library asks for it."""

    def __get__(self, instance: object, owner: type) -> dict[str, Field[Any]]:
        import dataclasses

        namespace: dict[str, Any] = {}
        for name, default in owner._defaults.items():  # type: ignore[attr-defined]
            if default is _MISSING:
                continue
            namespace[name] = dataclasses.field(
                **({} if default.value is _MISSING else {"default": default.value}),
                **({} if default.factory is None else {"default_factory": default.factory}),
                compare=default.compare,
                repr=default.compare,
            )
        types: dict[str, Any] = owner._types  # type: ignore[attr-defined]
        twin: Any = dataclasses.dataclass(
            type("_Twin", (), {**namespace, "__annotations__": types})
        )
        found: dict[str, Field[Any]] = twin.__dataclass_fields__
        type.__setattr__(owner, "__dataclass_fields__", found)
        return found


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class _FrozenType(type):
    """Turns annotated fields into slots."""

    _fields: tuple[str, ...]
    _compared: tuple[str, ...]
    _types: dict[str, Any]
    _defaults: dict[str, Any]

    def __new__(
        mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], *, eq: bool = True
    ) -> _FrozenType:
        types: dict[str, Any] = {}
        defaults: dict[str, Any] = {}
        for base in bases:
            types.update(getattr(base, "_types", {}))
            defaults.update(getattr(base, "_defaults", {}))
        own = {
            key: kind
            for key, kind in _annotations(namespace).items()
            if not str(kind).startswith("ClassVar")
        }
        for key in own:
            given = namespace.pop(key, _MISSING)
            if given is not _MISSING and not isinstance(given, _Default):
                given = _Default(given, None, True)
            defaults[key] = given
        namespace["__slots__"] = tuple(key for key in own if key not in types)
        types.update(own)
        namespace["_types"] = types
        namespace["_defaults"] = defaults
        namespace["_fields"] = fields = tuple(types)
        namespace["_compared"] = tuple(
            key for key in fields if defaults[key] is _MISSING or defaults[key].compare
        )
        namespace["__match_args__"] = fields
        namespace.setdefault("__init__", _first_init)
        namespace["__dataclass_fields__"] = _LazyFields()
        if not eq:
            # What compares by identity is a thing and no value: it is not printed as one either.
            namespace["__eq__"] = object.__eq__
            namespace["__hash__"] = object.__hash__
            namespace.setdefault("__repr__", object.__repr__)
        return super().__new__(mcs, name, bases, namespace)

    if not TYPE_CHECKING:
        # The keyword is for `__new__` alone; type checkers read it by `dataclass_transform`.
        def __init__(cls, name, bases, namespace, *, eq=True):  # noqa: ARG002
            super().__init__(name, bases, namespace)


def _annotations(namespace: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] | None = namespace.get("__annotations__")
    if found is not None:
        return found
    if "__annotate_func__" in namespace or "__annotate__" in namespace:
        # From Python 3.14 on, annotations are made on demand.
        import annotationlib  # type: ignore[import-not-found,unused-ignore]

        annotate = annotationlib.get_annotate_from_class_namespace(namespace)
        made: dict[str, Any] = annotationlib.call_annotate_function(
            annotate, annotationlib.Format.FORWARDREF
        )
        return made
    return {}


def _first_init(self: Any, *args: Any, **kwargs: Any) -> None:
    """Compile the constructor of the class at its first call."""
    cls = type(self)
    owner = next(c for c in cls.__mro__ if c.__dict__.get("__init__") is _first_init)
    made = _constructor(owner)
    type.__setattr__(owner, "__init__", made)
    made(self, *args, **kwargs)


def _constructor(cls: Any) -> Callable[..., None]:
    scope: dict[str, Any] = {"_missing": _MISSING}
    parameters: list[str] = []
    body: list[str] = []
    for name in cls._fields:
        scope[f"_set_{name}"] = getattr(cls, name).__set__
        default = cls._defaults[name]
        if default is _MISSING:
            parameters.append(name)
            body.append(f" _set_{name}(self, {name})")
        elif default.factory is None:
            scope[f"_default_{name}"] = default.value
            parameters.append(f"{name}=_default_{name}")
            body.append(f" _set_{name}(self, {name})")
        else:
            scope[f"_make_{name}"] = default.factory
            parameters.append(f"{name}=_missing")
            body.append(f" _set_{name}(self, _make_{name}() if {name} is _missing else {name})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    text = f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(body or [" pass"])
    exec(text, scope)
    made: Callable[..., None] = scope["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


class Frozen(metaclass=_FrozenType):
    """The base of values; fields are annotations, in order, with defaults as in a dataclass.

    `class Answer(Frozen, eq=False)` compares by identity.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Any]]
        _fields: ClassVar[tuple[str, ...]]
        _types: ClassVar[dict[str, str]]
        _defaults: ClassVar[dict[str, Any]]

    def __setattr__(self, name: str, value: object) -> None:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        compared = type(self)._compared
        return all(getattr(self, name) == getattr(other, name) for name in compared)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in type(self)._compared))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in type(self)._compared)
        return f"{type(self).__qualname__}({shown})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (type(self), tuple(getattr(self, name) for name in self._fields))

    def __copy__(self) -> Any:
        return self


def _made(cls: Any, values: tuple[Any, ...]) -> Any:
    """Return a value again from its fields, as pickle does."""
    self = cls.__new__(cls)
    for name, value in zip(cls._fields, values, strict=True):
        getattr(cls, name).__set__(self, value)
    return self


T = TypeVar("T", bound=Frozen)


def replace(value: T, /, **changes: Any) -> T:
    """Return a value of the same class with some fields changed.

    Raises:
        TypeError: the class has no such field.
    """
    for name in value._fields:
        if name not in changes:
            changes[name] = getattr(value, name)
    return value.__class__(**changes)


def default_values(cls: type[Frozen]) -> dict[str, Any]:
    """Return the default of each field of a class that has one; made ones are made anew."""
    return {
        name: default.value if default.factory is None else default.factory()
        for name, default in cls._defaults.items()
        if default is not _MISSING
    }
