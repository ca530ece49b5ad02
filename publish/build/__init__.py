"""A build: what a run is asked to do, what it finds published, and what it makes anew."""
