"""The entry point of the command ``cvgen``, and of ``python -m cvgen``."""

from cvgen.cli.process import prepare_process


def main() -> None:
    """Run the command; a signal that comes while its modules are loaded ends it too."""
    prepare_process()
    from cvgen.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
