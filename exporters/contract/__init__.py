"""The exporter contract: what a format is, which options, parts and files it has, and work that formats share."""
