"""Rows and queries. Knows the domain's words only; nothing here decides."""
