"""Tables: papers as CSV, and the typed model as JSON lines."""
