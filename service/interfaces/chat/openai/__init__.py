"""The OpenAI-compatible door: models, chat completions, responses."""
