"""The use-cases: each a verb on a unit of work. They know ports, not adapters, and read models, not pages."""
