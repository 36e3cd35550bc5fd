"""How often papers are cited and repositories starred, as public services count it today.

OpenAlex: https://docs.openalex.org/api-entities/works. Semantic Scholar: https://api.semanticscholar.org/api-docs/graph.
GitHub: https://docs.github.com/en/rest/repos/repos#get-a-repository.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cvgen.online.http_client import HttpClient, RequestError
from cvgen.online.json_parts import find_part, list_mappings

_OPENALEX_AT_ONCE = 50
_SEMANTIC_SCHOLAR_AT_ONCE = 500


def count_in_openalex(client: HttpClient, dois: Sequence[str]) -> dict[str, int]:
    """The citations of each DOI, in small letters, that OpenAlex knows; raises RequestError."""
    counts: dict[str, int] = {}
    for start in range(0, len(dois), _OPENALEX_AT_ONCE):
        some = [doi for doi in dois[start : start + _OPENALEX_AT_ONCE] if not set(doi) & set("|,")]
        query = {
            "filter": "doi:" + "|".join(f"https://doi.org/{doi}" for doi in some),
            "select": "doi,cited_by_count",
            "per-page": str(_OPENALEX_AT_ONCE),
        }
        if client.network.contact:
            query["mailto"] = client.network.contact
        answer = client.get_json("openalex", "/works", query)
        for one in list_mappings(find_part(answer, "results")):
            doi = str(one.get("doi") or "").casefold().removeprefix("https://doi.org/")
            if isinstance(count := one.get("cited_by_count"), int) and doi:
                counts[doi] = max(count, counts.get(doi, 0))
    return counts


def count_in_semantic_scholar(client: HttpClient, dois: Sequence[str]) -> dict[str, int]:
    """The citations of each DOI, in small letters, that Semantic Scholar knows; raises RequestError."""
    counts: dict[str, int] = {}
    for start in range(0, len(dois), _SEMANTIC_SCHOLAR_AT_ONCE):
        some = dois[start : start + _SEMANTIC_SCHOLAR_AT_ONCE]
        body = {"ids": [f"DOI:{doi}" for doi in some]}
        answer = client.post_json("semantic-scholar", "/graph/v1/paper/batch", {"fields": "citationCount"}, body)
        if not isinstance(answer, list) or len(answer) != len(some):
            raise RequestError("the answer of Semantic Scholar is not a list of papers", "try again later")
        for doi, one in zip(some, answer, strict=True):
            if isinstance(count := find_part(one, "citationCount"), int):
                counts[doi.casefold()] = count
    return counts


CITATION_COUNTERS: Mapping[str, tuple[str, Callable[[HttpClient, Sequence[str]], dict[str, int]]]] = {
    "openalex": ("OpenAlex", count_in_openalex),
    "semantic-scholar": ("Semantic Scholar", count_in_semantic_scholar),
}
"""The name of each service that counts citations: as it is printed, and the function that asks it."""
GITHUB = "GitHub"


def count_stars(client: HttpClient, repository: str) -> int:
    """The stars of ``repository`` (``owner/name``) on GitHub; raises RequestError."""
    answer = client.get_json("github", f"/repos/{repository}")
    if isinstance(count := find_part(answer, "stargazers_count"), int):
        return count
    raise RequestError("the answer of GitHub has no count of stars", "try again later")
