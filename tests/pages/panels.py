"""The HTML of panels that a page draws, which the frame's tests do not see otherwise."""

from collections.abc import Callable
from types import ModuleType

import pytest

from ui.parts.components import render


def drawn_by(monkeypatch: pytest.MonkeyPatch, *modules: ModuleType) -> dict[str, str]:
    """Catch what modules draw as panels: HTML by the panel's key, of the last run."""
    drawn: dict[str, str] = {}

    def panel(
        template: str, *, key: str, on_choose: Callable[[str], None], focus: bool = False, **values: object
    ) -> None:
        del on_choose, focus
        drawn[key] = render(template, **values)

    for module in modules:
        monkeypatch.setattr(module, "panel", panel)
    return drawn
