"""`python -m absextract`."""

from .cli.starting import run

if __name__ == "__main__":
    run()
