"""Reaching the upstreams: what lives here asks politely and writes what it is answered into the landing folder, as received.

What does not: parsing (`paperhouse.feeds` reads what landed, now or in a year) and tables (nothing here opens the
warehouse; what to ask for is handed in). An import contract in `pyproject.toml` holds that.
"""
