"""What the suite shows of threats, abuse and requirements: marks on tests, and the pages of docs/ made of them."""
