"""The JSON bodies of the API, one file a resource; pydantic is used only here and in settings."""
