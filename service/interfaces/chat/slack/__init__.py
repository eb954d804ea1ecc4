"""The Slack door: a slash command, mentions of the app, and buttons under its answers."""
