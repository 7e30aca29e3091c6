"""The same papers as services and people write them in JSON: each shape makes a value of a list of papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from absextract import Abstract

Papers = Sequence[Abstract]


def rows(papers: Papers) -> list[dict[str, Any]]:
    """An object a paper, as everybody would write it."""
    return [{"id": paper.id, "title": paper.title, "abstract": paper.abstract} for paper in papers]


def _cited(paper: Abstract) -> dict[str, Any]:
    return {"title": f"Cited by {paper.id}", "abstract": "An older text."}


def crossref(papers: Papers) -> Any:
    items = [
        {
            "DOI": paper.id,
            "type": "journal-article",
            "title": [paper.title],
            "abstract": paper.abstract,
            "reference": [{"key": "r1", "article-title": "An older paper"}],
            "author": [{"given": "A.", "family": "Kite", "affiliation": []}],
        }
        for paper in papers
    ]
    return {"status": "ok", "message": {"facets": {}, "items": items, "query": {"start-index": 0}}}


def datacite(papers: Papers) -> Any:
    return {
        "data": [
            {
                "id": paper.id,
                "type": "dois",
                "attributes": {
                    "titles": [{"title": "Anders", "titleType": "TranslatedTitle"}, {"title": paper.title}],
                    "descriptions": [
                        {"description": "12 pages", "descriptionType": "TechnicalInfo"},
                        {"description": paper.abstract, "descriptionType": "Abstract"},
                    ],
                    "relatedItems": [{"titles": [{"title": "Another"}]}],
                },
            }
            for paper in papers
        ],
        "meta": {"total": len(papers)},
    }


def inspire(papers: Papers) -> Any:
    hits = [
        {
            "id": paper.id,
            "metadata": {
                "titles": [{"title": paper.title, "source": "arXiv"}, {"title": "The same, in capitals"}],
                "abstracts": [{"value": paper.abstract, "source": "arXiv"}, {"value": "Another version of it."}],
                "references": [{"reference": {"title": {"title": "An older paper"}}}],
            },
        }
        for paper in papers
    ]
    return {"hits": {"total": len(papers), "hits": hits}, "links": {}}


def openreview(papers: Papers) -> Any:
    return {
        "notes": [
            {
                "id": paper.id,
                "forum": paper.id,
                "content": {"title": {"value": paper.title}, "abstract": {"value": paper.abstract}},
                "details": {
                    "replies": [{"id": "r", "forum": paper.id, "content": {"summary": {"value": "They fly."}}}]
                },
            }
            for paper in papers
        ]
    }


def openreview_1(papers: Papers) -> Any:
    notes = [{**row, "id": row["id"], "forum": row["id"]} for row in rows(papers)]
    return {"notes": [{"id": note["id"], "forum": note["forum"], "content": note} for note in notes]}


def solr(papers: Papers) -> Any:
    docs = [{"bibcode": paper.id, "title": [paper.title], "abstract": [paper.abstract]} for paper in papers]
    return {"responseHeader": {"status": 0}, "response": {"numFound": len(docs), "docs": docs}}


def zotero(papers: Papers) -> Any:
    return [
        {
            "key": paper.id,
            "library": {"name": "My library"},
            "data": {"key": paper.id, "itemType": "preprint", "title": paper.title, "abstractNote": paper.abstract},
        }
        for paper in papers
    ]


def elasticsearch(papers: Papers) -> Any:
    hits = [
        {
            "_id": paper.id,
            "_score": 1.0,
            "highlight": {"title": ["<em>x</em>"], "abstract": ["<em>x</em> …"]},
            "_source": {"title": paper.title, "abstract": paper.abstract},
        }
        for paper in papers
    ]
    return {"took": 1, "hits": {"total": {"value": len(hits)}, "hits": hits}}


def citations(papers: Papers) -> Any:
    def edge(row: dict[str, Any]) -> dict[str, Any]:
        return {"contexts": ["as in [3]"], "citingPaper": {"paperId": row.pop("id"), **row}}

    return {"offset": 0, "data": [edge(row) for row in rows(papers)]}


def with_references(papers: Papers) -> Any:
    return {"data": [{"references": [_cited(paper)], **row} for paper, row in zip(papers, rows(papers), strict=True)]}


def paragraphs(papers: Papers) -> Any:
    return [
        {
            "paper_id": paper.id,
            "metadata": {"title": paper.title, "authors": []},
            "abstract": [{"section": "Abstract", "text": paper.abstract, "cite_spans": []}],
            "body_text": [{"section": "Introduction", "text": "We fly."}],
            "bib_entries": {"BIBREF0": {"title": "An older paper"}},
        }
        for paper in papers
    ]


def by_id(papers: Papers) -> Any:
    return {paper.id: {"title": paper.title, "abstract": paper.abstract} for paper in papers}


def daily(papers: Papers) -> Any:
    return [
        {
            "paper": {"id": paper.id, "title": paper.title, "summary": paper.abstract, "upvotes": 7},
            "title": paper.title,
            "summary": paper.abstract,
            "submittedBy": {"name": "someone"},
        }
        for paper in papers
    ]


def by_day(papers: Papers) -> Any:
    days = [rows(papers)[start : start + 10] for start in range(0, len(papers), 10)]
    return {f"2026-01-{day:03}": each for day, each in enumerate(days, start=1)}


def two_arrays(papers: Papers) -> Any:
    half = len(papers) // 2
    return {"year": 2026, "orals": rows(papers[:half]), "chairs": [{"title": "Dr"}], "posters": rows(papers[half:])}


def digest(papers: Papers) -> Any:
    return {"title": "Today's papers", "summary": "There are some.", "papers": rows(papers)}


def sessions(papers: Papers) -> Any:
    halves = [rows(papers[: len(papers) // 2]), rows(papers[len(papers) // 2 :])]
    return {
        "meta": {"title": "A meeting", "abstract": "On kites."},
        "sessions": [{"title": "S", "talks": half} for half in halves],
    }


def nested(papers: Papers) -> Any:
    return [{"id": row["id"], "title": row["title"], "details": {"abstract": row["abstract"]}} for row in rows(papers)]


def languages(papers: Papers) -> Any:
    return [
        {
            **row,
            "title": {"de": "Drachen", "en": row["title"]},
            "abstract": {"de": "Drachen fliegen.", "en": row["abstract"]},
        }
        for row in rows(papers)
    ]


def edges(papers: Papers) -> Any:
    return {"data": {"search": {"edges": [{"cursor": "x", "node": row} for row in rows(papers)]}}}


def summary_of_counts(papers: Papers) -> Any:
    return {"summary": {"total": len(papers)}, "papers": rows(papers)}


def zenodo(papers: Papers) -> Any:
    hits = [
        {
            "id": paper.id,
            "title": paper.title,
            "metadata": {
                "title": paper.title,
                "description": paper.abstract,
                "creators": [{"name": "Kite, Ada"}],
                "publication_date": "2026-02-01",
                "related_identifiers": [{"identifier": "10.1000/other", "relation": "cites"}],
            },
            "files": [{"key": "kites.pdf", "size": 7}],
        }
        for paper in papers
    ]
    return {"hits": {"hits": hits, "total": len(hits)}, "aggregations": {"type": {"buckets": [{"key": "x"}]}}}


def openaire(papers: Papers) -> Any:
    result = [
        {
            "header": {"dri:objIdentifier": {"$": f"x::{paper.id}"}},
            "metadata": {
                "oaf:entity": {
                    "oaf:result": {
                        "id": paper.id,
                        "title": [{"@classid": "main title", "$": paper.title}, {"@classid": "subtitle", "$": "No"}],
                        "description": {"$": paper.abstract},
                        "dateofacceptance": {"$": "2026-02-01"},
                        "journal": {"@issn": "x", "$": "Journal of kites"},
                        "rels": {"rel": [{"title": {"$": "A project"}}]},
                    }
                }
            },
        }
        for paper in papers
    ]
    return {"response": {"header": {"total": {"$": len(result)}}, "results": {"result": result}}}


def openaire_graph(papers: Papers) -> Any:
    results = [
        {
            "id": paper.id,
            "mainTitle": paper.title,
            "descriptions": [paper.abstract, "Another version of it."],
            "authors": [],
        }
        for paper in papers
    ]
    return {"header": {"numFound": len(results)}, "results": results}


def osf(papers: Papers) -> Any:
    data = [
        {
            "id": paper.id,
            "type": "preprints",
            "attributes": {
                "title": paper.title,
                "description": paper.abstract,
                "date_published": "2026-02-01T10:00:00",
                "is_published": True,
            },
            "relationships": {"node": {"links": {"related": {"href": "https://kites.example.org"}}}},
        }
        for paper in papers
    ]
    return {"data": data, "links": {"next": None}}


def hal(papers: Papers) -> Any:
    docs = [{"docid": 1, "id": each.id, "title_s": [each.title], "abstract_s": [each.abstract]} for each in papers]
    return {"response": {"numFound": len(docs), "docs": docs}}


SHAPES: dict[str, Callable[[Papers], Any]] = {
    each.__name__: each
    for each in (
        by_day,
        by_id,
        citations,
        crossref,
        daily,
        datacite,
        digest,
        edges,
        elasticsearch,
        hal,
        inspire,
        languages,
        nested,
        openaire,
        openaire_graph,
        openreview,
        openreview_1,
        osf,
        paragraphs,
        sessions,
        solr,
        summary_of_counts,
        two_arrays,
        with_references,
        zenodo,
        zotero,
    )
}
