"""Two runs compared, and changes held back."""
