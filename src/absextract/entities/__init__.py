"""What a name is called elsewhere: the vocabulary, the linker, the grammar of metrics."""
