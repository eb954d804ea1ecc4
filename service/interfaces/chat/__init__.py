"""The doors for chats and agents: each speaks a protocol of others and gives what the API gives."""
