"""Who does the work of a build: processes of this machine, or workers of a dask scheduler."""
