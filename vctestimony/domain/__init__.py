"""What the service is about, as pure values and functions: no framework, database, clock, file or network."""
