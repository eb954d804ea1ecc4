"""The encoder as the builder loads, projects and exports it; needs PyTorch."""
