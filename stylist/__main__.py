"""`python -m stylist` is the command `stylist`."""

import sys

from stylist.cli import main

if __name__ == "__main__":
    sys.exit(main())
