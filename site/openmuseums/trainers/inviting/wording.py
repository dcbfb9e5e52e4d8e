"""What is wrong with a file of people to invite, and what to do about it, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openmuseums.trainers.inviting.planning import Fate, Step
from openmuseums.trainers.inviting.reading import MOST_LINES, Fault, What

_FAULTS: dict[What, Promise] = {
    What.NO_TEXT: gettext_lazy("This is no plain text that can be read. Save the list as “CSV UTF-8”, and send that."),
    What.EMPTY: gettext_lazy("The file is empty. Write an e-mail address in each line."),
    What.NO_ADDRESSES: gettext_lazy(
        "There is no column of e-mail addresses. Write “email” above it, or have it come first."
    ),
    What.TWICE: gettext_lazy("Two columns have the same heading. Take one of them out."),
    What.TOO_MANY: gettext_lazy("The file has more lines than can be taken at once. Divide it."),
    What.QUOTES: gettext_lazy("The quotation marks do not match. Each that opens a cell needs one that closes it."),
    What.TOO_MANY_CELLS: gettext_lazy(
        "There are more cells than columns. Put what holds the sign between cells into quotation marks."
    ),
    What.NO_ADDRESS: gettext_lazy("The e-mail address is missing. Write it, or take the line out."),
    What.BAD_ADDRESS: gettext_lazy("This is no e-mail address that we can write to. Correct it."),
    What.TOO_LONG: gettext_lazy("This is too long. Shorten it."),
    What.BAD_SIGNS: gettext_lazy("There are signs in it that cannot be shown. Type it anew."),
    What.BAD_LANGUAGE: gettext_lazy("The site has no such language. Write one of its languages, or leave it empty."),
}
_FATES: dict[Fate, Promise] = {
    Fate.INVITE: gettext_lazy("Will be invited"),
    Fate.INVITED: gettext_lazy("Was invited already: gets no second letter"),
    Fate.WITHDRAWN: gettext_lazy("The invitation was withdrawn. In the list of invitations you can let it hold again"),
    Fate.TAKES_PART: gettext_lazy("Takes part already"),
    Fate.FAULT: gettext_lazy("Is left out until it is mended"),
}


def told_fault(fault: Fault) -> str:
    """Return what is wrong, where, and what to do."""
    what = str(_FAULTS[fault.what])
    if fault.what == What.TOO_MANY:
        what = f"{what} {_('The most is %(most)d.') % {'most': MOST_LINES}}"
    if fault.value:
        what = _("“%(value)s”: %(what)s") % {"value": fault.value, "what": what}
    if fault.column:
        return _("Line %(line)d, column %(column)d. %(what)s") % {
            "line": fault.line,
            "column": fault.column,
            "what": what,
        }
    return _("Line %(line)d. %(what)s") % {"line": fault.line, "what": what} if fault.line else what


def told_fate(step: Step) -> str:
    """Return what becomes of a line."""
    if step.fate == Fate.DOUBLE:
        return _("Stands in line %(line)d already") % {"line": step.double_of}
    return str(_FATES[step.fate])
