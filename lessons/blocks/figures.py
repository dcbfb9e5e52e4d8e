"""Blocks of facts side by side: comparison tables and charts."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lessons.blocks.ageing import AgeingBlock


class ComparisonTableBlock(AgeingBlock):
    """A table, made of nested streams so that every cell can be translated."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=200)
    columns = blocks.StreamBlock(
        [("column", blocks.CharBlock(label=_("Column heading"), max_length=120))], label=_("Column headings"), min_num=2
    )
    rows = blocks.StreamBlock(
        [
            (
                "row",
                blocks.StreamBlock(
                    [("cell", blocks.TextBlock(label=_("Cell"), rows=1))],
                    label=_("Row"),
                    min_num=2,
                    help_text=_("The first cell is the heading of the row."),
                ),
            )
        ],
        label=_("Rows"),
        min_num=1,
    )

    class Meta:
        icon = "table"
        label = _("Comparison table")
        group = _("Facts")
        description = _("Compares things by the same questions.")
        template = "lessons/blocks/comparison_table.html"
        preview_value = {
            "caption": _("Two ways to reach people"),
            "columns": [("column", _("Way")), ("column", _("Costs")), ("column", _("Lasts"))],
            "rows": [
                (
                    "row",
                    [
                        ("cell", _("Newsletter")),
                        ("cell", _("An afternoon a month")),
                        ("cell", _("As long as people stay")),
                    ],
                ),
                (
                    "row",
                    [("cell", _("Advertisement")), ("cell", _("Money each day")), ("cell", _("As long as you pay"))],
                ),
            ],
            "topics": [],
        }


class BarBlock(blocks.StructBlock):
    """One bar of a chart."""

    label = blocks.CharBlock(label=_("Label"), max_length=160)
    value = blocks.FloatBlock(label=_("Value"), min_value=0)

    class Meta:
        icon = "order"
        label = _("Bar")


class ChartBlock(AgeingBlock):
    """A bar chart with the figures behind it and where they come from."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    unit = blocks.CharBlock(
        label=_("Unit"), max_length=60, help_text=_("For instance “per cent of the museums asked”.")
    )
    bars = blocks.ListBlock(BarBlock(), label=_("Bars"), min_num=2)
    source_title = blocks.CharBlock(label=_("Source"), max_length=255)
    source_address = blocks.URLBlock(label=_("Address of the source"), required=False, default="")
    year = blocks.IntegerBlock(label=_("Year"), min_value=1900, max_value=2100)
    note = blocks.CharBlock(label=_("Note"), max_length=300, required=False, default="")

    class Meta:
        icon = "history"
        label = _("Chart")
        group = _("Facts")
        description = _("Bars drawn from figures, with the table behind them, the source and its year.")
        template = "lessons/blocks/chart.html"
        preview_value = {
            "title": _("Museums with a written digital strategy"),
            "unit": _("per cent of the museums asked"),
            "bars": [{"label": _("With a written strategy"), "value": 45}, {"label": _("Without"), "value": 55}],
            "source_title": "NEMO",
            "source_address": "https://www.ne-mo.org/",
            "year": 2020,
            "note": "",
            "topics": [],
        }
