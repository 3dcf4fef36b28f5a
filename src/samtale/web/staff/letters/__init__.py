"""A letter in several languages, as it can be worded on the page that sends it."""
