"""The rows of the register and of the assessment export, awkward parts included."""

from collections.abc import Iterator, Sequence
from datetime import date

from data_loaders.illustrative.assessing import Round, answers
from data_loaders.illustrative.curves import chances
from data_loaders.illustrative.people import women_shares
from data_loaders.illustrative.plants import Plant
from data_loaders.illustrative.questions import POINTS, Question
from data_loaders.reading.blanks import Cells
from data_loaders.reading.written import Written

OLD_NAMES = {"osh_management_systems": "Management Systems"}
OLD_CLUSTERS = {
    "osh_management_systems": "Systems",
    "contracts": "Contract and workplace relations",
}
WORST_FORMS = ("Hazardous Work", "Unconditional Worst Forms")
REPEATED = 0.0006
RETIRED = 60
PROFILE = (("Total workers", 1.0), ("Women workers", 0.0), ("Number of buildings", 0.0))


def factory_rows(plants: Sequence[Plant]) -> list[Cells]:
    """Return the sheet of factories: each as it was on the day of joining."""
    return [
        {
            "factory": plant.id,
            "name": f"Sample Factory {plant.number:03}",
            "enterprise": f"Sample Enterprise {plant.number:03}",
            "owner": f"Sample Group {plant.owner:02}",
            "city": plant.city,
            "sector": plant.sector,
        }
        for plant in plants
    ]


def spell_rows(plants: Sequence[Plant]) -> list[Cells]:
    """Return the sheet of spells."""
    return [
        {"factory": p.id, "status": s.status, "start": s.start, "end": s.end, "reason": s.reason}
        for p in plants
        for s in p.stretches
    ]


def name_rows(plants: Sequence[Plant]) -> list[Cells]:
    """Return the sheet of new names and places."""
    moved = [(p, p.moved[0], p.moved[1]) for p in plants if p.moved]
    renamed = [(p, p.city, p.renamed) for p in plants if p.renamed]
    return [
        {"factory": p.id, "name": p.name(day), "city": city, "since": day}
        for p, city, day in (*moved, *renamed)
    ]


def answer_rows(
    done: Sequence[Round], plants: Sequence[Plant], written: Written, seed: int
) -> Iterator[Cells]:
    """Yield the export of assessments: information questions, repeated rows, old names."""
    shares = women_shares(plants, seed)
    draw = chances(seed, "repeated")
    for each in done:
        base = _base(each)
        women = round(each.plant.workers * shares[each.plant.number])
        yield from _profile(base, each.plant.workers, women)
        for question, answer in answers(each, seed):
            row = {**base, **_question(question, each, written), "finding": answer}
            yield row
            if draw.random() < REPEATED:
                yield row


def retired_rows(day: date, written: Written) -> Iterator[Cells]:
    """Yield an old assessment of a factory that was retired in the programme's system."""
    base: Cells = {
        "country": "Pakistan",
        "factory": "SF-900",
        "name": "Sample Factory 900 (Obsolete)",
        "assessment": f"{day:%y}0000",
        "cycle": 1,
        "start": day,
        "version": "Sample questionnaire 1.0",
    }
    for point in list(POINTS)[:RETIRED]:
        yield {**base, **_named(Question(point, 1, public=False), written), "finding": "0"}


def _base(done: Round) -> Cells:
    return {
        "country": "Pakistan",
        "factory": done.plant.id,
        "name": done.plant.name(done.start),
        "assessment": done.id,
        "cycle": done.cycle,
        "start": done.start,
        "version": done.tool,
    }


def _profile(base: Cells, workers: int, women: int) -> Iterator[Cells]:
    facts = (
        ("Total workers", workers),
        ("Women workers", women),
        ("Workers present", workers * 9 // 10),
    )
    for number, (label, value) in enumerate(facts, start=1):
        yield {
            **base,
            "question": f"PK-00-{number:02}",
            "type": "fgw",
            "label": label,
            "point": "Profile",
            "cluster": "Factory profile",
            "finding": str(value),
        }


def _question(question: Question, done: Round, written: Written) -> Cells:
    row = dict(_named(question, written))
    if done.first_tool:
        cluster = POINTS[question.point].cluster
        row["cluster"] = OLD_CLUSTERS.get(question.point) or OLD_CLUSTERS.get(
            cluster, row["cluster"]
        )
        row["point"] = OLD_NAMES.get(question.point, row["point"])
        if question.point == "child_labour_worst_forms":
            row["point"] = WORST_FORMS[question.number > 3]
    return row


def _named(question: Question, written: Written) -> Cells:
    label = written.label("compliance_point", question.point)
    place = list(POINTS).index(question.point) + 1
    return {
        "question": f"PK-{place:02}-{question.number:02}",
        "type": "ncq",
        "label": f"Sample question {question.number}",
        "point": label,
        "cluster": written.label("cluster", POINTS[question.point].cluster),
        "tags": "Public Disclosure" if question.public else "",
    }
