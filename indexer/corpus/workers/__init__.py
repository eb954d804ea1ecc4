"""Who reads and embeds the reports of a build: this machine, or the workers of Ray."""
