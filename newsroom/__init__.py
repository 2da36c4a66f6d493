"""The newsroom: site-wide apps, settings and switchboards."""
