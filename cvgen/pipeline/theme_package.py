"""A Python package that holds a theme: the files beside the theme's folder."""

from __future__ import annotations

from pathlib import Path

from cvgen.themes.packaged import GROUP


def name_package(theme: str) -> str:
    """The name of the package for ``theme``, which is also its folder's."""
    return f"cvgen-theme-{theme}"


def place_theme(theme: str) -> Path:
    """The theme's folder inside of the package's."""
    return Path(_name_module(theme), theme)


def make_package_files(theme: str, parent: str) -> dict[Path, str]:
    """The package's files for ``theme``, which extends ``parent``: path in the package's folder → text."""
    module = _name_module(theme)
    return {
        Path("pyproject.toml"): _PROJECT.format(package=name_package(theme), module=module, theme=theme, group=GROUP),
        Path("README.md"): _README.format(package=name_package(theme), theme=theme, parent=parent),
        Path(module, "__init__.py"): f'"""The theme {theme} for cvgen. cvgen reads its files and runs no code."""\n',
    }


def _name_module(theme: str) -> str:
    return name_package(theme).replace("-", "_")


_PROJECT = """[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "{package}"
version = "0.1.0"
description = "The theme {theme} for cvgen"
readme = "README.md"
requires-python = ">=3.11"

# For each theme its name, and the module in whose folder the theme's folder is. A folder without theme.yaml may hold
# citation styles only (styles/NAME.j2), for all themes.
[project.entry-points."{group}"]
{theme} = "{module}"

[tool.hatch.build.targets.wheel]
packages = ["{module}"]
"""
_README = """# {package}

The theme `{theme}` for cvgen; it extends `{parent}`. Install it where cvgen is:

    pip install .
    cvgen themes show {theme}
    cvgen render profile.yaml -t {theme}
"""
