"""Questions in Spanish and Portuguese, put into English for English reports."""
