"""`python -m printers.standin PORT FOLDER`: the stand-in as a process of its own."""

import argparse
from pathlib import Path

from printers.standin.server import run_standin


def main() -> None:
    parser = argparse.ArgumentParser(prog="printers.standin", description="A printer that shows its papers as pictures")
    parser.add_argument("port", type=int, help="where it takes tickets; 0 for any free port, which it then tells")
    parser.add_argument("folder", type=Path, help="where it lays its papers")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--control-port", type=int, help="where it can be told to be out of paper, by lines of JSON")
    chosen = parser.parse_args()
    run_standin(chosen.host, chosen.port, chosen.folder, control_port=chosen.control_port)


if __name__ == "__main__":
    main()
