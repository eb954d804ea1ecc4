"""The pages that people read: server-rendered, complete without JavaScript."""
