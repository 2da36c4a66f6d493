"""An invented newsroom that shows all the house can do; nothing imports it but `urls`, in demo settings."""
