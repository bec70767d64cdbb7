"""Generated calendars: weeks, hours and days, whether they can be or not."""

from hypothesis import strategies as st

from tests.dsl.generated_pieces import declaration, headed, several
from tests.dsl.generated_values import (
    because,
    dates,
    listed,
    maybe,
    names,
    said,
    times,
    weekday_names,
)

weekdays = said("{}{}", weekday_names, maybe(said("to {}", weekday_names)))
intervals = said("{}-{}", times, times)
calendar = declaration(
    headed("calendar"),
    said("based on {}", names),
    said("week {}", listed(weekdays)),
    said("hours {}", listed(intervals)),
    several(
        said(
            "{} {}{}",
            st.sampled_from(["workday", "holiday"]),
            dates,
            maybe(said("to {}", dates)),
        )
    ),
    because,
    st.just("final"),
)
