"""What every app stands on and that knows no model of ours: rendering, access, limits, logs."""
