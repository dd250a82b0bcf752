"""How our statistics compare with those of the live service, which errs in what is named here and in nothing else.

It matches names without their versions, so it counts requests for `Anything v3` for `Anything v5` as well, those for
one size of a text model for every size. A model that nobody ever asked for it does not call unused. It leaves buckets
of parameters empty. Of words that are equally frequent it lists first what it met first.
"""

from collections.abc import Mapping
from typing import Any

DOUBLE_COUNTED = {"BB95 Furry Mix", "BB95 Furry Mix v14", "Anything v3", "Anything v5"}
"""Image models to which it counts the requests of another."""
USE_FLAGS = {"zero_usage_day", "zero_usage_month", "zero_usage_total", "low_usage"}
OURS = {"usage_as_of", "usage_missing"}
"""Keys that it does not have: how old the numbers are."""
_OF_TEXT = {"parameter_buckets", "models_without_param_info"}
_RANKED = {"top_tags", "top_styles"}


def statistics(theirs: Any, ours: Any) -> None:
    """Equal, but for the order of equals, the time, and buckets, which are filled."""
    assert theirs.keys() == ours.keys()
    is_text = ours["category"] == "text_generation"
    for key in theirs.keys() - {"computed_at"} - (_OF_TEXT if is_text else set()):
        if key in _RANKED:
            _ranked(theirs[key], ours[key])
        else:
            assert ours[key] == theirs[key], key
    if is_text:
        assert ours["models_without_param_info"] == 0
        assert sum(bucket["count"] for bucket in ours["parameter_buckets"]) >= ours["total_models"]


def _ranked(theirs: list[Any], ours: list[Any]) -> None:
    """The same but for those that share the last place, of which some are not listed."""
    last = theirs[-1]["count"] if theirs else 0
    assert [one["count"] for one in ours] == [one["count"] for one in theirs]
    key = lambda one: one["tag"]  # noqa: E731
    assert sorted((one for one in ours if one["count"] > last), key=key) == sorted(
        (one for one in theirs if one["count"] > last), key=key
    )


def grouped_statistics(theirs: Any, ours: Any) -> None:
    """Theirs counts what the first model of a group has, whichever that is; ours what any of them has.

    So ours counts as much or more, of groups that are fewer where names are read better.
    """
    assert theirs.keys() == ours.keys()
    assert ours["total_models"] <= theirs["total_models"]
    assert theirs["baseline_distribution"].keys() <= ours["baseline_distribution"].keys()
    assert ours["download_stats"] == theirs["download_stats"]
    assert {one["tag"] for one in theirs["top_tags"] if one["count"] > 5} <= {one["tag"] for one in ours["top_tags"]}


def risk(theirs: Any, ours: Any) -> None:
    """Equal, but for models that are counted twice or never, and shares of a whole without double counting."""
    assert ours.keys() - OURS == theirs.keys()
    assert (ours["total_count"], ours["returned_count"]) == (theirs["total_count"], theirs["returned_count"])
    by_name = {one["name"]: one for one in ours["models"]}
    assert by_name.keys() == {one["name"] for one in theirs["models"]}
    total = ours["category_total_month_usage"]
    for one in theirs["models"]:
        _risk_row(one, by_name[one["name"]], total)
    same = {"total_models", "models_at_risk", "models_with_warnings", "models_with_no_active_workers"}
    same |= {"models_with_no_downloads", "models_with_non_preferred_hosts", "models_with_multiple_hosts"}
    assert {key: ours["summary"][key] for key in same} == {key: theirs["summary"][key] for key in same}
    assert ours["summary"].keys() == theirs["summary"].keys()


def _risk_row(theirs: Mapping[str, Any], ours: Mapping[str, Any], total: int) -> None:
    assert ours.keys() == theirs.keys()
    never, twice = ours["usage_total"] == 0, ours["name"] in DOUBLE_COUNTED
    differs = {"usage_percentage_of_category", "deletion_risk_flags"}
    if never:
        differs |= {"risk_score", "is_critical"}
    if twice:
        differs |= {"usage_day", "usage_month", "usage_total", "usage_trend", "cost_benefit_score", "risk_score"}
    assert [(key, ours[key], theirs[key]) for key in theirs.keys() - differs if ours[key] != theirs[key]] == []
    assert ours["usage_percentage_of_category"] == round(100 * ours["usage_month"] / total, 4)
    raised = {flag for flag, is_raised in ours["deletion_risk_flags"].items() if is_raised}
    theirs_raised = {flag for flag, is_raised in theirs["deletion_risk_flags"].items() if is_raised}
    assert raised - (USE_FLAGS if never or twice else set()) == theirs_raised - (USE_FLAGS if twice else set())
    assert not never or raised >= USE_FLAGS


def grouped_risk_of_texts(theirs: Any, ours: Any) -> None:
    """Theirs multiplies requests by the models of a group. What does not count requests is the same for a group."""
    assert ours.keys() - OURS == theirs.keys()
    assert ours["category_total_month_usage"] < theirs["category_total_month_usage"]
    by_name = {one["name"]: one for one in ours["models"]}
    members = [one for one in theirs["models"] if one["name"] in by_name]
    assert len(members) > 0.9 * len(theirs["models"])
    assert sum(one["usage_month"] for one in ours["models"]) == ours["category_total_month_usage"]
    for one in members:
        assert by_name[one["name"]].keys() == one.keys()
        assert by_name[one["name"]]["nsfw"] == one["nsfw"]
        assert by_name[one["name"]]["download_hosts"] == one["download_hosts"]


def with_stats(theirs: Any, ours: Any) -> None:
    """Equal, but for models that are counted twice, and zeros where theirs says nothing. Ours says when that was."""
    assert ours.keys() == theirs.keys()
    for name, one in theirs.items():
        said = dict(ours[name])
        assert said.pop("usage_as_of")
        assert said.keys() == one.keys()
        for key in one.keys() - {"usage_stats", "backend_variations"}:
            assert said[key] == one[key], (name, key)
        if one["usage_stats"] is None:
            assert said["usage_stats"] == {"day": 0, "month": 0, "total": 0}
        elif one["backend_variations"] or (said["backend_variations"] is None and name not in DOUBLE_COUNTED):
            assert said["usage_stats"] == one["usage_stats"], name
        else:
            assert all(said["usage_stats"][key] <= number for key, number in one["usage_stats"].items())
        if one["backend_variations"] is not None:
            _variations(one["backend_variations"], said["backend_variations"])


def _variations(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> None:
    """Equal, but theirs calls by its full name what KoboldCpp knows without author."""
    assert ours.keys() == theirs.keys()
    for backend, one in theirs.items():
        said = {key: value for key, value in ours[backend].items() if key != "variant_name"}
        assert said == {key: value for key, value in one.items() if key != "variant_name"}
        assert one["variant_name"].endswith(ours[backend]["variant_name"].removeprefix(f"{backend}/"))


def popular(theirs: Any, ours: Any) -> None:
    """As many workers offer the models of both lists. Between equals, ours lists what is asked for more."""
    assert [one["stats"]["worker_count"] for one in ours] == [one["stats"]["worker_count"] for one in theirs]
    ours_by_name = {one["name"]: one for one in ours}
    for one in theirs:
        if one["name"] in ours_by_name and one["name"] not in DOUBLE_COUNTED:
            same = ours_by_name[one["name"]]
            assert one["stats"].keys() == same["stats"].keys() - {"usage_as_of"}
            assert same["record"]["name"] == one["name"]
            said = {key for key, value in one["record"].items() if value not in ("", None)}
            assert same["record"].keys() >= said - {"parameters_count"}  # elsewhere it says parameters, as ours does
