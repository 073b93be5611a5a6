"""What the programme is, what this dashboard is and is not, who is who, what is known."""

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.fact_list import quotes
from dashboard.components.notes import illustrative_banner
from dashboard.components.prose import bullets, contents, defined, links, paragraph, section
from dashboard.components.shell import heading
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading, only
from dashboard.pages.words import as_of
from dashboard.service import Statistics
from dashboard.web.render import Node

PATH = "/about"
INTRO = "What these figures are about, how far they reach, and who stands behind them."

DASHBOARD = (
    (
        "This is a statistical dashboard on Pakistan's textile and garment industry: its "
        "exports, the work in its factories, and what the Better Work programme does there. "
        "It is made to be read, downloaded, checked and quoted."
    ),
    (
        "Official figures are shown as their publishers print them, with source and date. "
        "Figures of the programme are published in rounded form and only where they do not "
        "reveal a single factory."
    ),
)
PROGRAMME = (
    (
        "Better Work is a programme of the International Labour Organization (ILO) and the "
        "International Finance Corporation (IFC), a member of the World Bank Group. It "
        "brings governments, employers, workers and brands together to improve working "
        "conditions and competitiveness in the garment industry."
    ),
    (
        "In a factory it goes step by step: the factory joins, a bipartite committee is "
        "formed or made stronger, an unannounced assessment is made, its findings go into an "
        "improvement plan, advisers and training help to carry the plan out, and then the "
        "next assessment follows."
    ),
)
PROGRAMME_FACTS = ("PRG002", "ENR003", "CMP001", "PRG009", "TRN001", "CMP002")
"""What publications say about the programme as a whole."""

IS_NOT = (
    (
        "It is not a list of factories. No page of this site names a factory or shows what "
        "was found in one."
    ),
    (
        "It is not a certificate or a ranking. A rate describes many factories and says "
        "nothing about any one of them."
    ),
    (
        "It is not a comparison of countries. Law and questions differ, so rates of Pakistan "
        "cannot be set beside those of another country."
    ),
    (
        "It is not proof that the programme or GSP+ made exports grow. They are shown in the "
        "same place, not as cause and effect."
    ),
    (
        "It is not the Pakistan Accord. The Accord is another, legally binding agreement on "
        "safety in factories, with its own members and inspections, and works in some of the "
        "same cities."
    ),
)
WHO = (
    (
        "International Labour Organization (ILO)",
        ("The agency of the United Nations for work. Together with the IFC it owns Better Work."),
    ),
    (
        "International Finance Corporation (IFC)",
        ("The part of the World Bank Group that works with firms. Joint owner of Better Work."),
    ),
    (
        "Ministry of Overseas Pakistanis and Human Resource Development",
        (
            "The federal ministry for labour matters. It signed the memorandum on the "
            "programme and reports to the ILO."
        ),
    ),
    (
        "Ministry of Commerce",
        (
            "Responsible for trade and for GSP+. It supports the programme through the "
            "Export Development Fund."
        ),
    ),
    (
        "Labour departments of Sindh and Punjab",
        (
            "Labour law, inspection and minimum wages are matters of the provinces. Both "
            "departments signed the memorandum."
        ),
    ),
    (
        "Employers' and workers' organisations",
        (
            "The Employers' Federation of Pakistan, associations of the industry and "
            "federations of workers take part as the social partners."
        ),
    ),
    (
        "Brands and retailers",
        (
            "Buyers of goods from Pakistan. Brand partners work with the programme instead "
            "of ordering audits of their own."
        ),
    ),
    (
        "Pakistan Bureau of Statistics (PBS)",
        ("Publishes exports as customs record them, and the labour force survey."),
    ),
    (
        "State Bank of Pakistan (SBP)",
        ("Publishes exports in the balance of payments, and exchange rates."),
    ),
    ("European Commission and Eurostat", "Run GSP+ and publish the imports of the European Union."),
)
KNOWN = (
    (
        "For Pakistan the programme has published a few totals so far, all of them quoted on "
        "the page of cited figures. No non-compliance rate of Pakistan has been published, "
        "at any level, and no yearly report on compliance."
    ),
    (
        "Nor were published figures found for the workers covered, the share of women in the "
        "factories, the number of bipartite committees or the numbers by city. Such figures "
        "have to come from the programme's own records."
    ),
)
MADE_UP = (
    "Until these records are supplied, the pages of the programme show a made-up sample, so "
    "that every page can be tried. It is marked “Illustrative” wherever it appears, and it "
    "goes away as a whole when the first real file of the programme is published."
)
ASSESSED = (
    "The newest published totals count everything since the start, so some of those "
    "factories will have left. With so few assessments for each factory, most are in their "
    "first or second cycle, and no long trend can exist yet."
)
CITE = (
    (
        "Please name the site, the indicator, the release and the address of the view. The "
        "release fixes the numbers: with it in the address, the same figures are found again "
        "later."
    ),
)
NOT_ILLUSTRATIVE = "Do not cite figures that are marked “Illustrative”."
REPORT = (
    "If a figure looks wrong, or a source is missing, please tell us. Name the address of "
    "the page and what you would expect."
)
NO_CONTACT = "This installation has not set a contact address yet."


def lay_out(statistics: Statistics, reading: Reading) -> Content:
    """Lay out the page on the programme and on this site."""
    only(reading, ())
    text = reading.locale.text
    sections = list(_sections(statistics, reading))
    named = [(title, id) for id, title, _ in sections]
    main: list[Node] = [
        heading(text("About"), text(INTRO), as_of(statistics, reading)),
        contents(named, text("On this page")),
        *(section(id, title, (), *inside) for id, title, inside in sections),
    ]
    return Content(text("About"), text(INTRO), main)


def _sections(
    statistics: Statistics, reading: Reading
) -> Iterator[tuple[str, str, Sequence[Node]]]:
    text = reading.locale.text
    yield (
        "dashboard",
        text("What this dashboard is"),
        [paragraph(text(words)) for words in DASHBOARD],
    )
    yield "programme", text("What the programme is"), _programme(statistics, reading)
    yield "not", text("What this dashboard is not"), [bullets([text(words) for words in IS_NOT])]
    who = [(text(name), text(role)) for name, role in WHO]
    yield "who", text("Who is who"), [defined(who)]
    yield "known", text("What is known, and what is not"), _known(statistics, reading)
    yield "cite", text("How to cite"), _cite(statistics, reading)
    yield (
        "report",
        text("Report an error"),
        [paragraph(text(REPORT)), _contact(statistics, reading)],
    )


def _programme(statistics: Statistics, reading: Reading) -> list[Node]:
    text = reading.locale.text
    facts = {fact.id: fact for fact in statistics.release(reading.release).facts}
    said = [facts[name] for name in PROGRAMME_FACTS if name in facts]
    return [
        *(paragraph(text(words)) for words in PROGRAMME),
        *([html.H3(text("As published")), quotes(said, reading.locale)] if said else []),
        links([(text("All cited facts"), reading.link("/facts"))]),
    ]


def _known(statistics: Statistics, reading: Reading) -> list[Node]:
    text = reading.locale.text
    made_up = statistics.release(reading.release).illustrative
    words = [text(words) for words in KNOWN] + [text(ASSESSED)]
    sample = [paragraph(text(MADE_UP)), illustrative_banner(reading.locale)] if made_up else []
    return [*(paragraph(said) for said in words), *sample]


def _cite(statistics: Statistics, reading: Reading) -> list[Node]:
    text = reading.locale.text
    release = statistics.release(reading.release)
    view = f"/charts/exports_goods?release={release.id}"
    example = text(
        "Better Work Pakistan dashboard, “{title}”, release {release}, data up to {date}, "
        "{address}",
        title=text(statistics.catalogue.indicators["exports_goods"].title),
        release=release.id,
        date=release.cut_off,
        address=view,
    )
    return [
        *(paragraph(text(words)) for words in CITE),
        html.Blockquote(paragraph(example)),
        paragraph(text(NOT_ILLUSTRATIVE)),
        links([(text("Reuse"), reading.link("/data") + "#reuse")]),
    ]


def _contact(statistics: Statistics, reading: Reading) -> Component:
    return contact(statistics.contact, reading)


def contact(where: str, reading: Reading) -> Component:
    """Return how to reach those who run this installation, or that it has not said so."""
    text = reading.locale.text
    if not where:
        return paragraph(text(NO_CONTACT))
    address = where if "://" in where else f"mailto:{where}"
    return html.P([text("Contact:"), " ", html.A(html.Bdi(where), href=address)])
