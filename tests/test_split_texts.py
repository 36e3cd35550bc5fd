"""A comma that splits a text inside brackets is reported at its place; lists that are meant as such are not."""

from __future__ import annotations

import pytest

from cvgen.sources.yaml.tree import parse_yaml

MARK = "¦"


def told(value: str, key: str = "highlights") -> list[tuple[int | None, str, str]]:
    """Column, message and hint of each Problem of a profile with ``key: value``."""
    _, problems = parse_yaml(f"{key}: {value}\n", "profile.yaml")
    return [(p.location.column if p.location else None, p.message, p.hint or "") for p in problems]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("highlights", "[Wrote a guide read by 3,¦000 people.]", id="thousands"),
        pytest.param("highlights", "[Raised $1,¦250,000 in two years.]", id="millions"),
        pytest.param("highlights", "[Kosten um 2,¦5 % gesenkt]", id="decimal-comma"),
        pytest.param("highlights", "[Gagné 1,¦5 million de lecteurs]", id="decimal-comma-and-a-word"),
        pytest.param("highlights", "[为 3,¦000 名用户服务]", id="chinese"),
        pytest.param("keywords", "[Excel, 10,¦000 rows]", id="keywords"),
        pytest.param("highlights", "[Led the team, ¦which grew to ten]", id="clause"),
        pytest.param("highlights", "[Wrote the docs., Led the team, ¦which grew to ten.]", id="second-bullet"),
        pytest.param("highlights", "[Opened offices in Paris, ¦London and Rome.]", id="names-before-one-full-stop"),
        pytest.param("highlights", "[{text: Ran it.}, Read by 3,¦000 people., {text: B, tags: [c]}]", id="mixed"),
        pytest.param("highlights", "[led the team, ¦which grew to ten.]", id="one-full-stop"),
        pytest.param("keywords", "[Excel (pivot tables, ¦macros), Word]", id="in-parentheses"),
        pytest.param("courses", "[Algebra, Reading „Faust, ¦erster Teil“]", id="in-quotation-marks"),
        pytest.param("highlights", "[Ran 3 teams,\n  ¦which grew to ten]", id="on-two-lines"),
    ],
)
def test_a_comma_that_splits_a_text(key: str, value: str) -> None:
    before = f"{key}: {value}".partition(MARK)[0]
    ((column, message, hint),) = told(value.replace(MARK, ""), key)
    assert column == len(before) - before.rfind("\n")
    assert f"are two {'bullets' if key == 'highlights' else 'items'}: inside brackets, a comma ends a text" in message
    assert "in quotes" in hint


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("highlights", "[Ran the build., Wrote the docs.]", id="sentences"),
        pytest.param("highlights", "[Ran the build, Wrote the docs]", id="without-stops"),
        pytest.param("highlights", "[ran the build, wrote the docs]", id="small"),
        pytest.param("highlights", "[Ran the Android app, iOS app]", id="brand"),
        pytest.param("highlights", "['Read by 3,000 people', \"Led the team, which grew\"]", id="quoted"),
        pytest.param("highlights", "['Led the team', 'which grew to ten.']", id="each-quoted"),
        pytest.param("highlights", "\n  - Read by 3,000 people, which is a lot", id="on-its-own-line"),
        pytest.param("highlights", "[A bullet below the bullet.]", id="one"),
        pytest.param("highlights", "[]", id="none"),
        pytest.param("keywords", "[Python, distributed systems, C++ 11,14]", id="keywords"),
        pytest.param("keywords", "[Rust, event sourcing.]", id="stop-in-keywords"),
        pytest.param("keywords", "[C++ (2011), Go (1.2)]", id="whole-parentheses"),
        pytest.param("date", "[2019,2021]", id="years"),
        pytest.param("numbers", "[100,200,300]", id="numbers"),
        pytest.param("tags", "[a,b]", id="tags"),
    ],
)
def test_lists_that_are_meant(key: str, value: str) -> None:
    assert told(value, key) == []
