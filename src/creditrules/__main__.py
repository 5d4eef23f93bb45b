"""The program: `creditrules`, and `python -m creditrules`."""

import sys
from typing import NoReturn

from creditrules._interrupts import held

# As a shell reports a program that was interrupted.
_INTERRUPTED = 130


def main() -> NoReturn:
    """Run the program; whoever interrupts it before it can read its words gets the same code and one line."""
    try:
        with held():
            from creditrules.cli import main as program
        program()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted · 已中断\n")
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
