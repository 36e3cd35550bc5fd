"""Inline text: the little Markdown that is markup, the formulas, and everything else exactly as typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvgen.diagnostics import BadValueError, Location
from cvgen.model.inline import Bold, Break, Code, Inline, Italic, Link, Math, Plain, RichText, Sub, Sup, plain_text
from cvgen.sources.inline.formula import parse_math
from cvgen.sources.inline.markdown import parse_markdown
from cvgen.sources.inline.tex_text import parse_latex

MARKUP = "*_`[$\\"


def _nodes(typed: str) -> tuple[Inline, ...]:
    return parse_markdown(typed).nodes


@pytest.mark.parametrize(
    "typed",
    [
        "Generic <T> code, List<String>",
        "C#",
        "#hash",
        "#1",
        "A - B testing",
        "= x",
        "+ x",
        "- x",
        "1. x",
        "> x",
        "50%",
        "a_b",
        "snake_case_name",
        "__init__",
        "~/x",
        "a~~b~~",
        'The "quoted" one',
        "it's -- and --- ...",
        "&amp; & &lt;",
        "<b>bold</b>",
        "<https://example.org>",
        "https://example.org/a_b_c",
        "x^2",
        r"C:\dir\file",
        "ends in \\",
        "2*3*4",
        "2 * 3 * 4",
        "5* hotel and 4* hotel",
        "*a",
        "**a",
        "`a",
        "$a",
        "[a",
        "[ICLR2026] IRG",
        "[a](b)",
        "[a](b c)",
        "f[i](x)",
        "$5 and $10",
        "US$5",
        "$5-$10 a month",
        "from $5 to $10, or $20",
        "$ x $",
        "emoji 👩‍💻 🎓",
        "林薇，你好",
        "مرحبا",
        "  leading and trailing  ",
    ],
)
def test_what_is_no_markup_is_kept_as_typed(typed: str) -> None:
    assert _nodes(typed) == (Plain(typed),)


@pytest.mark.parametrize(
    ("typed", "nodes"),
    [
        pytest.param("**b**", (Bold((Plain("b"),)),), id="bold"),
        pytest.param("*i*", (Italic((Plain("i"),)),), id="italic"),
        pytest.param("_i_", (Italic((Plain("i"),)),), id="italic-underscore"),
        pytest.param("***bi***", (Italic((Bold((Plain("bi"),)),)),), id="bold-italic"),
        pytest.param("**a *b* c**", (Bold((Plain("a "), Italic((Plain("b"),)), Plain(" c"))),), id="italic-in-bold"),
        pytest.param("(*i*),", (Plain("("), Italic((Plain("i"),)), Plain("),")), id="between-punctuation"),
        pytest.param("**a*b**", (Bold((Plain("a*b"),)),), id="lone-star-in-bold"),
        pytest.param("我**很**好", (Plain("我"), Bold((Plain("很"),)), Plain("好")), id="bold-among-ideographs"),
        pytest.param("**重要。**然后", (Bold((Plain("重要。"),)), Plain("然后")), id="bold-ends-in-cjk-stop"),
        pytest.param("`a*b*`", (Code("a*b*"),), id="code-keeps-its-stars"),
        pytest.param("`` a`b ``", (Code("a`b"),), id="code-with-backtick"),
        pytest.param(r"\*a\*", (Plain("*a*"),), id="escaped-stars"),
        pytest.param(r"\$x\$", (Plain("$x$"),), id="escaped-dollars"),
        pytest.param(r"\[a\](https://x.org)", (Plain("[a](https://x.org)"),), id="escaped-brackets"),
        pytest.param(r"\#", (Plain(r"\#"),), id="nothing-else-is-escaped"),
        pytest.param("[a](https://x.org)", (Link("https://x.org", (Plain("a"),)),), id="link"),
        pytest.param("[a](HTTPS://x.org)", (Link("HTTPS://x.org", (Plain("a"),)),), id="link-in-capitals"),
        pytest.param("[a](mailto:x@y.z)", (Link("mailto:x@y.z", (Plain("a"),)),), id="mail"),
        pytest.param("[a](tel:+852123)", (Link("tel:+852123", (Plain("a"),)),), id="phone"),
        pytest.param(
            "[a](https://x.org/a_b_c?d=%20&e=(f)#g)",
            (Link("https://x.org/a_b_c?d=%20&e=(f)#g", (Plain("a"),)),),
            id="address-is-kept-as-typed",
        ),
        pytest.param("[](https://x.org)", (Link("https://x.org", (Plain("https://x.org"),)),), id="link-without-words"),
        pytest.param(
            "[**b** `c`](https://x.org)",
            (Link("https://x.org", (Bold((Plain("b"),)), Plain(" "), Code("c"))),),
            id="markup-in-a-link",
        ),
        pytest.param("a\nb", (Plain("a b"),), id="newline-is-a-space"),
        pytest.param("a \n  b", (Plain("a b"),), id="newline-with-spaces-is-one-space"),
        pytest.param("a\\\nb", (Plain("a"), Break(), Plain("b")), id="backslash-newline-breaks"),
        pytest.param("a\n\nb", (Plain("a"), Break(paragraph=True), Plain("b")), id="blank-line-parts-paragraphs"),
        pytest.param("a\n \n\n b", (Plain("a"), Break(paragraph=True), Plain("b")), id="many-blank-lines-are-one"),
        pytest.param("*a\n\nb*", (Plain("*a"), Break(paragraph=True), Plain("b*")), id="no-emphasis-over-paragraphs"),
        pytest.param("", (), id="empty"),
        pytest.param(" \n ", (), id="only-spaces"),
    ],
)
def test_markup_is_read(typed: str, nodes: tuple[Inline, ...]) -> None:
    assert _nodes(typed) == nodes


def test_paragraphs_are_the_parts_between_blank_lines() -> None:
    assert [str(part) for part in parse_markdown("a\n\n**b** c").paragraphs] == ["a", "b c"]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("[x](javascript:alert(1))", id="javascript"),
        pytest.param("[x](JavaScript:alert(1))", id="capitals"),
        pytest.param("[x]( javascript:alert(1))", id="space-before"),
        pytest.param("[x](<javascript:alert(1)>)", id="angle-brackets"),
        pytest.param("**[x](javascript:alert(1))**", id="in-bold"),
        pytest.param("fine\n\n[x](javascript:alert(1))", id="second-paragraph"),
        pytest.param("[x](data:text/html,a)", id="data"),
        pytest.param("[x](vbscript:a)", id="vbscript"),
        pytest.param("[x](file:///etc/passwd)", id="file"),
    ],
)
def test_a_dangerous_link_is_refused_with_a_cure(typed: str) -> None:
    with pytest.raises(BadValueError, match="is not allowed in a CV") as caught:
        parse_markdown(typed)
    assert caught.value.mistake.hint == "link to https://, mailto: or tel:"


@pytest.mark.parametrize(
    "typed",
    [
        "[x](\tjavascript:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](\\javascript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "`[x](javascript:alert(1))`",
        "javascript:alert(1)",
        "[x](ftp://example.org)",
    ],
)
def test_a_disguised_link_never_becomes_one(typed: str) -> None:
    assert not [node for node in _nodes(typed) if isinstance(node, Link)]


@pytest.mark.parametrize(
    ("formula", "seen"),
    [
        ("x", "x"),
        ("O(n^2)", "O(n2)"),
        ("x_{i+1}", "xi+1"),
        (r"\alpha", "α"),
        (r"\ell_1", "ℓ1"),
        (r"\Omega(n^k)", "Ω(nk)"),
        (r"\mathbb{R}^n", "ℝn"),
        (r"\mathcal{O}(n)", "O(n)"),
        (r"\frac{1}{2}", "1/2"),
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"\sqrt{2}", "√2"),
        (r"a \le b", "a ≤ b"),
        (r"n\log n", "n log n"),
        ("p<0.05", "p < 0.05"),
        ("a=b", "a = b"),
        ("a-b", "a−b"),
        ("x'", "x′"),
        (r"3\times 4", "3 × 4"),
        (r"10\%", "10%"),
        (r"\{a\}", "{a}"),
        (r"\text{if } x", "if x"),
        (r"\mathrm{rank}(A)", "rank(A)"),
        (r"\operatorname{softmax}", "softmax"),
        (r"\approx 5", "≈ 5"),
        (r"\rightarrow", "→"),
    ],
)
def test_a_formula_is_read_as_its_characters(formula: str, seen: str) -> None:
    math = parse_math(formula)
    assert plain_text(math.children) == seen
    assert math.source == formula


def test_scripts_and_variables_of_a_formula_have_nodes_of_their_own() -> None:
    variable = Italic((Plain("x"),))
    assert parse_math("x^2").children == (variable, Sup((Plain("2"),)))
    assert parse_math("x_2").children == (variable, Sub((Plain("2"),)))
    assert parse_math("x^{2y}").children == (variable, Sup((Plain("2"), Italic((Plain("y"),)))))


def test_twelve_formulas_in_one_line_are_all_read() -> None:
    typed = ", ".join(f"$x_{{{n}}}$" for n in range(1, 13))
    formulas = [node for node in _nodes(typed) if isinstance(node, Math)]
    assert [plain_text((formula,)) for formula in formulas] == [f"x{n}" for n in range(1, 13)]
    assert str(parse_markdown(typed)) == ", ".join(f"x{n}" for n in range(1, 13))


def test_a_price_and_a_formula_stand_in_one_line() -> None:
    assert _nodes("US$5 and $x$-rays") == (
        Plain("US$5 and "),
        Math("x", (Italic((Plain("x"),)),)),
        Plain("-rays"),
    )


def test_stars_in_a_formula_are_no_emphasis() -> None:
    assert str(parse_markdown("*so* $a*b$ and $c*d$")) == "so a∗b and c∗d"


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        pytest.param(r"$\foo$", r"\\foo", id="unknown-command"),
        pytest.param(r"$\input{/etc/passwd}$", r"\\input", id="input"),
        pytest.param(r"$\write18{ls}$", r"\\write", id="write18"),
        pytest.param("${a$", r"a \{ that is not closed", id="open-brace"),
        pytest.param("$a}$", r"a \} too many", id="closing-brace"),
        pytest.param("$x^$", "ends before an argument", id="script-of-nothing"),
    ],
)
def test_a_formula_that_cannot_be_read_is_named(typed: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        parse_markdown(typed)


def test_an_unknown_command_in_bibtex_is_reported_and_its_name_printed() -> None:
    told: list[str] = []
    nodes = parse_latex(r"On $\foo$ and more", lambda message, hint, kind="": told.append(message))
    assert plain_text(nodes) == "On foo and more"
    assert [r"\foo" in message for message in told] == [True]


def test_text_of_a_profile_knows_its_place() -> None:
    class Placed(str):
        location = Location("profile.yaml", 3, 5)

    assert parse_markdown(Placed("a **b**")).location == Location("profile.yaml", 3, 5)


@given(st.text(st.characters(exclude_characters=MARKUP + "\n", exclude_categories=["Cs"])).filter(str.strip))
def test_text_without_markup_characters_is_never_changed(text: str) -> None:
    assert parse_markdown(text) == RichText((Plain(text),))


@given(st.text("ab1 *_`[]$().,").filter(str.strip))
def test_escaped_markup_prints_as_typed(text: str) -> None:
    escaped = re.sub(r"([*_`\[\]$])", r"\\\1", text)
    assert str(parse_markdown(escaped)) == text


@given(st.text("abcd1 *_`[](){}\\.\n", max_size=60))
def test_no_letter_is_ever_lost(text: str) -> None:
    assert re.sub(r"[^a-d1]", "", str(parse_markdown(text))) == re.sub(r"[^a-d1]", "", text)
