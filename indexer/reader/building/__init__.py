"""The reader's network, its training, and packing it into an index; needs PyTorch."""
