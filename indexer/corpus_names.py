"""Names of files in a corpus folder that are no reports."""

CATALOGUE_NAME = "catalogue.toml"
EXAMPLES_NAME = "examples.toml"
"""Questions for the start page, which the service reads."""
