"""The same input gives the same marts, in any order and in any number of runs."""

from conftest import FIXTURES, SAMPLE, House


def test_the_marts_do_not_depend_on_the_order_of_arrival(house: House) -> None:
    api = sorted((FIXTURES / "hf_daily_papers").glob("20*.json"))
    landings = [(SAMPLE, "hf_papers_page", "2025-09-04")]
    landings += [(path, "hf_daily_papers", path.stem) for path in api]
    # The same papers again on later days, and one day observed twice.
    landings += [
        (path, "hf_daily_papers", "2025-12-20", f"a__fetched_20251220T0{i}0000Z.json") for i, path in enumerate(api[:3])
    ]

    for landing in landings:
        house.land(*landing)
    assert house.run() == []
    at_once = house.hashes()

    house.empty()
    for part in (landings[1::2], landings[::-2]):
        for landing in part:
            house.land(*landing)
        assert house.run() == []
    assert house.hashes() == at_once
