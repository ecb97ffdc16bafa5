"""What is kept of a recording that the court made; the service itself records nothing and keeps no key.

`description`: what a recording is, and what cannot be one · `names`: what would give the witness away · `entries`: what
is entered about recordings afterwards · `access`: who may be given one · `keeping`: for how long.
"""
