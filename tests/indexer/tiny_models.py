"""Models small enough to be made in a test: BERT that reads letters, with random weights."""

from pathlib import Path

import torch
from transformers import BertConfig, BertTokenizer

LETTERS = [*"abcdefghijklmnopqrstuvwxyz0123456789.,"]


def letter_bert(folder: Path, *, n_labels: int = 2) -> BertConfig:
    """Write the tokenizer of a BERT that reads letters into ``folder``; return its sizes."""
    torch.manual_seed(1)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS, *(f"##{a}" for a in LETTERS)]
    BertTokenizer(vocab={word: n for n, word in enumerate(words)}).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=300,
    )
    config.num_labels = n_labels
    return config
