"""Starts the chat in the browser on the bundled stylist: the entry point of the Space."""

from __future__ import annotations

import argparse
import os
import sys


def main() -> int:
    """Loads the stylist and serves the chat until it is stopped."""
    from stylist import loading
    from stylist.errors import StylistError

    parser = argparse.ArgumentParser(description=__doc__)
    loading.stylist_arguments(parser)
    on_a_space = "SPACE_ID" in os.environ
    parser.add_argument(
        "--host", default="0.0.0.0" if on_a_space else "127.0.0.1", help="address to listen on (default: %(default)s)"
    )
    parser.add_argument("--port", type=int, help="port to listen on (default: the first free one from 7860)")
    parser.add_argument("--share", action="store_true", help="also open a public link through Gradio's relay")
    options = parser.parse_args()
    loading.quiet_libraries()
    try:
        from stylist.app.blocks import serve

        serve(loading.load_stylist(options), options.host, options.port, options.share)
    except (StylistError, OSError) as fault:
        print(f"app.py: {fault}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
