from __future__ import annotations

import pytest

from queue_server.guidance.catalogue import Catalogue, load_catalogue
from queue_server.guidance.search import SearchIndex


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def index(catalogue: Catalogue) -> SearchIndex:
    return SearchIndex(catalogue)
