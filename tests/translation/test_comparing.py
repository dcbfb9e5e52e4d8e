"""Two texts beside each other."""

from openmuseums.translation.comparing import Piece, differences


def test_words_that_differ_are_marked_in_both() -> None:
    old, new = differences("The <b>old</b> words &amp; more", "The new words &amp; much more")
    assert [piece.words for piece in old if piece.is_other] == ["old"]
    assert "".join(piece.words for piece in old) == "The old words & more"
    assert [piece.words.strip() for piece in new if piece.is_other] == ["new", "much"]
    assert "".join(piece.words for piece in new) == "The new words & much more"


def test_equal_texts_differ_in_nothing() -> None:
    assert differences("As it was", "As it was") == ([Piece("As it was", False)], [Piece("As it was", False)])
