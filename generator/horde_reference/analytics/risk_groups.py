"""Deletion risk of groups: what the risks of their models come to."""

from collections.abc import Iterable, Mapping, Sequence

from horde_reference.analytics.counting import percentage
from horde_reference.analytics.risk import FLAGS, Flags, Risk, Trend, Verdict, is_critical, raised, verdict
from horde_reference.analytics.thresholds import THRESHOLDS


def grouped(risks: Sequence[Risk], group_of: Mapping[str, str]) -> list[Risk]:
    """One risk for each group, the most used first, equals by name.

    Requests are summed, so they come to the same as those of the models. A flag is raised where it is for any model;
    a group is critical if all of it together has too few requests and workers.

    Args:
        risks: the models of one category.
        group_of: name of each → name of its group.
    """
    members: dict[str, list[Risk]] = {}
    for risk in sorted(risks, key=lambda risk: risk.name):
        members.setdefault(group_of[risk.name], []).append(risk)
    total = sum(risk.usage_month or 0 for risk in risks)
    found = [_group(name, of, total) if len(of) > 1 else _alone(name, of[0]) for name, of in members.items()]
    return sorted(found, key=lambda risk: (-(risk.usage_month or 0), risk.name))


def _alone(name: str, risk: Risk) -> Risk:
    return risk if risk.name == name else Risk(**vars(risk) | {"name": name})


def _group(name: str, members: Sequence[Risk], total: int) -> Risk:
    first = members[0]
    found = _any_of([one.deletion_risk_flags for one in members])
    month, workers = _sum(one.usage_month for one in members), _most(one.worker_count for one in members)
    sizes = [one.size_gb for one in members if one.size_gb]
    size = sum(sizes) / len(sizes) if sizes else None
    return Risk(
        name=name,
        category=first.category,
        deletion_risk_flags=found.flags,
        at_risk=found.at_risk,
        risk_score=found.score,
        worker_count=workers,
        usage_day=_sum(one.usage_day for one in members),
        usage_month=month,
        usage_total=_sum(one.usage_total for one in members),
        usage_percentage_of_category=percentage(month, total, 4) if month is not None else None,
        usage_trend=Trend(
            _weighted((one.usage_trend.day_to_month_ratio, one.usage_month) for one in members),
            _weighted((one.usage_trend.month_to_total_ratio, one.usage_month) for one in members),
        ),
        cost_benefit_score=round(month / size, 2) if month is not None and size else None,
        size_gb=round(size, 2) if size else None,
        baseline=first.baseline,
        nsfw=any(one.nsfw for one in members),
        has_description=all(one.has_description for one in members),
        download_count=sum(one.download_count for one in members),
        download_hosts=sorted({host for one in members for host in one.download_hosts}),
        is_critical=is_critical(month, workers, THRESHOLDS[first.category]),
        has_warning=found.has_warning,
    )


def _any_of(some: Iterable[Flags]) -> Verdict:
    """What the flags come to that any of these raise."""
    return verdict(**dict(zip(FLAGS, map(any, zip(*map(raised, some), strict=True)), strict=True)))


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _most(numbers: Iterable[int | None]) -> int | None:
    return max((number for number in numbers if number is not None), default=None)


def _weighted(pairs: Iterable[tuple[float | None, int | None]]) -> float | None:
    """Mean of ratios, each counting as often as its model is asked for; `None` where none is known."""
    known = [(ratio, weight) for ratio, weight in pairs if ratio is not None and weight]
    whole = sum(weight for _, weight in known)
    return sum(ratio * weight for ratio, weight in known) / whole if whole else None
