"""Parts of the settings, a file for each; config.py puts them together. `environment.py` reads variables as values."""
