"""What can be measured by itself, in the order in which it is."""

PARTS = ("pages", "http", "inviting", "planning", "delivery", "morning")
