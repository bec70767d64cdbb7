import csv
import io
import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.catalogue import Catalogue
from engine.people import sheet as sheets
from engine.people.cells import cell_text, safe_cell
from engine.people.directory import Department, Person, directory_of
from engine.people.export import departments_csv, people_csv
from engine.people.problem import explain
from engine.people.reading import PeopleFile, read_people
from engine.people.review import loops

HERE = Path(__file__).parent
ENGINE = Path(sheets.__file__).parents[1]
SAMPLE = ENGINE.parent / "rulebooks/sample_company"
CATALOGUE = Catalogue("engine", ENGINE / "locales")
BAD = sorted(path for path in (HERE / "bad").iterdir() if path.is_dir())


def read(folder: Path, text: str | bytes, name: str = "people.csv", departments: str | None = None):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    if departments is None:
        return read_people(path)
    other = folder / "departments.csv"
    other.write_text(departments, encoding="utf-8")
    return read_people(path, other)


def told(problems, language):
    lines = []
    for problem in problems:
        words = explain(problem, CATALOGUE, language)
        lines += [
            f"{words.place}: {problem.code} {words.title}",
            f"  {words.text}",
            f"  {words.hint}",
        ]
    return lines


@pytest.mark.parametrize("folder", BAD, ids=lambda folder: folder.name)
def test_bad_files_say_everything_that_is_wrong(folder):
    (people,) = folder.glob("people.*")
    departments = folder / "departments.csv"
    found = read_people(people, departments if departments.exists() else None)
    assert isinstance(found, tuple)
    lines = [*told(found, "en"), "", *told(found, "zh")]
    assert lines == (folder / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_the_sample_company_is_sound_and_fits_its_rulebooks():
    company = read_people(SAMPLE / "people.csv", SAMPLE / "departments.csv")
    assert isinstance(company, PeopleFile)
    assert company.warnings == ()
    directory = company.directory()
    leads = directory.holders("项目负责人")
    assert len(leads) == 3
    for post in ("项目经理", "人资副总", "资料员", "工程师"):
        assert directory.holders(post)
    for group in ("人事共享中心", "资料室", "高管层"):
        assert len(directory.members(group)) >= 3
    assert directory.head_of("财务部") == "1201"
    assert all(directory.manager_of(lead) not in directory.holders("项目经理") for lead in leads)
    assert {person.language for person in directory.persons.values()} == {"zh", "en"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_spreadsheets_of_every_habit_are_read(tmp_path, encoding, delimiter):
    rows = ["工号,姓名,小组", "1001,高岳,甲、乙", "1002,秦鹤鸣,乙"]
    text = "\r\n".join(row.replace(",", delimiter) for row in rows).encode(encoding)
    company = read(tmp_path, text)
    assert isinstance(company, PeopleFile)
    assert company.persons == (
        Person("1001", "高岳", groups=("甲", "乙")),
        Person("1002", "秦鹤鸣", groups=("乙",)),
    )
    warned = [warning.code for warning in company.warnings]
    assert warned == (["P160"] if encoding == "gb18030" else [])


def test_column_names_may_be_english_or_chinese_in_any_case_and_width(tmp_path):
    company = read(tmp_path, "ID,姓名,Hire Date,Ｅｍａｉｌ\n7,Ann,2020/1/5,ann@example.com\n")
    assert isinstance(company, PeopleFile)
    ann = Person("7", "Ann", hire_date=date(2020, 1, 5), mail="ann@example.com")
    assert company.persons == (ann,)


def test_json_holds_the_same_people(tmp_path):
    text = json.dumps(
        [
            {"工号": 7, "姓名": "高岳", "小组": ["甲", "乙"], "职级": 9, "离职日期": None},
            {"工号": "8", "姓名": "Ann", "上级": 7, "语言": "English"},
        ]
    )
    company = read(tmp_path, text, "people.json")
    assert isinstance(company, PeopleFile)
    assert company.persons == (
        Person("7", "高岳", groups=("甲", "乙"), level=9),
        Person("8", "Ann", manager="7", language="en"),
    )


def test_without_a_department_file_departments_come_from_the_people(tmp_path):
    company = read(
        tmp_path, "id,name,department,heads\n1,Ann,Works,yes\n2,Bob,Works,\n3,Cy,Sales,no\n"
    )
    assert isinstance(company, PeopleFile)
    assert company.departments == (Department("Sales"), Department("Works", head="1"))


def test_a_department_file_may_leave_its_heads_to_the_marks(tmp_path):
    people = "id,name,department,heads\n1,Ann,Works,yes\n"
    company = read(tmp_path, people, departments="name,parent\nWorks,Board\nBoard,\n")
    assert isinstance(company, PeopleFile)
    assert company.departments == (Department("Board"), Department("Works", "1", "Board"))


def test_names_that_look_alike_are_only_warned_of(tmp_path):
    company = read(tmp_path, "id,name\n1,Anna Meier\n2,\u0410nna meier\n3,高岳\n4,高 岳\n5,Bob\n")
    assert isinstance(company, PeopleFile)
    assert [(one.code, one.row) for one in company.warnings] == [("P161", 3), ("P161", 5)]
    assert told(company.warnings, "zh") != told(company.warnings, "en")


def test_formulas_and_markup_are_names_like_others(tmp_path):
    rows = '1,"=HYPERLINK(""http://x"")"\n2,[@click=app.quit]Bob[/]\n3,{id}\n'
    company = read(tmp_path, "id,name\n" + rows)
    assert isinstance(company, PeopleFile)
    assert [person.name for person in company.persons] == [
        '=HYPERLINK("http://x")',
        "[@click=app.quit]Bob[/]",
        "{id}",
    ]
    written = people_csv(company.directory(), "en")
    assert [row[1] for row in csv.reader(io.StringIO(written))][1] == '\'=HYPERLINK("http://x")'


def test_braces_in_a_bad_cell_are_shown_as_they_are(tmp_path):
    problems = read(tmp_path, "id,name,level\n1,Ann,{limit!r}\n")
    assert isinstance(problems, tuple)
    assert "“{limit!r}”" in explain(problems[0], CATALOGUE, "en").text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04rest", "P104"),
        (b"\xd0\xcf\x11\xe0rest", "P104"),
        (b"id,name\n1,\xff\xff\xff\n", "P105"),
        (b"\xff\xfei\x00d", "P105"),
        (b"\n\n,,\n", "P108"),
    ],
)
def test_files_that_are_no_tables(tmp_path, content, code):
    problems = read(tmp_path, content)
    assert isinstance(problems, tuple)
    assert [problem.code for problem in problems] == [code]
    assert all(told(problems, language) for language in ("en", "zh"))


def test_files_that_are_not_there(tmp_path, monkeypatch):
    def codes(path):
        problems = read_people(path)
        assert isinstance(problems, tuple)
        assert all(told(problems, language) for language in ("en", "zh"))
        return [problem.code for problem in problems]

    assert codes(tmp_path / "none.csv") == ["P101"]
    assert codes(tmp_path) == ["P102"]
    assert codes(tmp_path / "a\0b.csv") in (["P101"], ["P102"])
    (tmp_path / "big.csv").write_text("id,name\n1,Ann\n2,Bob\n3,Cy\n")
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    assert codes(tmp_path / "big.csv") == ["P109"]
    (tmp_path / "big.json").write_text('[{"id": 1}, {"id": 2}, {"id": 3}]')
    assert codes(tmp_path / "big.json") == ["P109"]
    monkeypatch.setattr(sheets, "MAX_COLUMNS", 1)
    (tmp_path / "wide.json").write_text('[{"id": 1}, {"name": "Ann"}]')
    assert codes(tmp_path / "wide.json") == ["P118"]
    monkeypatch.setattr(sheets, "MAX_BYTES", 10)
    assert codes(tmp_path / "big.csv") == ["P103"]


def test_deep_json_is_refused(tmp_path):
    problems = read(tmp_path, "[" * 200_000 + "]" * 200_000, "people.json")
    assert isinstance(problems, tuple)
    assert [problem.code for problem in problems] == ["P114"]


def test_a_problem_in_one_file_does_not_hide_those_of_the_other(tmp_path):
    problems = read(tmp_path, "", departments="name,parent\nWorks,Moon\n")
    assert isinstance(problems, tuple)
    assert [(one.file, one.code) for one in problems] == [
        ("people.csv", "P108"),
        ("departments.csv", "P152"),
    ]


def test_loops_are_found_once():
    parents = {"a": "b", "b": "c", "c": "b", "d": "d", "e": "a", "f": "nobody"}
    assert loops(parents) == [("b", "c"), ("d",)]


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
cells = words.map(lambda text: cell_text(safe_cell(text))).filter(
    lambda text: text and not set(text) & set(";；、")
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(cells, st.lists(cells, max_size=3, unique=True)), min_size=1, max_size=5))
def test_what_is_exported_is_imported_again(tmp_path_factory, rows):
    persons = tuple(
        Person(str(number), name, department=name, groups=tuple(groups), phone="+86 10 5555 0101")
        for number, (name, groups) in enumerate(rows)
    )
    departments = tuple({name: Department(name, head="0") for name, _ in rows}.values())
    directory = directory_of(persons, departments)
    folder = tmp_path_factory.mktemp("people")
    for language in ("en", "zh"):
        again = read(
            folder,
            people_csv(directory, language),
            departments=departments_csv(directory, language),
        )
        assert isinstance(again, PeopleFile)
        assert again.persons == tuple(directory.persons.values())
        assert again.departments == tuple(directory.departments.values())


@given(st.text(max_size=6))
def test_a_written_cell_is_never_a_formula_and_is_read_back(text):
    written = safe_cell(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    typed = unicodedata.normalize("NFC", text).strip()
    assert cell_text(safe_cell(typed)) == typed


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80), st.sampled_from(["people.csv", "people.json"]))
def test_any_bytes_are_people_or_problems(tmp_path_factory, content, name):
    found = read(tmp_path_factory.getbasetemp(), content, name)
    if isinstance(found, tuple):
        assert found
        assert all(told(found, language) for language in ("en", "zh"))


def test_what_is_named_otherwise_than_json_and_is_none_is_told_so(tmp_path):
    for name, code in (("facts.csv", "P119"), ("facts.json", "P110")):
        (tmp_path / name).write_text("last_day,grade\n2026-03-31,5\n", encoding="utf-8")
        assert sheets.read_json(tmp_path / name).code == code


def test_of_very_many_columns_nothing_is_read_and_a_repeated_one_is_told(tmp_path):
    file = tmp_path / "wide.csv"
    names = [f"c{number}" for number in range(sheets.MAX_COLUMNS - 1)]
    file.write_text(",".join([*names, "c7"]) + "\n", encoding="utf-8")
    sheet = sheets.read_sheet(file)
    found = [(one.code, one.row, one.values) for one in sheet.problems]
    assert found == [("P112", 1, {"column": "c7"})]
    file.write_text(",".join([*names, "c7", "more"]) + "\n", encoding="utf-8")
    assert sheets.read_sheet(file).code == "P118"
