"""How the sentence reader is made: its data, its architecture, its training and its weights."""
