"""Who may use the service: API keys and what each may do."""
