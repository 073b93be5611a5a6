"""How the numbers are made, in short: from a file to a figure, formulas, protection, pitfalls."""

from collections.abc import Iterator, Sequence

from dash import html

from dashboard.components.prose import bullets, contents, defined, links, paragraph, section
from dashboard.components.shell import heading
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading, only
from dashboard.service import Statistics
from dashboard.web.render import Node

PATH = "/method"
INTRO = "How a number on this site is made, what it may be compared with, and what it does not say."

STEPS = (
    (
        "A file arrives: an export or workbook of the programme, or a table of an official "
        "publisher. It is read as a whole or refused as a whole, and every row of it is "
        "accounted for."
    ),
    (
        "Each row becomes a record: a factory, a headcount, an assessment, an answer, a "
        "visit, a figure of a publisher. It keeps the file, sheet and row it came from."
    ),
    (
        "Records are turned into quantities that may be added up, such as workers or "
        "assessed pairs of a factory and a compliance point."
    ),
    (
        "These are summed for the combinations that the programme of tables names, and the "
        "formulas of the indicators are applied."
    ),
    (
        "Protection and rounding follow, once. What is left is the release: it gets a name "
        "and never changes again. Every page, picture and file is a look-up in a release."
    ),
)
FORMULAS = (
    ("Level", "A sum over the period, or the state at its end."),
    (
        "Ratio",
        (
            "Sum of the numerators divided by the sum of the denominators. A rate is never a "
            "mean of rates."
        ),
    ),
    (
        "Growth",
        (
            "100 × (new − old) / old, against the same period a year before or against the "
            "period before. Refused when one of the two is incomplete or missing."
        ),
    ),
    ("To date", "Sum of the months since 1 July."),
    ("Cumulative", "Sum since the start of the programme."),
    ("Share", "A part as a percentage of the total over one dimension."),
    ("Change", "Points between the published rates of two cycles."),
    (
        "Composition",
        (
            "Change among all factories less change among those with both assessments: what comes "
            "of other factories being assessed."
        ),
    ),
)
RATE = (
    (
        "A pair is one factory and one compliance point with at least one answered question. "
        "It is non-compliant when at least one answer was a finding. The rate of a cluster "
        "is the number of non-compliant pairs divided by the assessed pairs; the rate of a "
        "compliance point is the number of factories with a finding divided by the factories "
        "assessed on it."
    ),
    (
        "By fiscal year, the latest assessment of each factory in the year counts. By cycle, "
        "“the same factories” are those with both a first and a second assessment; only they "
        "show whether factories improve, for newcomers start elsewhere. Questions that only "
        "gather facts are left out."
    ),
    (
        "At the level of the compliance point this is how the programme's own data manual "
        "counts. At the level of the cluster no single definition has been published, so "
        "ours stands on every chart."
    ),
)
INTERVALS = (
    (
        "Where fewer than 40 factories stand behind a rate, the chart shows the 95 % "
        "interval of Wilson, computed from the published rate. Where two intervals overlap, "
        "we say that there is no clear difference."
    ),
)
PERIODS = (
    (
        "The fiscal year runs from July to June: FY 2024/25 began in July 2024 and is "
        "written FY2025 in addresses and files. Quarters are calendar quarters. Fiscal and "
        "calendar years are never mixed in one line."
    ),
    (
        "A period that is not over is shaded and named, and gets no growth rate. Where a "
        "source has no value for a period there is a gap: nothing is filled in."
    ),
)
MONEY = (
    (
        "Amounts are shown in the currency of their source. Euro values are converted month "
        "by month with the average rate of the US Federal Reserve, and longer periods are "
        "sums of converted months. A month without a published rate has no euro value."
    ),
    (
        "Growth in rupees is for a good part a change of the exchange rate, so it is not "
        "shown as growth of exports."
    ),
)
PROTECTION = (
    (
        "Counts of enrolled factories and of the programme's own work are not secret. What "
        "stands behind single factories is. The rules count groups of owners, not factories, "
        "because an owner knows the figures of all its factories."
    ),
    (
        "A number of workers, attendances or improvement items is hidden when fewer than 5 "
        "owner groups stand behind it, or when one group is so large that another could work "
        "its figure out. A rate is hidden when it rests on fewer than 10 factories or 5 "
        "owner groups. Both rules are also tried with each brand's own suppliers taken away."
    ),
    (
        "Along cities and provinces a table is shown as a whole or not at all, so that "
        "nothing can be found by subtraction. A hidden figure is hidden everywhere alike: in "
        "the chart, the table, the text and the files."
    ),
)
ROUNDING = (
    (
        "Values are rounded once, when they are published: workers and attendances to 10, "
        "rates of non-compliance to 5 per cent with “under 10” and “over 90”, shares of "
        "women to 1 per cent. Titles, changes and intervals are computed from these rounded "
        "values."
    ),
)
CITED = (
    (
        "Cited figures keep their publisher, address, date and the words that limit them, "
        "such as “over” or “about”. Figures that disagree are all kept and point at each "
        "other; none is averaged. A claim without a count is quoted and never drawn."
    ),
)
REVISIONS = (
    (
        "A later release may hold better values for the same periods. The earlier ones stay "
        "where they were published: an address that names its release always gives the same "
        "figures."
    ),
)
PITFALLS = (
    (
        "An enterprise is not a factory. Publications switch between the two, so growth from "
        "a count of enterprises to a count of factories is not established."
    ),
    (
        "Enrolled, engaged, active and assessed are four things. A total since the start "
        "includes factories that have left."
    ),
    "A target is not a result, even where both are the same number.",
    "Participants are attendances, not persons.",
    (
        "Textiles are not clothing. The textile group of the monthly figures runs from "
        "cotton and yarn to garments; the chapters of the Harmonized System draw the line "
        "elsewhere."
    ),
    (
        "Customs figures (Pakistan Bureau of Statistics) and balance-of-payments figures "
        "(State Bank of Pakistan) of the same year differ. So do a country's exports and "
        "what its partners record as imports. They are never joined in one line."
    ),
    "Values and volumes can move apart: more pieces at lower prices may be no more money.",
    (
        "More findings can mean better detection. Committees and unions make problems "
        "visible, above all in freedom of association."
    ),
    (
        "A compliance point with many questions is non-compliant more often by construction. "
        "Clusters are not ranked by it."
    ),
    (
        "A convention that is signed is not yet ratified, and one that is ratified may not "
        "yet be in force."
    ),
    (
        "Minimum wages are set by the provinces and often announced months after the day "
        "from which they count."
    ),
    (
        "Labour force surveys changed their standard and their age limit. Series before and "
        "after are kept apart."
    ),
)


def lay_out(statistics: Statistics, reading: Reading) -> Content:
    """Lay out the method in short."""
    only(reading, ())
    text = reading.locale.text
    sections = list(_sections(reading))
    main: list[Node] = [
        heading(text("Method"), text(INTRO)),
        contents([(title, id) for id, title, _ in sections], text("On this page")),
        *(section(id, title, (), *inside) for id, title, inside in sections),
    ]
    return Content(text("Method"), text(INTRO), main)


def _sections(reading: Reading) -> Iterator[tuple[str, str, Sequence[Node]]]:
    text = reading.locale.text
    yield "steps", text("From a file to a number"), [bullets([text(s) for s in STEPS], html.Ol)]
    formulas = [(text(name), text(meaning)) for name, meaning in FORMULAS]
    yield "formulas", text("Formulas"), [defined(formulas)]
    yield "rate", text("Non-compliance rate"), [paragraph(text(words)) for words in RATE]
    yield "intervals", text("Intervals"), [paragraph(text(words)) for words in INTERVALS]
    yield "periods", text("Periods"), [paragraph(text(words)) for words in PERIODS]
    yield "currencies", text("Currencies"), [paragraph(text(words)) for words in MONEY]
    yield "protection", text("Protection"), [paragraph(text(words)) for words in PROTECTION]
    yield "rounding", text("Rounding"), [paragraph(text(words)) for words in ROUNDING]
    yield from _about_sources(reading)


def _about_sources(reading: Reading) -> Iterator[tuple[str, str, Sequence[Node]]]:
    text, link = reading.locale.text, reading.link
    cited = [paragraph(text(words)) for words in CITED]
    yield "cited", text("Cited figures"), [*cited, links([(text("Cited facts"), link("/facts"))])]
    yield (
        "revisions",
        text("Releases and revisions"),
        [paragraph(text(words)) for words in REVISIONS],
    )
    yield "pitfalls", text("Known pitfalls"), [bullets([text(words) for words in PITFALLS])]
    more = [
        (text("Status and flags"), link("/data") + "#status"),
        (text("Glossary"), link("/glossary")),
    ]
    yield "more", text("More"), [links(more)]
