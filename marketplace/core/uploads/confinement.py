"""What a process that parses hostile bytes gives up before it begins. Called in the process itself, not by its parent."""

import resource

_OPEN_FILES = 32


def confine(*, memory: int, cpu_seconds: int, max_output: int) -> None:
    """Lower the limits for good: the hard limits fall too, so nothing in the process can raise them again.

    `memory` is address space and `max_output` one written file, both in bytes. No core dump, no further process.
    """
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, max_output),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        hard = resource.getrlimit(what)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))
