"""`python -m paperround.cli`, for where the command itself is not on the path."""

from .main import main

main()
