"""Strategies that make snapshots of usage and days of a series; and patience that costs a test no time."""

from hypothesis import strategies as st

from horde_reference.adapters.polite import Manners
from horde_reference.analytics.series import Counts, Day
from horde_reference.analytics.usage import MOST, Counted, Usage, Use, Workers

HASTY = Manners(first_pause=0.01, longest_pause=0.3, connect=2, read=1, answer=2)

NUMBERS = st.none() | st.integers(0, MOST)
AMOUNTS = st.none() | st.floats(0, MOST)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
USES = st.builds(
    Use, day=NUMBERS, month=NUMBERS, total=NUMBERS, workers=NUMBERS, queued=AMOUNTS, jobs=AMOUNTS,
    performance=AMOUNTS, eta=NUMBERS,
)  # fmt: skip
WORKERS = st.builds(Workers, **{name: st.integers(0, 2**53) for name in Workers.__slots__})
COUNTED = st.builds(Counted, models=st.dictionaries(NAMES, USES, max_size=5), workers=st.none() | WORKERS)
MOMENTS = st.integers(0, 253_402_300_799)
USAGES = st.builds(
    Usage, fetched_at=MOMENTS, source=NAMES, image=COUNTED, text=COUNTED,
    missing=st.lists(NAMES, max_size=3).map(tuple),
)  # fmt: skip
COUNTS = st.builds(Counts, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
DAYS = st.builds(
    Day, fetched_at=MOMENTS, image=st.dictionaries(NAMES, COUNTS, max_size=5),
    text=st.dictionaries(NAMES, COUNTS, max_size=5),
)  # fmt: skip
