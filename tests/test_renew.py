"""``cvgen match --write NAME --renew``: a variant for a posting, written again after the posting has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from helpers import run_cvgen

HEAD = """\
basics: {name: Ana Sousa}
work: [{name: Elm, position: Welder, start: 2020, end: 2024}]
skills: [{name: Tools, keywords: [Go, Kafka, Terraform, Figma]}]
"""
WRITTEN = """\
variants:
  general: {sections: [work, skills]}
  # for 'Platform engineer', 2020-01-01, written by cvgen match
  acme:
    extends: general   # the long one
    pages: 2
    priorities:
      Kafka: 3   # they said so on the phone
      Figma: 2
    theme: modern  # they like it
  other: {extends: general}
"""
IN_BRACES = """\
variants:
  general: {sections: [work, skills]}
  acme: {extends: general, pages: 2, priorities: {Kafka: 1, Figma: 2}, theme: modern}
"""


def renew(folder: Path, variants: str, asked: str, *arguments: str) -> tuple[int, str, str]:
    """The exit code, what was said, and the profile."""
    profile, posting = folder / "profile.yaml", folder / "posting.txt"
    head = HEAD.replace("\n", "\r\n") if "\r" in variants else HEAD
    profile.write_bytes((head + variants).encode())
    posting.write_text(f"Data engineer\n\nRequirements\n{asked}\n- Nursing\n", "utf-8")
    ran = run_cvgen("match", profile, posting, "--no-fit", "--write", "acme", *arguments)
    return ran.code, ran.out + ran.err, profile.read_bytes().decode()


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_priorities_and_comment_are_new_and_all_else_stays(tmp_path: Path, end: str) -> None:
    code, said, text = renew(tmp_path, WRITTEN.replace("\n", end), "- Kafka\n- Kafka\n- Terraform", "--renew")
    assert code == 0, said
    assert "renewed the variant 'acme' in" in said
    today = date.today().isoformat()
    wanted = WRITTEN.replace("'Platform engineer', 2020-01-01", f"'Data engineer', {today}")
    wanted = wanted.replace("      Figma: 2\n", "      Terraform: 2\n")
    assert text == (HEAD + wanted).replace("\n", end)


def test_priorities_with_a_comment_are_the_persons_own(tmp_path: Path) -> None:
    typed = """      # ask Asha first
      Kafka: 9
      Go: 5  # raised by me

      Figma: 2
      harbour: 4 # mine
"""
    before = WRITTEN.replace("      Kafka: 3   # they said so on the phone\n      Figma: 2\n", typed)
    code, said, text = renew(tmp_path, before, "- Go\n- Terraform", "--renew")
    assert code == 0, said
    kept = typed.replace("\n      Figma: 2\n", "") + "      Terraform: 2\n"
    assert kept in text
    assert "Figma: 2" in said.partition("priorities taken out")[2]
    assert "Kafka" not in said.partition("priorities taken out")[2]


def test_other_numbers_are_listed(tmp_path: Path) -> None:
    _, said, _ = renew(tmp_path, IN_BRACES, "- Kafka\n- Kafka", "--renew", "--json")
    assert "Kafka: 1 → 3" in said.partition("other priorities")[2]
    assert '"before": 1,\n      "now": 3' in said


def test_comments_between_braces_are_not_lost(tmp_path: Path) -> None:
    before = IN_BRACES.replace("{Kafka: 1, Figma: 2}", "{Kafka: 1, # raised\n    Figma: 2}")
    code, said, text = renew(tmp_path, before, "- Go", "--renew")
    assert (code, text) == (2, HEAD + before)
    assert "variants.acme.priorities cannot be set without changing other parts of this file" in said


def test_a_variant_in_braces(tmp_path: Path) -> None:
    code, said, text = renew(tmp_path, IN_BRACES, "- Kafka\n- Terraform", "--renew")
    assert code == 0, said
    wanted = IN_BRACES.replace("{Kafka: 1, Figma: 2}", "{Kafka: 2, Terraform: 2}")
    assert text == HEAD + wanted


def test_what_was_written_can_be_renewed(tmp_path: Path) -> None:
    _, _, first = renew(tmp_path, "variants:\n  general: {sections: [work, skills]}\n", "- Figma\n- Go")
    profile, posting = tmp_path / "profile.yaml", tmp_path / "posting.txt"
    posting.write_text("Data engineer\n\nRequirements\n- Kafka\n- Go\n", "utf-8")
    ran = run_cvgen("match", profile, posting, "--no-fit", "--write", "acme", "--renew")
    assert ran.code == 0, ran.err
    second = profile.read_text("utf-8")
    before, after = (yaml.safe_load(text)["variants"]["acme"] for text in (first, second))
    assert (before["priorities"], after["priorities"]) == ({"Figma": 2, "Go": 2}, {"Kafka": 2, "Go": 2})
    assert {**before, "priorities": {}} == {**after, "priorities": {}}


def test_it_goes_on_extending_its_own_base_under_the_persons_comment(tmp_path: Path) -> None:
    variants = IN_BRACES.replace("variants:\n", "variants:\n  first: {sections: [work]}\n")
    variants = variants.replace("  acme:", "  # the job by the river, 2020\n  acme:")
    code, said, text = renew(tmp_path, variants, "- Kafka", "--renew")
    assert code == 0, said
    assert text == HEAD + variants.replace("{Kafka: 1, Figma: 2}", "{Kafka: 2}")


def test_what_is_right_already_stays_as_it_is_typed(tmp_path: Path) -> None:
    variants = IN_BRACES.replace("{Kafka: 1, Figma: 2}", "{ Kafka:  2 }")
    code, said, text = renew(tmp_path, variants, "- Kafka", "--renew")
    assert (code, text) == (0, HEAD + variants), said


@pytest.mark.parametrize(
    ("before", "after"),
    [("[short]", "[short, long, deep]"), ("\n    - short", "\n    - short\n    - long\n    - deep")],
)
def test_tags_that_the_posting_needs_are_added(tmp_path: Path, before: str, after: str) -> None:
    tagged = "projects: [{name: Tides, summary: In Rust., tags: [deep]}]\n"
    variants = (
        "variants:\n  general: {sections: [work, skills, projects], tags: [long]}\n  acme:\n    extends: general\n"
    )
    variants += f"    tags: {before}\n    pages: 2\n    priorities: {{Go: 1}}\n".replace(": \n", ":\n")
    code, said, text = renew(tmp_path, tagged + variants, "- Rust", "--renew")
    assert code == 0, said
    assert text == HEAD + tagged + variants.replace(before, after).replace("{Go: 1}", "{Rust: 2}")


def test_it_can_extend_another_one(tmp_path: Path) -> None:
    variants = IN_BRACES + "  short: {sections: [skills]}\n"
    code, said, text = renew(tmp_path, variants, "- Kafka", "--renew", "-v", "short")
    assert code == 0, said
    assert yaml.safe_load(text)["variants"]["acme"]["extends"] == "short"


@pytest.mark.parametrize(
    ("variants", "arguments", "message"),
    [
        pytest.param(WRITTEN, [], "to write its priorities again, add --renew",
                     id="without-the-option"),
        pytest.param("variants: {acme: {sections: [work]}}\n", ["--renew"], "'acme' does not extend another one",
                     id="own"),
        pytest.param("variants: {b: {sections: [work]}}\n", ["--renew"], "there is no variant 'acme'", id="missing"),
        pytest.param(WRITTEN, ["--renew", "--letter"], "leave out --renew", id="with-a-letter"),
    ],
)  # fmt: skip
def test_what_cannot_be_renewed_stays(tmp_path: Path, variants: str, arguments: list[str], message: str) -> None:
    code, said, text = renew(tmp_path, variants, "- Kafka", *arguments)
    assert code == 2
    assert message in said
    assert text == HEAD + variants


def test_renew_without_write_is_a_mistake(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(HEAD, "utf-8")
    ran = run_cvgen("match", profile, profile, "--renew")
    assert (ran.code, "--renew goes with --write NAME" in ran.err) == (2, True)
