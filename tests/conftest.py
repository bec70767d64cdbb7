"""For every test: random examples are the same in each run, and no test is judged by the clock."""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")
