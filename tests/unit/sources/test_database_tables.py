"""CSV and TSV as databases and spreadsheets export them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from absextract.errors import InputError
from absextract.records import Abstract, BadInput
from absextract.sources.columns import ColumnNames
from absextract.sources.read import read_inputs

WIND = "We present KiteNet, a small model of wind. It reaches an F1 of 91.3% on SkyBench, more than before."
WATER = "We present SailNet, a model of water. It reaches 88.1 BLEU on SeaBench, and is twice as fast."


def read(folder: Path, table: str | bytes, columns: str | None = None) -> list[Abstract | BadInput]:
    path = folder / "export"
    path.write_bytes(table.encode() if isinstance(table, str) else table)
    return list(read_inputs([str(path)], chosen=ColumnNames.of(columns)))


def texts(items: list[Abstract | BadInput]) -> list[Any]:
    """Title and abstract of each paper; the line of what cannot be read."""
    return [(item.title, item.abstract) if isinstance(item, Abstract) else item.line for item in items]


BOTH = [("Kites", WIND), ("Sails", WATER)]


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        (
            "Title,Year,Abstract,Funding,References",
            f'"Kites","2024","{WIND}","A","Text","Ref"',
            f'"Sails","2023","{WATER}","","","Ref"',
        ),
        ("Title,Year,Abstract", f'Kites,2024,"{WIND}",', f'Sails,2023,"{WATER}",,,'),
        ("Title,Abstract,", f'Kites,"{WIND}",', f'Sails,"{WATER}",'),
        (
            "Author,Title,Year,DOI,Abstract",
            f'"Doe","12345","Kites","2024","10.1/k","{WIND}"',
            f'"Roe","678","Sails","2023","10.1/s","{WATER}"',
        ),
        ("Title,Year,Abstract,DOI", f'Kites,"{WIND}",10.1000/k', f'Sails,2023,"{WATER}",10.1000/s'),
        ("Title,Year,DOI,Abstract,Note", f'Kites,10.1/k,"{WIND}",n,', f'Sails,2023,"{WATER}",n,'),
        ("Title,Abstract,Year,Note", f'Kites,"{WIND}"', f'Sails,"{WATER}",2023'),
    ],
)  # fmt: skip
def test_a_cell_too_many_or_too_few_costs_no_paper_whose_texts_are_in_place(
    tmp_path: Path, header: str, first: str, second: str
) -> None:
    assert texts(read(tmp_path, f"{header}\n{first}\n{second}\n")) == BOTH


def test_the_cells_too_many_are_metadata(tmp_path: Path) -> None:
    (paper,) = read(tmp_path, f'Title,Year,Abstract,DOI,Note\n"Kites",2024,"{WIND}","Fund","10.1000/k","n"\n')
    assert isinstance(paper, Abstract)
    own = {"Year": "2024", "DOI": "10.1000/k", "Note": "n", "unnamed.5": "Fund"}
    assert paper.metadata == own | {"year": "2024", "doi": "10.1000/k"}


def test_what_all_formats_tell_is_metadata_under_the_names_of_all(tmp_path: Path) -> None:
    header = "Authors;Title;Publication Year;Source title;DOI;Link;Abstract;Publication Date"
    row = f'"Doe, A.; Roe, B.";Kites;2024;J. Sky;https://doi.org/10.48550/arXiv.2401.01234;https://example.org/k;"{WIND}";2024-05'
    (paper,) = read(tmp_path, f"{header}\n{row}\n")
    assert isinstance(paper, Abstract)
    own = {"Authors": "Doe, A.; Roe, B.", "Source title": "J. Sky", "Publication Year": "2024"}
    assert own.items() <= paper.metadata.items()
    assert {name: paper.metadata[name] for name in ("authors", "year", "date", "doi", "arxiv_id", "venue", "url")} == {
        "authors": ["Doe, A.", "Roe, B."],
        "year": "2024",
        "date": "2024-05",
        "doi": "10.48550/arXiv.2401.01234",
        "arxiv_id": "2401.01234",
        "venue": "J. Sky",
        "url": "https://example.org/k",
    }


TOLD = {
    "authors": ["Doe, A.", "Roe, B."], "year": "2024", "date": "2024-05-01", "doi": "10.1000/k", "venue": "J. Sky",
    "url": "https://example.org/k",
}  # fmt: skip
DATABASES = {
    "Lens": "Author/s,Publication Year,Date Published,DOI,Source Title,External URL",
    "Cochrane": "Author(s),Year,Publication date,DOI,Journal,URL",
    "Embase": "Author Names,Publication Year,Date of Publication,DOI,Source title,Full Text Link",
    "IEEE": "Author,Publication Year,Online Date,DOI,Publication Title,PDF Link",
    "ProQuest": "Author,year,pubdate,digitalObjectIdentifier,pubtitle,DocumentURL",
    "Covidence": "Author,Published Year,Date,DOI,Journal,Link",
    "CORD-19": "Author,Year,publish_time,doi,journal,url",
    "Crossref": "author,year,issued,DOI,container-title,URL",
    "OpenAlex": "authorships.author.display_name,publication_year,publication_date,doi,"
    "primary_location.source.display_name,primary_location.landing_page_url",
    "Papers with Code": "author,year,date,doi,proceeding,url_abs",
}


@pytest.mark.parametrize("name", DATABASES)
def test_the_columns_of_databases_are_metadata_under_the_names_of_all(tmp_path: Path, name: str) -> None:
    people = "Doe, A.|Roe, B." if name == "OpenAlex" else "Doe, A.; Roe, B."
    row = f'Kites,"{WIND}","{people}",2024,2024-05-01,https://doi.org/10.1000/k,J. Sky,https://example.org/k'
    (paper,) = read(tmp_path, f"Title,Abstract,{DATABASES[name]}\n{row}\n")
    assert isinstance(paper, Abstract)
    assert {each: paper.metadata[each] for each in TOLD} == TOLD


@pytest.mark.parametrize(
    "row",
    [
        "Kites,We fly kites, big ones and small ones.,2024",
        "Kites,We fly 1,000 kites over the sea and over the hills of the whole north coast.,2024",
        "Kites, sails,We fly kites.,2024",
        "Kites,x,y,2024",
    ],
)
def test_where_title_and_abstract_could_be_others_the_row_is_told(tmp_path: Path, row: str) -> None:
    items = read(tmp_path, f"Title,Abstract,Year\nSails,{WATER.replace(',', '')},2023\n{row}\n")
    assert texts(items)[1:] == [3]


ABOVE = {
    "Embase": '"SEARCH QUERY","kites:ti"\n---------\n\n',
    "Dimensions": '"About the data: exported on May 2, 2026"\n',
    "several lines": '"Export from Databank"\n"Query: TI ""kites"" AND sails, all"\n"Date","2026-01-01"\n\n',
    "plain lines": "Search results\nkites, and more\n\n",
    "a title and a blank line": "Exported in 2026\n\n",
    "a cell of two lines": '"Query","kites\nor sails"\n',
    "Excel": "sep=,\r\n",
    "Excel in quotes": '"sep=,"\r\n',
}


@pytest.mark.parametrize("above", ABOVE)
def test_what_stands_above_the_header_is_passed_over(tmp_path: Path, above: str) -> None:
    table = f'{ABOVE[above]}"Title","Source","Abstract"\n"Kites","J","{WIND}"\n"Sails","J","{WATER}"\n'
    assert texts(read(tmp_path, table)) == BOTH


@pytest.mark.parametrize("above", ABOVE)
def test_what_stands_above_the_header_of_a_further_table_is_no_paper(tmp_path: Path, above: str) -> None:
    one, other = (f'{ABOVE[above]}"Title","Source","Abstract"\n"{title}","J","{text}"\n' for title, text in BOTH)
    assert texts(read(tmp_path, one + other.replace("2026", "2027"))) == BOTH
    assert texts(read(tmp_path, one + "\n" + other)) == BOTH


@pytest.mark.parametrize(("said", "delimiter"), [(";", ";"), ("\t", "\t"), ("|", "|"), (":", ":")])
def test_excel_says_itself_what_parts_the_columns(tmp_path: Path, said: str, delimiter: str) -> None:
    table = f'sep={said}\r\nTitle{delimiter}Abstract\r\nKites{delimiter}"{WIND}"\r\n'
    assert texts(read(tmp_path, table)) == BOTH[:1]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_unicode_text_of_excel_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    table = f'{mark}Title{delimiter}Abstract\r\nKüste{delimiter}"{WIND}"\r\n'
    assert texts(read(tmp_path, table.encode(encoding))) == [("Küste", WIND)]


class TestWebOfScience:
    HEADER = "PT\tAU\tTI\tID\tAB\tUT"

    def rows(self, *titles: str, end: str = "") -> str:
        rows = [f"J\tDoe, A\t{title}\tWORDS; MORE\t{WIND}\tWOS:{number}{end}" for number, title in enumerate(titles)]
        return "\n".join([self.HEADER, *rows, ""])

    @pytest.mark.parametrize("end", ["", "\t", "\t\t"])
    def test_the_accession_number_is_the_id_and_keywords_are_not(self, tmp_path: Path, end: str) -> None:
        (paper,) = read(tmp_path, self.rows("Kites", end=end))
        assert isinstance(paper, Abstract)
        assert (paper.id, paper.title, paper.metadata["ID"]) == ("WOS:0", "Kites", "WORDS; MORE")

    def test_excel_names_the_accession_number_in_full(self, tmp_path: Path) -> None:
        table = f'Article Title,Abstract,UT (Unique WOS ID)\nKites,"{WIND}",WOS:1\n'
        assert [paper.id for paper in read(tmp_path, table) if isinstance(paper, Abstract)] == ["WOS:1"]

    def test_keywords_are_no_id_where_there_is_none(self, tmp_path: Path) -> None:
        (paper,) = read(tmp_path, self.rows("Kites").replace("\tUT\n", "\tXX\n"))
        assert isinstance(paper, Abstract)
        assert paper.id not in ("WORDS; MORE", "WOS:0")

    def test_an_id_elsewhere_stays_one(self, tmp_path: Path) -> None:
        (paper,) = read(tmp_path, f"id\tti\tab\nk1\tKites\t{WIND}\n")
        assert isinstance(paper, Abstract)
        assert paper.id == "k1"

    @pytest.mark.parametrize(
        "titles",
        [
            ('"Kites and sails', "Masts", "Ropes"),
            ("Masts", '"Kites', "Ropes", 'Sails"', "Oars"),
            ("Masts", "Ropes", '"Kites'),
            ('"Kites" and sails', '"', 'An "odd" one', '"Masts', '"Ropes'),
        ],
    )
    def test_a_quote_that_never_ends_is_one_of_the_text(self, tmp_path: Path, titles: tuple[str, ...]) -> None:
        assert texts(read(tmp_path, self.rows(*titles))) == [(title, WIND) for title in titles]

    def test_a_cell_in_quotes_holds_tabs_and_line_breaks_all_the_same(self, tmp_path: Path) -> None:
        table = f'id\ttitle\tabstract\nk1\tKites\t"One.\nTwo.\tThree."\nk2\t"Sails"\t{WATER}\n'
        assert texts(read(tmp_path, table)) == [("Kites", "One.\nTwo.\tThree."), ("Sails", WATER)]


def test_a_quote_that_never_ends_is_one_of_the_text_in_csv_too(tmp_path: Path) -> None:
    table = f'title,abstract\n"Kites,"{WIND}"\nSails,"{WATER}"\n"Masts","On masts."\n'
    assert texts(read(tmp_path, table)) == [('"Kites', WIND), ("Sails", WATER), ("Masts", "On masts.")]


def test_quotes_within_a_quoted_cell_need_not_be_doubled(tmp_path: Path) -> None:
    assert texts(read(tmp_path, 'title,abstract\nKites,"On "big" kites, and more."\n')) == [
        ("Kites", 'On "big" kites, and more.')
    ]


def test_quotes_may_be_written_with_a_backslash(tmp_path: Path) -> None:
    table = (
        'title,abstract,year\n"\\"Kites\\"","On \\"big\\", kites,\nand \\"more\\"",3\n'
        '"Sails","In C:\\sails\\",4\n"Oars","We say \\"row\\".",5\n"Masts","One \\"\\"two\\"\\", three",6\n'
    )
    assert texts(read(tmp_path, table)) == [
        ('"Kites"', 'On "big", kites,\nand "more"'),
        ("Sails", "In C:\\sails\\"),
        ("Oars", 'We say "row".'),
        ("Masts", 'One ""two"", three'),
    ]


def test_lines_of_a_broken_row_are_no_papers(tmp_path: Path) -> None:
    table = 'title,abstract,year\nKites,"On "big" kites,\nand more.",3\nSails,On sails.,4\n'
    assert texts(read(tmp_path, table)) == [2, ("Sails", "On sails.")]


def test_a_file_torn_within_a_quoted_cell_has_no_last_paper(tmp_path: Path) -> None:
    assert texts(read(tmp_path, f'title,abstract\nKites,"{WIND}"\nSails,"We present')) == [("Kites", WIND), 3]


def test_of_two_columns_of_one_name_the_filled_one_counts_and_none_is_lost(tmp_path: Path) -> None:
    first, second = read(tmp_path, f'Title,Abstract,Abstract\nKites,,"{WIND}"\nSails,"{WATER}",x\n')
    assert isinstance(first, Abstract)
    assert isinstance(second, Abstract)
    assert texts([first, second]) == BOTH
    assert second.metadata == {"Abstract.1": "x"}


@pytest.mark.parametrize("rows", [",,\n", " , \n\n,\n", "\t\n"])
def test_rows_without_anything_in_them_are_passed_over(tmp_path: Path, rows: str) -> None:
    assert texts(read(tmp_path, f'Title,Abstract\nKites,"{WIND}"\n{rows}Sails,"{WATER}"\n{rows}')) == BOTH


class TestColumnsThatAreMissing:
    @pytest.mark.parametrize(
        ("header", "told"),
        [
            ("Title;Abstrct", "found Title, Abstrct; did you mean --columns abstract=Abstrct?"),
            ("Titel;Zusammenfassung", "did you mean --columns abstract=Zusammenfassung,title=Titel?"),
            ("Título;Resumen", "did you mean --columns abstract=Resumen,title=Título?"),
            ("Titre;Résumé", "did you mean --columns abstract=Résumé,title=Titre?"),
            ("title;abs", "did you mean --columns abstract=abs?"),
            ("title;Abstract of the work", "did you mean --columns 'abstract=Abstract of the work'?"),
            ("Titel;abstrakt", "did you mean --columns abstract=abstrakt,title=Titel?"),
            ("title;Long description", "did you mean --columns 'abstract=Long description'?"),
            ("Item Title;Content Type", "found Item Title, Content Type; name it with --columns abstract=COL"),
            ("title;abstract_url", "found title, abstract_url; name it with --columns abstract=COL"),
            ("name;year", "found name, year; name it with --columns abstract=COL"),
        ],
    )
    def test_they_are_told_with_those_there_are(self, tmp_path: Path, header: str, told: str) -> None:
        with pytest.raises(InputError, match='no column "abstract" or "summary"') as caught:
            read(tmp_path, f'{header}\nKites;"{WIND}"\n')
        assert (caught.value.line, told in caught.value.message) == (1, True), caught.value

    @pytest.mark.parametrize("header", ["title,Abstrct", "title,abs", "Titel,Kurzfassung", "no,name,year,pages"])
    def test_they_are_told_whatever_the_rows_are_like(self, tmp_path: Path, header: str) -> None:
        with pytest.raises(InputError, match='no column "abstract" or "summary"; found'):
            read(tmp_path, f'{header}\nKites,"We fly,\nand far.",1\nSails,"We sail."\n')

    def test_the_user_names_them(self, tmp_path: Path) -> None:
        table = f'Nr;Titel;Zusammenfassung;Abstract\nk1;Kites;"{WIND}";x\n'
        (paper,) = read(tmp_path, table, "abstract=zusammenfassung,title=Titel,id=Nr")
        assert isinstance(paper, Abstract)
        assert (paper.id, paper.title, paper.abstract, paper.metadata) == ("k1", "Kites", WIND, {"Abstract": "x"})

    @pytest.mark.parametrize("columns", ["abstract=Text", "abstract=Abstract,title=Name", "id=Nr"])
    def test_a_name_that_is_not_there_is_told(self, tmp_path: Path, columns: str) -> None:
        with pytest.raises(
            InputError, match=r'no column "(Text|Name|Nr)" for the (abstract|title|id); found Title, Abstract'
        ):
            read(tmp_path, f'Title,Abstract\nKites,"{WIND}"\n', columns)


def test_a_row_that_ends_in_a_backslash_takes_no_other_row_along(tmp_path: Path) -> None:
    rows = [f"k{number},Kites {number},We fly {number} kites.\n" for number in range(12)]
    rows[3] = 'k3,Kites 3,"A line ends \\\\",2031\n'
    found = texts(read(tmp_path, "id,title,abstract\n" + "".join(rows)))
    others = [(f"Kites {number}", f"We fly {number} kites.") for number in range(12) if number != 3]
    assert [each for each in found if each in others] == others


def test_a_paper_that_begins_as_what_stands_above_the_table_stays_where_another_header_follows(tmp_path: Path) -> None:
    header = "title,abstract,year\n"
    table = (
        f'Kites 2031\n{header}Kites 2031: A Review,"{WIND}",2031\nSails,"{WATER}",2030\n'
        f'Kites 2031\n{header}Oars,"{WIND}",2029\n'
    )
    assert texts(read(tmp_path, table)) == [("Kites 2031: A Review", WIND), ("Sails", WATER), ("Oars", WIND)]
