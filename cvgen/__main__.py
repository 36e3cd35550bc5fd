"""``python -m cvgen`` does what the command ``cvgen`` does."""

from cvgen.cli.main import main

if __name__ == "__main__":
    main()
