"""What answers are worth: measures of one question and of a set."""
