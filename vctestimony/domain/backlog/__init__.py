"""Planning many hearings at once: pure, seeded, the same plan for the same question.

`problem` the words and what a plan costs · `timeline` what is still free · `greedy` a first plan · `search` making it
better · `bound` how good any plan could be · `checking` an independent judge · `obstacles` why one was left out.
"""
