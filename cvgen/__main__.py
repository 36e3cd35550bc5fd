"""The entry point of the command ``cvgen``, and of ``python -m cvgen``."""

from cvgen.cli.endings import end_on_signals


def main() -> None:
    """Run the command; a signal that comes while its modules are loaded ends it too."""
    end_on_signals()
    from cvgen.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
