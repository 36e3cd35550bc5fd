"""The version, written here only: the package's metadata, ``cvgen --version`` and PDFs take it from here."""

__version__ = "0.2.0"
