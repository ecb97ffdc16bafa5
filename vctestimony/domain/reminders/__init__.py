"""Reminders: which notice is due to whom and when, and what of it leaves at a given moment.

`thresholds` every number in one table · `days` a person's own working days · `notices` what a hearing and its people
are to a rule, and what comes of it · `due` the rules · `sending` what leaves now · `letters` what the mail says.
"""
