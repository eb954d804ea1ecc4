"""Every endpoint of the OpenAI-compatible door."""

from service.interfaces.chat.openai import completions, models, responses, unsupported

OPENAI_ROUTERS = (models.router, completions.router, responses.router, unsupported.router)
