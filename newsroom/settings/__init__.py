"""Settings: base is safe by default; dev, test and production say only what differs."""
