"""The day and its record as values: what may be logged, what was said, what the record must state, what is sealed.

`kinds`: what can happen and what is asked about it · `course`: when it may be said to have happened, and what follows ·
`speech`: questions and answers, typed or pasted · `fields` and `required`: the statements of the record · `content`:
the one text that is hashed.
"""
