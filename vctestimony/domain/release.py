"""The one place that says which release of the service this is; pyproject.toml says the same."""

RELEASE = "0.1.0"
