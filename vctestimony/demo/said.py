"""The words of the demonstration's hearings: what the witness answers, and what is stated for the record."""

from collections.abc import Mapping

CHIEF = """Q. Do you know the accused who is shown to you on the screen?
A. Yes. He took me from the bus stand to a house near the river.

Q. What had he told you before?
A. That there was work in a tailoring shop, for eight thousand rupees a month.

Q. Were you free to leave that house?
A. No. The door was locked from outside. My telephone was taken on the first day.

The witness is shown the print of her statement and says that the thumb mark on it is hers."""
CROSS = """Q. You had known the accused for a year before that day?
A. I had seen him at the market. I did not know his name.

Q. I put it to you that you went with him of your own wish.
A. I went for the work in the shop. There was no shop."""
# Statements that neither log nor case can give; where none is listed the court had nothing to state.
STATEMENTS: Mapping[str, str] = {
    "software": "The video conferencing software designated by the High Court.",
    "costs": "No order as to costs.",
}
NOTHING = "None."
