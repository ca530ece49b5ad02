"""`python -m paperround.cli`, for where the command itself is not on the path."""

from .entry import main

main()
