"""Print what action.yml needs to know of a configuration, paperround.toml without a name, as outputs of a step."""

import sys
from pathlib import Path

from paperround.publish import read_config

config = read_config(Path(sys.argv[1]) if sys.argv[1:] else None)
print(f"address={config.series({}).base_url or ''}")
print(f"records={config.metadata or ''}")
