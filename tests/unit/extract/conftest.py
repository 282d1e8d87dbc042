"""Notes the sentences that tests of metrics have as their parameter `text`, so that they are read together."""

import pytest
from reading import COLLECTED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            text = item.callspec.params.get("text")
            if isinstance(text, str):
                COLLECTED.add(text)
