"""The Microsoft Teams door: messages to the bot, and thumbs under its answers."""
