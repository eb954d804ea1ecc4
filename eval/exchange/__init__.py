"""Question sets and results in the formats of others, in and out."""
