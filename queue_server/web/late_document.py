"""The OpenAPI document, made when somebody reads it: the start of the hall does not wait a fifth of a second for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_openapi3 import APIBlueprint, OpenAPI
from flask_openapi3.types import ParametersTuple
from flask_openapi3.utils import parse_parameters


class Api(APIBlueprint):
    """Endpoints of one kind. What the library asks of each for its document is noted, and told to it later."""

    def __init__(self, *names: Any, **options: Any) -> None:
        super().__init__(*names, **options)
        self._to_describe: list[tuple[str, Callable[..., Any], dict[str, Any]]] = []

    def _collect_openapi_info(self, rule: str, func: Callable[..., Any], **said: Any) -> ParametersTuple:
        self._to_describe.append((rule, func, said))
        return parse_parameters(func, doc_ui=False)

    def describe(self) -> None:
        """Fill `paths`, `tags` and `components_schemas`, once for all programs that have it."""
        while self._to_describe:
            rule, func, said = self._to_describe.pop(0)
            super()._collect_openapi_info(rule, func, **said)


class Program(OpenAPI):
    """Flask with its OpenAPI."""

    def __init__(self, *names: Any, **options: Any) -> None:
        super().__init__(*names, **options)
        self._apis: list[Api] = []

    def register_api(self, api: APIBlueprint, **options: Any) -> None:
        assert isinstance(api, Api)
        super().register_api(api, **options)
        self._apis.append(api)

    @property
    def api_doc(self) -> dict[str, Any]:
        for api in self._apis:
            api.describe()
            self.tags += [tag for tag in api.tags if tag.name not in self.tag_names]
            self.tag_names += [tag.name for tag in api.tags if tag.name not in self.tag_names]
            self.paths.update(api.paths)
            self.components_schemas.update(api.components_schemas)
        self._apis = []
        document: dict[str, Any] = super().api_doc
        return document

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view is a coroutine, and none need be asked at every request whether it is one."""
        return func
