"""Names of the folders of the models that an index carries."""

ENCODER = "encoder"
MULTILINGUAL_ENCODER = "multilingual_encoder"
READER = "reader"
