"""The entry point of the command ``cvgen``, and of ``python -m cvgen``."""

from cvgen.cli.start import run_to_end


def main() -> None:
    """Run the command; a signal that comes while its modules are loaded ends it too."""
    run_to_end(_run)


def _run() -> None:
    from cvgen.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
