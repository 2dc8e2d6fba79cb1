"""What every test stands on: no settings left over from the shell, and the same examples on every build machine."""

import os

from hypothesis import HealthCheck, settings

# A developer's own hall settings must not decide what the tests find. Cleared at import, before anything can read them,
# and so also for the server processes that tests start.
for name in [name for name in os.environ if name.startswith("XINTING_")]:
    del os.environ[name]

# Two cores may be busy with browsers, so a slow example is no finding; a failing one is printed ready to be repeated.
settings.register_profile("desk", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
