"""For every test: random examples are the same in each run, and no test is judged by the clock."""

import gc

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")


def pytest_collection_finish():
    """The modules and tests that stay to the end are not looked through for garbage again."""
    gc.collect()
    gc.freeze()
