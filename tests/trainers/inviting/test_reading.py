"""Files of people to invite are read however a program saved them, and each fault has its place."""

import pytest

from openmuseums.trainers.inviting.reading import Fault, UnreadableError, What, read

ROWS = [("email", "name"), ("ann@example.org", "Άννα"), ("bo@example.org", "Bo; or, the Keeper, of “Keys”")]


def table(rows, *, delimiter=",", end="\n"):
    return end.join(delimiter.join(f'"{cell}"' for cell in row) for row in rows) + end


def cells(data):
    return [tuple(line.cells.values()) for line in read(data).lines]


def fault_of(data):
    with pytest.raises(UnreadableError) as raised:
        read(data)
    return raised.value.fault


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_is_read_as_any_program_saves_it(delimiter, end, encoding):
    assert cells(table(ROWS, delimiter=delimiter, end=end).encode(encoding)) == [tuple(row) for row in ROWS[1:]]


@pytest.mark.parametrize(
    "heading",
    [
        "E-Mail,Name,Museum,Language",
        "E-mailadres;Naam;Museum;Taal",
        "ΗΛΕΚΤΡΟΝΙΚΗ ΔΙΕΥΘΥΝΣΗ;Όνομα;Μουσείο;Γλώσσα",
        "Indirizzo e-mail;Nome;Museo;Lingua",
        "Correo electrónico;Nombre;Museo;Idioma",
    ],
)
def test_headings_are_known_in_every_language(heading):
    sign = ";" if ";" in heading else ","
    line = read(f"{heading}\nann@example.org{sign}Ann{sign}Keys{sign}nl\n".encode()).lines[0]
    assert line.cells == {"email": "ann@example.org", "name": "Ann", "museum": "Keys", "language": "nl"}


def test_columns_may_stand_in_any_order_and_others_are_told():
    sheet = read(b"Phone,Museum,E-mail\n123,Keys,ann@example.org\n")
    assert (sheet.unused, sheet.lines[0].cells) == (("Phone",), {"museum": "Keys", "email": "ann@example.org"})


def test_without_headings_the_order_is_address_name_museum_language():
    assert cells(b"ann@example.org,Ann,Keys,nl\n\nbo@example.org\n") == [
        ("ann@example.org", "Ann", "Keys", "nl"),
        ("bo@example.org", "", "", ""),
    ]


def test_empty_lines_count_in_the_numbers_alone_and_so_do_breaks_within_quotes():
    sheet = read(b'email,name\n\n , \nann@example.org,"A\nn"\nbo@example.org,Bo\n')
    assert [line.number for line in sheet.lines] == [4, 6]


def test_quotes_that_do_not_match_spoil_their_line_alone():
    sheet = read(b'email,name\nann@example.org,"A"nn\nbo@example.org,Bo\n')
    assert [(line.number, line.fault) for line in sheet.lines] == [(2, Fault(What.QUOTES, 2)), (3, None)]


def test_more_cells_than_columns_are_a_fault_with_its_column():
    sheet = read(b"email,name\nann@example.org,Last, First\nbo@example.org,Bo,\n")
    assert [line.fault for line in sheet.lines] == [Fault(What.TOO_MANY_CELLS, 2, 3), None]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault(What.EMPTY, 0)),
        (b"\n \n", Fault(What.EMPTY, 0)),
        (b"name,phone\nAnn,1\n", Fault(What.NO_ADDRESSES, 1)),
        (b"email,name,E-Mail\n", Fault(What.TWICE, 1, 3)),
        (b"email\nann@example.org\n\xff\xfe\n", Fault(What.NO_TEXT, 3)),
        (b"email\nann@example.org\0\n", Fault(What.NO_TEXT, 2)),
        (b"PK\x03\x04\x14\x00\x08\x08\x08\x00", Fault(What.NO_TEXT, 1)),
    ],
)
def test_what_cannot_be_read_says_where(data, fault):
    assert fault_of(data) == fault


def test_ten_thousand_lines_are_read_and_one_more_is_refused():
    lines = [f"person-{number}@example.org" for number in range(10_001)]
    assert len(read("\n".join(["email", *lines[:-1]]).encode()).lines) == 10_000
    assert fault_of("\n".join(["email", *lines]).encode()) == Fault(What.TOO_MANY, 10_002)
