"""Gate: the service: the gate and the desk by HTTP, for approval systems, units, districts and clerks."""
