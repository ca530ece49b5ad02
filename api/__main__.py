"""`python -m paperround`, for where the command itself is not on the path."""

from .cli.entry import main

main()
