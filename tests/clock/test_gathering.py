"""Tasks of a piece of work: done at once, or once each at its end."""

import pytest
from django_tasks import TaskResultStatus, task

from openmuseums.clock.gathering import gathering

done: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


@task()
def note(name: str) -> None:
    """Note a name."""
    if name == "broken":
        raise ValueError(name)
    done.append(name)


def test_task_is_done_at_once() -> None:
    assert note.enqueue("page").status == TaskResultStatus.SUCCESSFUL
    assert done == ["page"]


def test_gathered_task_is_done_once_at_the_end() -> None:
    with gathering():
        results = [note.enqueue(name) for name in ("page", "picture", "page")]
        assert done == []
        assert {result.status for result in results} == {TaskResultStatus.READY}
    assert done == ["page", "picture"]
    note.enqueue("later")
    assert done == ["page", "picture", "later"]


def test_work_inside_gathered_work_leaves_its_tasks_to_it() -> None:
    with gathering():
        with gathering():
            note.enqueue("page")
        assert done == []
    assert done == ["page"]


def test_work_that_fails_does_none_of_its_tasks() -> None:
    def fail() -> None:
        with gathering():
            note.enqueue("page")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    note.enqueue("later")
    assert done == ["later"]


def test_task_that_fails_keeps_no_other_from_being_done() -> None:
    with gathering():
        broken = note.enqueue("broken")
        note.enqueue("page")
    assert broken.status == TaskResultStatus.FAILED
    assert done == ["page"]
