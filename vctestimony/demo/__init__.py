"""The demonstration: a world of real places and invented people, made through the same use-cases as everything else.

`notice` the note of its sign-ins · `builder` makes or removes it · `places`, `people`, `stories` what is in it.
"""

from vctestimony.demo.builder import build, clear, is_empty, sign_ins
from vctestimony.demo.notice import is_loaded

__all__ = ["build", "clear", "is_empty", "is_loaded", "sign_ins"]
